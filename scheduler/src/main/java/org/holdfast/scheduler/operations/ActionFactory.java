package org.holdfast.scheduler.operations;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Creates and finds actions; the only place that enters them into the working state. */
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
        throw new UnsupportedOperationException("actions are not created yet: " + key);
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
        throw new UnsupportedOperationException("fencing is not created yet: " + node);
    }

    /** The clearing of a resource's fail count on a node. */
    public static Action clearFailCount(Resource resource, Node node, String reason) {
        throw new UnsupportedOperationException(
                "actions are not created yet: " + resource + reason + node);
    }

    /**
     * Orders two actions.
     *
     * @param flags bits of {@link org.holdfast.scheduler.model.OrderingFlag}
     * @return whether that was new
     */
    public static boolean order(@Nullable Action first, @Nullable Action then, int flags) {
        throw new UnsupportedOperationException(
                "actions are not ordered yet: " + first + then + flags);
    }
}
