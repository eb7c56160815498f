package org.holdfast.scheduler.actions;

import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;

/** Makes a node's executor forget a resource: after any stop and before any start. */
final class Cleanup {

    private Cleanup() {}

    static void schedule(Resource resource, Node node) {
        if (resource.is(ResourceFlag.FAILED) || node.unclean || !node.online) {
            return; // The history of a failure is still needed, or nobody is there to forget.
        }
        resource.cluster.reasonSink.action(
                ActionFactory.create(resource, Tasks.DELETE, node, false),
                Effect.REQUIRED,
                new ActionReason.HistoryOutdated(node));
        Orderings.tasks(resource, Tasks.STOP, resource, Tasks.DELETE, OrderingFlag.ORDERED);
        Orderings.tasks(resource, Tasks.DELETE, resource, Tasks.START, OrderingFlag.ORDERED);
    }
}
