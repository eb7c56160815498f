package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Looks up a resource's actions. */
public final class ActionSearch {

    private ActionSearch() {}

    /** The newest action of a task on a node (null for any node), or null. */
    public static @Nullable Action newest(Resource resource, String task, @Nullable Node node) {
        List<Action> actions = resource.actions;
        for (int i = actions.size() - 1; i >= 0; i--) {
            Action action = actions.get(i);
            if (action.task.equals(task) && (node == null || action.node == node)) {
                return action;
            }
        }
        return null;
    }

    /** The newest action with a key, or null. */
    public static @Nullable Action newestWithKey(Resource resource, String key) {
        List<Action> actions = resource.actionsWithKey(key);
        return actions.isEmpty() ? null : actions.getLast();
    }

    /** The newest action with a key on a node, or null. */
    public static @Nullable Action newestWithKey(Resource resource, String key, Node node) {
        List<Action> actions = resource.actionsWithKey(key);
        for (int i = actions.size() - 1; i >= 0; i--) {
            if (actions.get(i).node == node) {
                return actions.get(i);
            }
        }
        return null;
    }

    /**
     * Actions of a task that does not recur, oldest first. An action without a node is a match,
     * too, and takes the node.
     */
    public static List<Action> find(Resource resource, String task, @Nullable Node node) {
        return findWithKey(resource, OpKey.of(resource, task), node);
    }

    /** Actions with a key, oldest first. An action without a node is a match, too, and takes it. */
    public static List<Action> findWithKey(Resource resource, String key, @Nullable Node node) {
        List<Action> all = resource.actionsWithKey(key);
        if (all.isEmpty()) {
            return all;
        }
        List<Action> found = new ArrayList<>(node == null ? all.size() : 1);
        for (Action action : all) {
            if (node != null && action.node == null) {
                action.node = node;
            }
            if (node == null || action.node == node) {
                found.add(action);
            }
        }
        return found;
    }

    /** Actions of a task that does not recur and that are on exactly this node, oldest first. */
    public static List<Action> findOn(Resource resource, String task, @Nullable Node node) {
        return findWithKeyOn(resource, OpKey.of(resource, task), node);
    }

    /** Actions with a key that are on exactly this node, oldest first. */
    public static List<Action> findWithKeyOn(Resource resource, String key, @Nullable Node node) {
        List<Action> all = resource.actionsWithKey(key);
        if (all.isEmpty() || node == null) {
            return List.of();
        }
        List<Action> found = new ArrayList<>(1);
        for (Action action : all) {
            if (action.node == node) {
                found.add(action);
            }
        }
        return found;
    }
}
