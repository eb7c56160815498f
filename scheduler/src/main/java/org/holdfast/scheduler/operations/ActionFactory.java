package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/**
 * Makes actions, one for each key and node, and numbers them in order of creation. Asking again for
 * an action that exists makes it required if the new request needs it.
 */
public final class ActionFactory {

    private ActionFactory() {}

    /**
     * The action of a key on a node: the existing one, with its flags adjusted, or a new one.
     *
     * @param resource null for an action of the cluster or a node as a whole
     * @param optional whether it need not be executed; an existing required action stays required
     */
    public static Action action(
            Cluster cluster,
            @Nullable Resource resource,
            String key,
            String task,
            @Nullable Node node,
            boolean optional) {
        return resource == null
                ? create(cluster, key, task, node, optional)
                : create(resource, key, task, node, optional);
    }

    /**
     * The fencing (or with {@code operation} "on" the unfencing) of a node.
     *
     * @param operation null for the cluster's default
     */
    public static Action fence(
            Cluster cluster,
            Node node,
            @Nullable String operation,
            boolean optional,
            @Nullable String reason,
            boolean priorityDelay) {
        return FenceActions.operation(cluster, node, operation, optional, reason, priorityDelay);
    }

    /**
     * Orders two actions.
     *
     * @param flags bits of {@link org.holdfast.scheduler.model.OrderingFlag}
     * @return whether that was new
     */
    public static boolean order(@Nullable Action first, @Nullable Action then, int flags) {
        return Orderings.relate(first, then, flags);
    }

    /** A resource's action that does not recur. */
    public static Action create(
            Resource resource, String task, @Nullable Node node, boolean optional) {
        return create(resource, resource.taskKey(task), task, 0, node, optional);
    }

    /** A resource's action with any key. */
    public static Action create(
            Resource resource, String key, String task, @Nullable Node node, boolean optional) {
        return create(resource, key, task, OpKey.intervalOf(key), node, optional);
    }

    private static Action create(
            Resource resource,
            String key,
            String task,
            long intervalMillis,
            @Nullable Node node,
            boolean optional) {
        Action action = existing(resource.actionsWithKey(key), node);
        if (action == null) {
            action = newAction(resource.cluster, key, task, resource, node, optional);
            OperationSettings.apply(action, resource, intervalMillis);
            resource.addAction(action);
        }
        if (!optionalBecauseUnmanaged(action, resource) && !optional) {
            action.clear(ActionFlag.OPTIONAL);
        }
        OperationSettings.applyParameters(action);
        Runnability.update(action, resource);
        return action;
    }

    /** A pseudo action that stands for a resource as a whole. */
    public static Action pseudo(
            Resource resource, String task, boolean optional, boolean runnable) {
        Action action = create(resource, task, null, optional);
        action.set(ActionFlag.PSEUDO);
        if (runnable) {
            action.set(ActionFlag.RUNNABLE);
        }
        return action;
    }

    /** The pseudo action of a name that belongs to no resource. */
    public static Action pseudo(Cluster cluster, String name) {
        Action action = singleton(cluster, name);
        if (action == null) {
            action = create(cluster, name, name, null, true);
            action.set(ActionFlag.PSEUDO | ActionFlag.RUNNABLE);
        }
        return action;
    }

    /** An action of no resource. */
    public static Action create(
            Cluster cluster, String key, String task, @Nullable Node node, boolean optional) {
        Action action = existing(cluster.singletons.getOrDefault(key, List.of()), node);
        if (action == null) {
            action = newAction(cluster, key, task, null, node, optional);
            cluster.singletons.computeIfAbsent(key, any -> new ArrayList<>(1)).add(action);
        }
        if (!optional) {
            action.clear(ActionFlag.OPTIONAL);
        }
        return action;
    }

    /** The newest action of no resource that has the key, or null. */
    public static @Nullable Action singleton(Cluster cluster, String key) {
        List<Action> found = cluster.singletons.get(key);
        return found == null ? null : found.getLast();
    }

    /** Forgets a resource's operation history on a node (done in the CIB alone). */
    public static void clearHistory(Resource resource, Node node) {
        Action clear = create(resource, Tasks.LRM_DELETE, node, false);
        resource.cluster.reasonSink.action(
                clear, ActionReason.Effect.REQUIRED, new ActionReason.LockOver(node));
    }

    /** Resets a resource's fail count on a node. */
    public static Action clearFailCount(Resource resource, Node node) {
        Action clear = create(resource, Tasks.CLEAR_FAILCOUNT, node, false);
        clear.meta.put("op_no_wait", "true");
        return clear;
    }

    /** Says which exit status means that all is as expected. */
    public static void expect(Action action, int exitStatus) {
        action.meta.put("op_target_rc", Integer.toString(exitStatus));
    }

    /** Gives a reason; an earlier one stays unless it may be replaced. */
    public static void explain(Action action, @Nullable String reason, boolean replace) {
        if (action.reason == null || replace) {
            action.reason = reason;
        }
    }

    private static Action newAction(
            Cluster cluster,
            String key,
            String task,
            @Nullable Resource resource,
            @Nullable Node node,
            boolean optional) {
        Action action = new Action(cluster.takeActionId(), key, task, resource, node);
        action.set(ActionFlag.RUNNABLE);
        if (task.equalsIgnoreCase(Tasks.LRM_DELETE)) {
            action.set(ActionFlag.ON_DC);
        }
        if (optional) {
            action.set(ActionFlag.OPTIONAL);
        }
        cluster.actions.add(action);
        return action;
    }

    /** The oldest action that may be done on the node; one without a node takes it. */
    private static @Nullable Action existing(List<Action> sameKey, @Nullable Node node) {
        Action found = null;
        for (Action action : sameKey) {
            if (node != null && action.node == null) {
                action.node = node;
            }
            if (found == null && (node == null || action.node == node)) {
                found = action;
            }
        }
        return found;
    }

    private static boolean optionalBecauseUnmanaged(Action action, Resource resource) {
        if (action.node == null
                || action.isPseudo()
                || resource.is(ResourceFlag.MANAGED)
                || action.meta.get("interval") != null) {
            return false;
        }
        action.set(ActionFlag.OPTIONAL);
        return true;
    }
}
