package org.holdfast.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;

/** What happens to the cluster layer, one at a time. */
public sealed interface ClusterInput {

    /** The first input: look for others. Exactly once. */
    record Start() implements ClusterInput {}

    /**
     * A datagram arrived on the ring's port. The transport has already dropped senders that are not
     * in the node list.
     *
     * @param bytes exactly the datagram; the core owns the array from now on and may keep it
     */
    record Datagram(byte[] bytes) implements ClusterInput {}

    /**
     * Datagrams arrived together, in this order. Messages in them are delivered after a token in
     * them has been passed on: the others need not wait for that.
     *
     * @param datagrams as in {@link Datagram}
     */
    record Datagrams(List<byte[]> datagrams) implements ClusterInput {}

    /**
     * A node's host answered that nobody listens on the ring's port there. That the node's process
     * has ended is likely, not certain; a node that lives comes back by itself.
     */
    record PeerUnreachable(NodeId node) implements ClusterInput {}

    /** A timer that was set has reached its deadline and was not cancelled. */
    record TimerFired(ClusterTimer timer) implements ClusterInput {}

    /** What {@link ClusterEffect.PersistRingId} asked for is durable. */
    record RingIdPersisted(long ticket) implements ClusterInput {}

    /**
     * A local process joins a group. It is a member when a {@link ClusterEffect.GroupConfiguration}
     * says so.
     */
    record JoinGroup(GroupName group, int pid) implements ClusterInput {}

    /**
     * A local process leaves a group.
     *
     * @param reason LEAVE, or PROCESS_DOWN when it ended without a word
     */
    record LeaveGroup(GroupName group, int pid, GroupChange.Reason reason)
            implements ClusterInput {}

    /**
     * A local process sends to its group; it comes back to it in the group's order.
     *
     * <p>Ask {@code ClusterLayer.canMulticast} before: a message beyond the queue's room is a
     * broken rule.
     *
     * @param payload 0 to 1,048,576 bytes less the headers; the core owns it from now on
     */
    record Multicast(GroupName group, int pid, byte[] payload) implements ClusterInput {}

    /** Leaves the ring in order: groups, leave message, then {@link ClusterEffect.Stopped}. */
    record Leave() implements ClusterInput {}

    /** A new configuration took effect on this node (reload, runtime change). */
    record Reconfigured(ClusterConfig config) implements ClusterInput {}

    /** An administrator sets the expected votes on the whole ring (corosync-quorumtool -e). */
    record SetExpectedVotes(int votes) implements ClusterInput {}

    /** An administrator sets one node's votes on the whole ring (corosync-quorumtool -v). */
    record SetVotes(NodeId node, int votes) implements ClusterInput {}

    /** Asks another node to end itself (corosync-cfgtool -k). */
    record KillNode(NodeId node, String reason) implements ClusterInput {}

    /** Asks all nodes to read their configuration again (corosync-cfgtool -R). */
    record RequestReload() implements ClusterInput {}

    /** Nodes that wait for all stop waiting (the key quorum.cancel_wait_for_all). */
    record CancelWaitForAll() implements ClusterInput {}

    /** This node's quorum device asks for something. */
    record QuorumDevice(DeviceRequest request) implements ClusterInput {}
}
