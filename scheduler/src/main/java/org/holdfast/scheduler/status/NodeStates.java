package org.holdfast.scheduler.status;

import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.FenceReason.Trouble;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.unpack.NodeAttributes;
import org.jspecify.annotations.Nullable;

/** Reads the states of cluster nodes: online, pending, in need of fencing. */
final class NodeStates {

    private final Cluster cluster;

    NodeStates(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The node that a state is of; null for a removed node. */
    static @Nullable Node nodeOf(Cluster cluster, Element state) {
        Node node = cluster.nodeWithId(state.get("id"));
        return node == null ? cluster.nodeNamed(state.get("uname")) : node;
    }

    /** First pass over a node state. */
    void read(Element state) {
        if (state.get("id") == null) {
            cluster.configError("Ignoring invalid node_state entry without id");
            return;
        }
        Node node = nodeOf(cluster, state);
        if (node == null) {
            return;
        }
        if (node.isPacemakerRemote()) {
            // Online or not shows only in the history of the connection resource.
            node.remoteFenced = Values.atLeast(state.get("node_fenced"), 0) != 0;
            return;
        }
        NodeAttributes.read(cluster, state.first("transient_attributes"), node, true);
        if (Values.isTrue(node.attribute("standby"))) {
            node.standby = true;
        }
        if (Values.isTrue(node.attribute("maintenance"))) {
            node.maintenance = true;
        }
        String discovery = node.attribute("resource-discovery-enabled");
        if (discovery != null && !Values.isTrue(discovery)) {
            cluster.configWarning(
                    "Ignoring resource-discovery-enabled attribute for "
                            + node
                            + " because disabling resource discovery is not allowed for cluster"
                            + " nodes");
        }
        node.unclean = false;
        node.seen = true;
        readOnline(state, node);
        if (!cluster.quorate
                && node.online
                && cluster.options.noQuorumPolicy() == NoQuorumPolicy.FENCE) {
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.NO_QUORUM), false);
        }
    }

    private void readOnline(Element state, Node node) {
        node.shutdown = isShutdownRequested(node);
        if (!node.shutdown && Values.same(state.get("expected"), "member")) {
            node.expectedUp = true;
        }
        boolean online =
                cluster.options.fencingEnabled()
                        ? onlineWithFencing(state, node)
                        : onlineWithoutFencing(state, node);
        if (online) {
            node.online = true;
        }
        if (!online || node.shutdown) {
            node.baseScore = Score.MINUS_INFINITY;
        }
        if (node.unclean) {
            cluster.warn(node + " is unclean");
        }
    }

    static boolean isShutdownRequested(Node node) {
        String shutdown = node.attribute("shutdown");
        return shutdown != null && !shutdown.equals("0");
    }

    private boolean onlineWithoutFencing(Element state, Node node) {
        long member = memberSince(state);
        if (member <= 0) {
            return false;
        }
        if (peerSince(state) > 0) {
            return Values.same(state.get("join"), "member");
        }
        if (node.expectedUp) {
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.DOWN), false);
        }
        return false;
    }

    private boolean onlineWithFencing(Element state, Node node) {
        long member = memberSince(state);
        long peer = peerSince(state);
        if (node.shutdown) {
            return peer > 0;
        }
        if (member < 0) {
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.NEVER_SEEN), false);
            return false;
        }
        String join = state.getOr("join", "");
        if (join.equals("banned")) {
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.BANNED), false);
        } else if (isTerminationRequested(node)) {
            if (member <= 0 && peer <= 0 && join.equals("down")) {
                return false;
            }
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.REQUESTED), false);
        } else if (state.getOr("expected", "down").equals("down")) {
            readNotExpected(node, member, peer);
        } else if (member <= 0) {
            FenceActions.fence(cluster, node, new FenceReason.NodeState(Trouble.LEFT), true);
        } else if (peer <= 0) {
            FenceActions.fence(
                    cluster, node, new FenceReason.NodeState(Trouble.PROCESS_GONE), false);
        } else {
            readJoined(node, join);
        }
        return member > 0;
    }

    private void readNotExpected(Node node, long member, long peer) {
        if (isPendingTooLong(member, peer)) {
            FenceActions.fence(
                    cluster, node, new FenceReason.NodeState(Trouble.PENDING_TOO_LONG), false);
        } else if (member > 0 || peer > 0) {
            markPending(node);
        }
    }

    private void readJoined(Node node, String join) {
        switch (join) {
            case "member" -> {}
            case "pending", "down" -> markPending(node);
            default ->
                    FenceActions.fence(
                            cluster, node, new FenceReason.NodeState(Trouble.UNKNOWN), false);
        }
    }

    private static void markPending(Node node) {
        node.standby = true;
        node.pending = true;
    }

    private boolean isPendingTooLong(long member, long peer) {
        long timeoutMillis = cluster.options.nodePendingMillis();
        if (timeoutMillis == 0 || member <= 0 || peer > 0) {
            return false;
        }
        long deadline = member + Values.seconds(timeoutMillis);
        if (cluster.now >= deadline) {
            return true;
        }
        cluster.recheckAt(deadline);
        return false;
    }

    /** Since when the node is in the membership: epoch seconds, 0 for not, -1 for unknown. */
    private long memberSince(Element state) {
        String value = state.get("in_ccm");
        if (value == null) {
            return -1;
        }
        Boolean member = Values.bool(value);
        if (member != null) {
            return member ? cluster.now : 0;
        }
        return Math.max(-1, Values.number(value, -1));
    }

    /** Since when the node's controller is in its group: epoch seconds, 0 for not. */
    private static long peerSince(Element state) {
        String value = state.getOr("crmd", "offline").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "offline" -> 0;
            case "online" -> 1;
            default -> Math.max(0, Values.number(value, 0));
        };
    }

    private static boolean isTerminationRequested(Node node) {
        String value = node.attribute("terminate");
        if (value == null) {
            return false;
        }
        Boolean requested = Values.bool(value);
        return requested == null ? Values.number(value, 0) > 0 : requested;
    }
}
