package org.holdfast.scheduler.ordering;

import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Disables orderings that contradict what a guest needs, or that would close a circle. */
final class InvalidOrderings {

    private InvalidOrderings() {}

    static void disable(Cluster cluster, ProbesBeforeRestarts held) {
        for (int i = cluster.actions.size() - 1; i >= 0; i--) {
            Action action = cluster.actions.get(i);
            Resource resource = action.resource;
            if (resource != null && !resource.launched.isEmpty()) {
                held.drop(action, probe -> isProbeInsideOwnGuest(resource, probe));
            }
            List<RelatedAction> inputs = action.before;
            for (int k = inputs.size() - 1; k >= 0; k--) {
                RelatedAction input = inputs.get(k);
                if (isInsideOwnGuest(action, input) || closesCircle(cluster, action, input)) {
                    input.flags = OrderingFlag.NONE;
                }
            }
        }
    }

    /** Nothing that happens inside a guest can come before the guest is up. */
    private static boolean isInsideOwnGuest(Action action, RelatedAction input) {
        Resource resource = action.resource;
        Resource other = input.action.resource;
        if ((input.flags & OrderingFlag.GUEST_ALLOWED) != 0
                || other == null
                || resource == null
                || !makes(resource, input.action.node)) {
            return false;
        }
        warn(resource, other);
        return true;
    }

    private static boolean isProbeInsideOwnGuest(Resource resource, Action probe) {
        if (probe.resource == null || !makes(resource, probe.node)) {
            return false;
        }
        warn(resource, probe.resource);
        return true;
    }

    private static void warn(Resource resource, Resource other) {
        resource.cluster.configWarning(
                "Invalid ordering constraint between " + other + " and " + resource);
    }

    private static boolean makes(Resource resource, @Nullable Node node) {
        return !resource.launched.isEmpty()
                && node != null
                && node.remote != null
                && node.remote.launcher == resource;
    }

    private static boolean closesCircle(Cluster cluster, Action action, RelatedAction input) {
        return input.flags == OrderingFlag.IF_ON_SAME_NODE_OR_TARGET
                && action.resource != null
                && action.task.equals(Tasks.MIGRATE_TO)
                && GraphMembership.leadsTo(cluster, action, input);
    }
}
