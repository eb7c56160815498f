package org.holdfast.scheduler.actions;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Orders actions after the unfencing of their node. */
final class UnfencingOrder {

    private UnfencingOrder() {}

    /**
     * Orders an action after unfencing where the resource needs it; asks for it if there was none
     * yet.
     */
    static void after(Resource resource, @Nullable Node node, Action action, int flags) {
        boolean concerned =
                (resource.is(ResourceFlag.FENCE_DEVICE) && resource.cluster.enableUnfencing)
                        || resource.is(ResourceFlag.NEEDS_UNFENCING);
        if (!concerned || node == null) {
            return;
        }
        Action unfence =
                FenceActions.operation(resource.cluster, node, Tasks.ON, true, null, false);
        Orderings.relate(unfence, action, flags);
        if (!FenceActions.isUnfenced(node)) {
            FenceReason reason = new FenceReason.UnfencingNeeded(resource, action.task);
            FenceActions.unfence(resource.cluster, null, node, reason, null);
        }
    }
}
