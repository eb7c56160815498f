package org.holdfast.scheduler.ordering;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * How orderings reach the instances of clones and the containers of bundles: all of them, or, when
 * interleaved, each only because of the other's instance in the same place.
 */
final class InstancePropagation {

    private final FlagPropagation propagation;

    InstancePropagation(FlagPropagation propagation) {
        this.propagation = propagation;
    }

    /** Applies a rule to the actions of a collective "then" and of its instances. */
    int spread(Action first, Action then, @Nullable Node node, int flags, int filter, int type) {
        Resource thenResource = then.resource;
        if (thenResource == null) {
            return FlagPropagation.NOTHING;
        }
        if (first.resource != null && isInterleaved(first, first.resource, then, thenResource)) {
            return spreadInterleaved(first, first.resource, then, thenResource, node, filter, type);
        }
        int changed = propagation.applyRules(first, then, flags, filter, type);
        for (Resource instance : EffectiveFlags.instances(thenResource)) {
            changed |= spreadToInstance(instance, first, then, node, flags, filter, type);
        }
        return changed;
    }

    /** The side that has to wait decides: "then" on the way up, "first" on the way down. */
    private static boolean isInterleaved(
            Action first, Resource firstResource, Action then, Resource thenResource) {
        if (firstResource == thenResource
                || !isCollective(firstResource)
                || !isCollective(thenResource)) {
            return false;
        }
        boolean down = then.key.endsWith("_stop_0") || then.key.endsWith("_demote_0");
        Resource decides = down ? firstResource : thenResource;
        return CollectiveKeys.isInterleaved(decides);
    }

    private static boolean isCollective(Resource resource) {
        return resource instanceof Clone || resource instanceof Bundle;
    }

    private int spreadInterleaved(
            Action first,
            Resource firstResource,
            Action then,
            Resource thenResource,
            @Nullable Node node,
            int filter,
            int type) {
        int changed = FlagPropagation.NOTHING;
        String firstTask = EffectiveFlags.instanceTask(first);
        // Stops and demotions concern the instance where it is now.
        boolean current = first.key.endsWith("_stopped_0") || first.key.endsWith("_demoted_0");
        for (Resource thenInstance : EffectiveFlags.instances(thenResource)) {
            Resource firstInstance =
                    PlacementSeam.compatibleInstance(
                            thenInstance, firstResource, Role.UNKNOWN, current);
            if (firstInstance == null) {
                if (!current && isMandatory(type)) {
                    if (PlacementSeam.unassign(thenInstance)) {
                        changed |= FlagPropagation.THEN;
                        thenInstance.cluster.reasonSink.state(
                                thenInstance,
                                new StateReason.NoCompatibleInstance(firstResource.id));
                    }
                    propagation.flagsChanged();
                }
                continue;
            }
            Action firstAction = instanceAction(first, firstInstance, firstTask, node, true);
            if (firstAction == null) {
                continue;
            }
            Action thenAction = instanceAction(then, thenInstance, then.task, node, false);
            if (thenAction == null) {
                continue;
            }
            if (Orderings.relate(firstAction, thenAction, type)) {
                changed |= FlagPropagation.FIRST | FlagPropagation.THEN;
            }
            int before = firstAction.flags;
            int firstFlags = EffectiveFlags.of(firstAction, node);
            if (firstAction.flags != before) {
                propagation.flagsChanged();
            }
            changed |=
                    propagation.spread(
                            thenInstance, firstAction, thenAction, node, firstFlags, filter, type);
        }
        return changed;
    }

    private static boolean isMandatory(int type) {
        return (type & (OrderingFlag.UNRUNNABLE_FIRST_BLOCKS | OrderingFlag.FIRST_IMPLIES_THEN))
                != 0;
    }

    /** An instance's action; in a bundle some tasks are done inside the container. */
    private static @Nullable Action instanceAction(
            Action collective,
            Resource instance,
            String task,
            @Nullable Node node,
            boolean isFirst) {
        boolean inside =
                switch (collective.task) {
                    case Tasks.STOP, Tasks.STOPPED -> false;
                    case Tasks.PROMOTE, Tasks.PROMOTED, Tasks.DEMOTE, Tasks.DEMOTED -> true;
                    default -> isFirst;
                };
        Resource contained = inside ? containedIn(instance) : null;
        // What is done inside a container happens on the node that the bundle makes.
        return contained == null
                ? ActionSearch.newest(instance, task, node)
                : ActionSearch.newest(contained, task, null);
    }

    private static @Nullable Resource containedIn(Resource container) {
        if (container.top(true) instanceof Bundle bundle) {
            for (Replica replica : bundle.replicas) {
                if (replica.container == container) {
                    return replica.child;
                }
            }
        }
        return null;
    }

    private int spreadToInstance(
            Resource instance,
            Action first,
            Action then,
            @Nullable Node node,
            int flags,
            int filter,
            int type) {
        Action instanceAction = ActionSearch.newest(instance, then.task, node);
        if (instanceAction == null
                || (EffectiveFlags.of(instanceAction, node) & ActionFlag.RUNNABLE) == 0) {
            return FlagPropagation.NOTHING;
        }
        int changed =
                propagation.spread(instance, first, instanceAction, node, flags, filter, type);
        if ((changed & FlagPropagation.THEN) != 0) {
            propagation.updateFollowers(instanceAction);
        }
        return changed;
    }
}
