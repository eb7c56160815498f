package org.holdfast.scheduler.ordering;

import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.Tasks;

/** Keys of the pseudo actions that begin and end what a group, clone or bundle does. */
final class CollectiveKeys {

    private CollectiveKeys() {}

    /** Whether instances depend on their counterparts in the same place alone. */
    static boolean isInterleaved(Resource resource) {
        Boolean known = resource.interleaved;
        if (known == null) {
            known = Values.isTrue(resource.meta("interleave"));
            resource.interleaved = known;
        }
        return known;
    }

    /**
     * The key of what ends an action of a collective resource: {@code X_start_0} ends with {@code
     * X_running_0}, or, where instances are notified, with the confirmation of the notification.
     */
    static String endOf(String key, Resource resource) {
        if (key.contains(Tasks.NOTIFY)) {
            return key;
        }
        OpKey.Parts parts = OpKey.parse(key);
        if (parts == null || parts.intervalMillis() > 0) {
            return key;
        }
        String ended = Tasks.ended(parts.task());
        if (ended == null) {
            return key;
        }
        boolean notified =
                resource.is(ResourceFlag.NOTIFY)
                        && (resource instanceof Clone || resource.top(true) instanceof Bundle);
        return notified
                ? OpKey.notification(parts.resource(), "confirmed-post", ended)
                : OpKey.of(parts.resource(), ended, 0);
    }
}
