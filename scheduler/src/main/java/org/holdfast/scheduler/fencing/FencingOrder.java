package org.holdfast.scheduler.fencing;

import static org.holdfast.scheduler.model.OrderingFlag.GUEST_ALLOWED;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.List;
import org.holdfast.scheduler.actions.Notifications;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;

/**
 * What fencing of a node means for resources: stops and demotions there are done with it, and
 * nothing that might be active there starts elsewhere before.
 */
final class FencingOrder {

    private FencingOrder() {}

    static void add(Cluster cluster, Action fencing, Node target) {
        for (Resource resource : cluster.resources) {
            add(resource, fencing, target);
        }
    }

    private static void add(Resource resource, Action fencing, Node target) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                add(child, fencing, target);
            }
        } else if (resource.is(ResourceFlag.MANAGED)) {
            orderStarts(resource, fencing, target);
            orderStops(resource, fencing, target);
        }
    }

    private static void orderStarts(Resource resource, Action fencing, Node target) {
        List<Action> actions = resource.actions;
        for (int i = actions.size() - 1; i >= 0; i--) {
            Action action = actions.get(i);
            switch (action.needs) {
                case NOTHING -> {
                    // Only starts and promotions need anything.
                }
                case FENCING -> Orderings.relate(fencing, action, ORDERED);
                case QUORUM -> {
                    if (action.task.equals(Tasks.START)
                            && resource.allowed.contains(target)
                            && !isKnownOn(resource, target)) {
                        Orderings.relate(fencing, action, ORDERED | UNRUNNABLE_FIRST_BLOCKS);
                    }
                }
            }
        }
    }

    private static boolean isKnownOn(Resource resource, Node node) {
        if (resource.probed.contains(node)) {
            return true;
        }
        return resource instanceof Primitive
                && resource.parent instanceof Clone clone
                && !clone.is(ResourceFlag.UNIQUE)
                && clone.probed.contains(node);
    }

    private static void orderStops(Resource resource, Action fencing, Node target) {
        boolean implied = resource.is(ResourceFlag.NEEDS_FENCING) || target.isGuest();
        List<Action> stops = ActionSearch.find(resource, Tasks.STOP, target);
        Action wholeStop =
                !stops.isEmpty() && implied
                        ? ActionSearch.newest(resource.top(false), Tasks.STOP, null)
                        : null;
        for (Action stop : stops) {
            // Nobody is there to do it: it is done when the node is fenced.
            stop.set(ActionFlag.PSEUDO | ActionFlag.RUNNABLE);
            if (implied) {
                if (!isBundled(resource)) {
                    Orderings.relate(fencing, stop, GUEST_ALLOWED);
                }
                Orderings.relate(fencing, wholeStop, GUEST_ALLOWED);
            }
            if (resource.is(ResourceFlag.NOTIFY)) {
                Notifications.createAfterFencing(stop, resource, fencing);
            }
        }
        for (Action demote : ActionSearch.find(resource, Tasks.DEMOTE, target)) {
            Node node = demote.node;
            if (node != null
                    && (!node.online || node.unclean || resource.is(ResourceFlag.FAILED))) {
                demote.set(ActionFlag.PSEUDO | ActionFlag.RUNNABLE);
                if (!isBundled(resource) && implied) {
                    Orderings.relate(fencing, demote, GUEST_ALLOWED | ORDERED);
                }
            }
        }
    }

    /** Whether a resource is a part of a bundle. */
    private static boolean isBundled(Resource resource) {
        return resource.top(true) instanceof Bundle;
    }
}
