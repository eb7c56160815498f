package org.holdfast.scheduler.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * An action's flags as its resource's kind sees them: a collective's action is required if any of
 * its parts' is, and runnable if the parts' are (all of a group's, any of a clone's).
 */
public final class EffectiveFlags {

    private static final int START_VALUE =
            ActionFlag.OPTIONAL | ActionFlag.RUNNABLE | ActionFlag.PSEUDO;

    private EffectiveFlags() {}

    /**
     * Flags of an action; a collective's action is brought up to date on the way.
     *
     * @param node consider only parts on this node; null for all
     */
    public static int of(Action action, @Nullable Node node) {
        Resource resource = action.resource;
        if (resource == null) {
            return action.flags;
        }
        return switch (resource) {
            case Primitive _ -> action.flags;
            case Group group -> ofGroup(action, group, node);
            case Clone clone -> ofInstances(action, clone.children, node);
            case Bundle bundle -> ofBundle(action, bundle, node);
        };
    }

    /** Brings a collective's action up to date with those of its parts. */
    public static void refresh(Action action) {
        of(action, null);
    }

    /** Flags for an ordering: a clone that can act anywhere counts as able to act. */
    static int forOrdering(Action action, @Nullable Node node) {
        int flags = of(action, null);
        if (node == null || !(action.resource instanceof Clone)) {
            return flags;
        }
        return of(action, node) | (flags & ActionFlag.RUNNABLE);
    }

    private static int ofGroup(Action action, Group group, @Nullable Node node) {
        int flags = START_VALUE;
        for (Resource member : group.children) {
            String task = taskOf(member, action.task);
            Action memberAction = ActionSearch.newest(member, task, node);
            if (memberAction == null) {
                if (!task.equals(Tasks.STOP) && !task.equals(Tasks.DEMOTE)) {
                    flags &= ~ActionFlag.RUNNABLE;
                }
                continue;
            }
            int memberFlags = of(memberAction, node);
            if (isSet(flags, ActionFlag.OPTIONAL) && !isSet(memberFlags, ActionFlag.OPTIONAL)) {
                flags &= ~ActionFlag.OPTIONAL;
                clear(action, ActionFlag.OPTIONAL, memberAction);
            }
            if (!task.equals(action.task)
                    && isSet(flags, ActionFlag.RUNNABLE)
                    && !isSet(memberFlags, ActionFlag.RUNNABLE)) {
                flags &= ~ActionFlag.RUNNABLE;
                clear(action, ActionFlag.RUNNABLE, memberAction);
            }
        }
        return flags;
    }

    /**
     * Containers act in a bundle's name, but the contained clone promotes, demotes and notifies.
     */
    private static int ofBundle(Action action, Bundle bundle, @Nullable Node node) {
        Resource contained = bundle.child;
        if (contained != null) {
            switch (taskOf(contained, action.task)) {
                case Tasks.NO_ACTION,
                        Tasks.NOTIFY,
                        Tasks.NOTIFIED,
                        Tasks.PROMOTE,
                        Tasks.PROMOTED,
                        Tasks.DEMOTE,
                        Tasks.DEMOTED -> {
                    return ofInstances(action, contained.children, node);
                }
                default -> {
                    // An action of the containers.
                }
            }
        }
        return ofInstances(action, containers(bundle), node);
    }

    private static int ofInstances(
            Action action, List<? extends Resource> instances, @Nullable Node node) {
        boolean anyRunnable = false;
        int flags = START_VALUE;
        String task = instanceTask(action);
        for (Resource instance : instances) {
            Node instanceNode = instance instanceof Primitive ? node : null;
            Action instanceAction = ActionSearch.newest(instance, task, instanceNode);
            if (instanceAction == null) {
                continue;
            }
            int instanceFlags = of(instanceAction, node);
            if (isSet(flags, ActionFlag.OPTIONAL) && !isSet(instanceFlags, ActionFlag.OPTIONAL)) {
                flags &= ~ActionFlag.OPTIONAL;
                clear(action, ActionFlag.OPTIONAL, instanceAction);
            }
            anyRunnable |= isSet(instanceFlags, ActionFlag.RUNNABLE);
        }
        if (!anyRunnable) {
            flags &= ~ActionFlag.RUNNABLE;
            if (node == null) {
                clear(action, ActionFlag.RUNNABLE, null);
            }
        }
        return flags;
    }

    private static void clear(Action action, int flag, @Nullable Action part) {
        boolean was = action.is(flag);
        action.clear(flag);
        if (was && action.resource != null && action.resource.cluster.reasonSink.wanted()) {
            action.resource.cluster.reasonSink.action(
                    action,
                    flag == ActionFlag.OPTIONAL ? Effect.REQUIRED : Effect.BLOCKED,
                    part == null ? new ActionReason.NoPart() : new ActionReason.OfPart(part));
        }
    }

    /**
     * The task of instances that a collective's action stands for; for notifications what they
     * tell.
     */
    static String instanceTask(Action action) {
        Resource resource = Objects.requireNonNull(action.resource);
        String task = action.task;
        if (task.equalsIgnoreCase(Tasks.NOTIFY) || task.equalsIgnoreCase(Tasks.NOTIFIED)) {
            String middle = "_notify_";
            int at = action.key.lastIndexOf(middle);
            int end = action.key.lastIndexOf('_');
            if (at < 0 || end <= at + middle.length()) {
                return Tasks.NO_ACTION;
            }
            task = action.key.substring(at + middle.length(), end);
        }
        return resource.children.isEmpty()
                ? Tasks.known(task)
                : taskOf(resource.children.getFirst(), task);
    }

    /** A task as a resource of a kind does it: "running" of a primitive is its "start". */
    private static String taskOf(Resource resource, String task) {
        return resource instanceof Primitive ? Tasks.atomic(task) : Tasks.known(task);
    }

    /** Instances that a collective acts by: a clone's children, a bundle's containers. */
    static List<? extends Resource> instances(Resource collective) {
        return collective instanceof Bundle bundle ? containers(bundle) : collective.children;
    }

    private static List<Primitive> containers(Bundle bundle) {
        List<Primitive> containers = new ArrayList<>(bundle.replicas.size());
        for (Replica replica : bundle.replicas) {
            containers.add(replica.containerOf());
        }
        return containers;
    }

    private static boolean isSet(int flags, int bit) {
        return (flags & bit) != 0;
    }
}
