package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;

/** Whether a resource failed on a node as often as {@code migration-threshold} allows. */
final class FailureLimits {

    private FailureLimits() {}

    /** Whether the limit is reached, failures of what the resource launches counted. */
    static boolean isReached(Resource resource, Node node) {
        if (resource.migrationThreshold == 0 || resource.is(ResourceFlag.IGNORE_FAILURE)) {
            return false;
        }
        int count = FailCounts.of(resource, node, FailCounts.Mode.EFFECTIVE_LAUNCHED).count();
        return count > 0 && count >= resource.migrationThreshold;
    }

    /** What the limit bans: an instance of an anonymous clone stands for the clone. */
    static Resource banned(Resource resource) {
        return resource.is(ResourceFlag.UNIQUE) ? resource : resource.top(false);
    }
}
