package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Tasks;

/**
 * The stage that applies all that concerns a resource and a node alone: locks, locations,
 * stickiness, failures and exclusive discovery.
 */
public final class NodeCriteria {

    private final Cluster cluster;
    private final Locations locations;
    private final ReasonSink sink;

    private NodeCriteria(Cluster cluster) {
        this.cluster = cluster;
        this.locations = new Locations(cluster);
        this.sink = cluster.reasonSink;
    }

    /** Applies all criteria to the allowed nodes of all resources. */
    public static void apply(Cluster cluster) {
        NodeCriteria criteria = new NodeCriteria(cluster);
        if (cluster.options.shutdownLock()) {
            ShutdownLocks.apply(cluster, criteria.locations);
        }
        criteria.locations.applyAll();
        cluster.resources.forEach(criteria::applyStickiness);
        for (Node node : cluster.nodes) {
            boolean failures = hasFailCount(node);
            for (Resource resource : cluster.resources) {
                if (failures) {
                    criteria.applyFailures(resource, node);
                }
                criteria.applyExclusiveDiscovery(resource, node);
            }
        }
    }

    private void applyStickiness(Resource resource) {
        if (!resource.children.isEmpty()) {
            resource.children.forEach(this::applyStickiness);
            return;
        }
        if (!resource.isManaged() || resource.stickiness < 1 || resource.active.size() != 1) {
            return;
        }
        Node node = resource.active.getFirst();
        if (cluster.options.symmetric() || resource.allowed.contains(node)) {
            locations.add(resource, node, resource.stickiness, new ScoreReason.Stickiness());
        }
    }

    private static boolean hasFailCount(Node node) {
        for (String name : node.attributes.keySet()) {
            if (name.startsWith("fail-count-")) {
                return true;
            }
        }
        return false;
    }

    /** A count that is going to be cleared bans nothing. */
    private void applyFailures(Resource resource, Node node) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                applyFailures(child, node);
            }
            return;
        }
        boolean cleared = !ActionSearch.findOn(resource, Tasks.CLEAR_FAILCOUNT, node).isEmpty();
        if (!cleared && FailureLimits.isReached(resource, node)) {
            locations.ban(
                    FailureLimits.banned(resource), node, new ScoreReason.FailLimit(resource.id));
        }
    }

    /** A resource that is looked for on chosen nodes only may run on those only. */
    private void applyExclusiveDiscovery(Resource resource, Node node) {
        if (!resource.is(ResourceFlag.EXCLUSIVE_PROBES)
                && !resource.top(false).is(ResourceFlag.EXCLUSIVE_PROBES)) {
            return;
        }
        for (Resource child : resource.children) {
            applyExclusiveDiscovery(child, node);
        }
        ScoredNode allowed = resource.allowed.get(node);
        if (allowed != null && allowed.probeMode != ProbeMode.EXCLUSIVE) {
            int before = allowed.score;
            allowed.score = Score.MINUS_INFINITY;
            if (sink.wanted()) {
                sink.score(
                        resource,
                        node,
                        before,
                        allowed.score,
                        new ScoreReason.ExclusiveDiscovery());
            }
        }
    }
}
