package org.holdfast.scheduler.fencing;

import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.GUEST_ALLOWED;
import static org.holdfast.scheduler.model.OrderingFlag.NONE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_IMPLIES_FIRST;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.RemoteConnections;
import org.holdfast.scheduler.operations.RemoteConnections.State;
import org.holdfast.scheduler.operations.Tasks;

/**
 * Orders actions on remote and guest nodes after the start, or before the stop, of the connection
 * that they need; what cannot be done without a connection calls for fencing.
 */
final class RemoteOrder {

    private RemoteOrder() {}

    static void add(Cluster cluster) {
        if (!cluster.haveRemoteNodes) {
            return;
        }
        for (int i = cluster.actions.size() - 1; i >= 0; i--) {
            Action action = cluster.actions.get(i);
            if (action.resource != null) {
                add(action, action.resource);
            }
        }
    }

    private static void add(Action action, Resource resource) {
        Cluster cluster = resource.cluster;
        if (resource.is(ResourceFlag.IS_REMOTE_CONNECTION)
                && action.task.equals(Tasks.CLEAR_FAILCOUNT)) {
            Orderings.add(cluster, End.action(action), End.task(resource, Tasks.START), ORDERED);
            return;
        }
        Node node = action.node;
        if (node == null || !node.isPacemakerRemote() || action.isPseudo()) {
            return;
        }
        Resource connection = node.remote;
        if (connection == null) {
            return;
        }
        if (action.task.equals(Tasks.START)) {
            // Where the resource comes from, it is stopped when the new place can be reached.
            for (Action stop : resource.actions.reversed()) {
                if (stop.node != node && stop.task.equals(Tasks.STOP)) {
                    Orderings.add(
                            cluster,
                            End.task(connection, Tasks.START),
                            End.action(resource, stop),
                            ORDERED);
                }
            }
        }
        if (connection.launcher != null) {
            orderOnGuest(action, node, connection, connection.launcher);
        } else {
            orderOnRemote(action, node, connection);
        }
    }

    /** Migration counts as a stop: it needs the connection where the resource is. */
    private static String effectiveTask(Action action) {
        return action.task.equalsIgnoreCase(Tasks.MIGRATE_TO)
                        || action.task.equalsIgnoreCase(Tasks.MIGRATE_FROM)
                ? Tasks.STOP
                : action.task;
    }

    private static void orderOnRemote(Action action, Node node, Resource connection) {
        State state = RemoteConnections.state(node, connection);
        switch (effectiveTask(action)) {
            case Tasks.START, Tasks.PROMOTE ->
                    afterStart(
                            connection, action, state == State.FAILED ? FIRST_IMPLIES_THEN : NONE);
            case Tasks.STOP -> orderStop(action, node, connection, state);
            case Tasks.DEMOTE -> {
                if (state == State.RESTING || state == State.UNKNOWN) {
                    afterStart(connection, action, NONE);
                }
            }
            default -> orderOther(action, node, connection, state);
        }
    }

    private static void orderStop(Action action, Node node, Resource connection, State state) {
        if (state == State.ALIVE) {
            beforeStop(action, connection, THEN_IMPLIES_FIRST);
        } else if (state == State.FAILED) {
            FenceActions.fence(
                    connection.cluster,
                    node,
                    new FenceReason.RemoteLost(FenceReason.RemoteTrouble.ACTIVE),
                    false);
        } else if (connection.nextRole == Role.STOPPED) {
            beforeStop(action, connection, THEN_IMPLIES_FIRST);
        } else {
            afterStart(connection, action, NONE);
        }
    }

    private static void orderOther(Action action, Node node, Resource connection, State state) {
        if (isRecurring(action)) {
            afterStart(connection, action, FIRST_IMPLIES_THEN);
            return;
        }
        if (action.task.equals(Tasks.MONITOR) && state == State.FAILED) {
            FenceActions.fence(
                    connection.cluster,
                    node,
                    new FenceReason.RemoteLost(FenceReason.RemoteTrouble.UNKNOWN_STATE),
                    false);
        }
        if (connection.activeNode() != null && state == State.STOPPED) {
            beforeStop(action, connection, UNRUNNABLE_FIRST_BLOCKS);
        } else {
            afterStart(connection, action, NONE);
        }
    }

    private static void orderOnGuest(
            Action action, Node node, Resource connection, Resource launcher) {
        boolean failed = launcher.is(ResourceFlag.FAILED);
        if (failed) {
            FenceActions.fence(
                    launcher.cluster, node, new FenceReason.ContainerFailed(launcher), false);
        }
        String task = effectiveTask(action);
        switch (task) {
            case Tasks.START, Tasks.PROMOTE -> {
                afterStart(launcher, action, FIRST_IMPLIES_THEN);
                afterStart(connection, action, NONE);
            }
            case Tasks.STOP, Tasks.DEMOTE -> {
                // With the launcher failed, what was inside is gone without a stop.
                if (!failed) {
                    beforeStop(action, connection, NONE);
                }
            }
            default -> {
                if (!isRecurring(action)) {
                    afterStart(connection, action, NONE);
                } else if (!Tasks.known(task).equals(Tasks.NO_ACTION)) {
                    afterStart(connection, action, FIRST_IMPLIES_THEN);
                }
            }
        }
    }

    private static boolean isRecurring(Action action) {
        String interval = action.meta.get("interval");
        return interval != null && !interval.equals("0");
    }

    private static void afterStart(Resource first, Action then, int extra) {
        Orderings.add(
                first.cluster,
                End.task(first, Tasks.START),
                End.action(then),
                GUEST_ALLOWED | UNRUNNABLE_FIRST_BLOCKS | extra);
    }

    private static void beforeStop(Action first, Resource then, int extra) {
        Orderings.add(
                then.cluster, End.action(first), End.task(then, Tasks.STOP), GUEST_ALLOWED | extra);
    }
}
