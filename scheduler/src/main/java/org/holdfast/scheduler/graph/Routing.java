package org.holdfast.scheduler.graph;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Which cluster node executes an action for a remote or guest node: the host of the connection. */
final class Routing {

    private Routing() {}

    /** The host; null if the action needs none. */
    static @Nullable Node hostFor(Action action, Node node) {
        Resource connection = node.remote;
        if (action.task.equals(Tasks.STONITH) || !node.isPacemakerRemote() || connection == null) {
            return null;
        }
        Node before = connection.activeNode();
        Node after = connection.assignedNode();
        if (before == null || after == null) {
            return before == null ? after : before;
        }
        if (before == after) {
            return before;
        }
        boolean halfMigrated =
                connection.launcher == null && connection.partialMigrationTarget != null;
        return isDoneBeforeMove(action) && !halfMigrated ? before : after;
    }

    private static boolean isDoneBeforeMove(Action action) {
        String task = action.task;
        if (task.equals(Tasks.NOTIFY)) {
            task = action.meta.getOrDefault("notify_operation", "");
        }
        return switch (task) {
            case Tasks.CANCEL, Tasks.STOP, Tasks.DEMOTE, Tasks.MIGRATE_FROM, Tasks.MIGRATE_TO ->
                    true;
            default -> false;
        };
    }
}
