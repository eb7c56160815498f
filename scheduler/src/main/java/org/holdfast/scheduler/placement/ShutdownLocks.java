package org.holdfast.scheduler.placement;

import org.holdfast.cib.value.IntegerText;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.operations.ActionFactory;

/**
 * Keeps resources for nodes that shut down cleanly ({@code shutdown-lock}). Clones and bundles
 * cannot be locked.
 */
final class ShutdownLocks {

    private ShutdownLocks() {}

    /** Locks what has to be locked and bans it from all nodes but its own. */
    static void apply(Cluster cluster, Locations locations) {
        for (Resource resource : cluster.resources) {
            apply(resource, locations);
        }
    }

    private static void apply(Resource resource, Locations locations) {
        if (resource instanceof Group group) {
            group.children.forEach(member -> apply(member, locations));
        } else if (resource instanceof Primitive
                && !resource.is(ResourceFlag.FENCE_DEVICE)
                && !resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            lock(resource, locations);
        }
    }

    private static void lock(Resource resource, Locations locations) {
        Node locked = resource.lockNode;
        if (locked != null) {
            if (!resource.active.isEmpty()) {
                // Started elsewhere all the same: leave it alone and forget the lock
                ActionFactory.clearHistory(resource, locked);
                resource.lockNode = null;
                resource.lockTime = 0;
            }
        } else if (resource.active.size() == 1) {
            Node node = resource.active.getFirst();
            if (node.shutdown && !node.unclean) {
                resource.lockNode = node;
                resource.lockTime = shutdownTime(resource.cluster, node);
            }
        }
        if (resource.lockNode != null) {
            enforce(resource, resource.lockNode, locations);
        }
    }

    private static long shutdownTime(Cluster cluster, Node node) {
        long time = IntegerText.valueOf(node.attribute("shutdown"), 0);
        return time == 0 ? cluster.now : time;
    }

    private static void enforce(Resource resource, Node locked, Locations locations) {
        Cluster cluster = resource.cluster;
        if (cluster.options.shutdownLockMillis() > 0) {
            cluster.recheckAt(
                    resource.lockTime + Values.seconds(cluster.options.shutdownLockMillis()) + 1);
        }
        ScoreReason reason = new ScoreReason.ShutdownLock(locked.name);
        for (Node node : cluster.nodes) {
            if (node != locked) {
                locations.ban(resource, node, reason);
            }
        }
    }
}
