package org.holdfast.scheduler.operations;

import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** In what state the connection to a remote node is, as far as actions on the node need it. */
public final class RemoteConnections {

    /** States of a connection. */
    public enum State {
        UNKNOWN,
        /** Usable throughout. */
        ALIVE,
        /** Its host is gone, or it moves; it will be usable once started elsewhere. */
        RESTING,
        /** Lost, and the node with it. */
        FAILED,
        /** Ends in good order. */
        STOPPED
    }

    private RemoteConnections() {}

    /** Whether a remote node's connection is lost for good. */
    public static boolean isFailed(Node node) {
        return node.isRemote() && node.remote != null && state(node, node.remote) == State.FAILED;
    }

    /** The state of the connection to a node. */
    public static State state(Node node, Resource connection) {
        Node host = connection.activeNode();
        if (connection.nextRole == Role.STOPPED || connection.assigned == null) {
            return stateWithoutTarget(node, connection, host);
        }
        if (host == null) {
            return State.UNKNOWN;
        }
        if (host.unclean || !host.online) {
            return State.RESTING;
        }
        boolean moving =
                connection.active.size() > 1
                        && connection.partialMigrationSource != null
                        && connection.partialMigrationTarget != null;
        return moving ? State.RESTING : State.ALIVE;
    }

    private static State stateWithoutTarget(Node node, Resource connection, @Nullable Node host) {
        if (host != null && host.unclean) {
            return State.FAILED;
        }
        if (!connection.is(ResourceFlag.FAILED)) {
            return State.STOPPED;
        }
        String shutdown = node.attribute("shutdown");
        boolean shuttingDown = shutdown != null && !shutdown.equals("0");
        // A connection that waits for its reconnect interval after fencing is not lost.
        boolean waiting =
                connection.nextRole == Role.STOPPED
                        && connection.remoteReconnectMillis > 0
                        && node.remoteFenced
                        && !shuttingDown;
        return waiting ? State.UNKNOWN : State.FAILED;
    }
}
