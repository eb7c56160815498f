package org.holdfast.totem;

import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;

/** What the cluster layer wants done, in the order in which it must happen. */
public sealed interface ClusterEffect {

    /**
     * Send one datagram to one node (never this one).
     *
     * @param bytes the whole datagram; read only, it may be kept by the core
     */
    record SendTo(NodeId node, byte[] bytes) implements ClusterEffect {}

    /**
     * Send one datagram to every other node of the node list (UDPU) or to the multicast group
     * (UDP).
     *
     * @param bytes the whole datagram; read only, it may be kept by the core
     */
    record SendToAll(byte[] bytes) implements ClusterEffect {}

    /**
     * Give {@link ClusterInput.TimerFired} at this time, not earlier; replaces an earlier deadline.
     */
    record SetTimer(ClusterTimer timer, long deadlineNanos) implements ClusterEffect {}

    /** Forget the timer's deadline. */
    record CancelTimer(ClusterTimer timer) implements ClusterEffect {}

    /**
     * Make this ring id durable, then give {@link ClusterInput.RingIdPersisted}. The core waits
     * with everything that must not leave before.
     */
    record PersistRingId(long ticket, RingId ringId) implements ClusterEffect {}

    /**
     * Make the highest number of expected votes durable (expected_votes_tracking), for the next
     * start. Nothing waits for it.
     */
    record PersistExpectedVotes(int votes) implements ClusterEffect {}

    /**
     * A message of a group that at least one local process has joined.
     *
     * @param bytes holds the message; read only, nobody changes it any more
     * @param offset where the payload starts in it
     * @param length the payload's bytes
     */
    record GroupMessage(
            GroupName group, NodeId sender, int pid, byte[] bytes, int offset, int length)
            implements ClusterEffect {

        /** The payload alone: a copy, unless it is all of {@link #bytes}. */
        public byte[] payload() {
            return length == bytes.length
                    ? bytes
                    : Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    /**
     * The members of a group that at least one local process has joined or just left.
     *
     * @param ringId the ring in which this membership holds
     * @param members all members now, in order of joining as libcpg gives them
     * @param left who is gone, with reasons
     * @param joined who is new, with reasons
     */
    record GroupConfiguration(
            GroupName group,
            RingId ringId,
            List<GroupMember> members,
            List<GroupChange> left,
            List<GroupChange> joined)
            implements ClusterEffect {}

    /**
     * A new ring is in force.
     *
     * @param members its nodes, ascending
     * @param joined those that were not in the ring before
     * @param left those that are no longer
     */
    record MembershipChanged(
            RingId ringId, List<NodeId> members, List<NodeId> joined, List<NodeId> left)
            implements ClusterEffect {}

    /** The sync step of a ring has ended, and with it votequorum knows the partition's votes. */
    record QuorumChanged(RingId ringId, boolean quorate, List<NodeId> members)
            implements ClusterEffect {}

    /** Another node's or this node's administrator asks every node to read its configuration. */
    record ReloadRequested() implements ClusterEffect {}

    /**
     * This node was told to end at once (corosync-cfgtool -k on another node, two nodes of one id).
     */
    record Killed(String reason) implements ClusterEffect {}

    /** {@link ClusterInput.Leave} is done; nothing follows. */
    record Stopped() implements ClusterEffect {}

    /** A line for the log. */
    record Log(LogEvent event) implements ClusterEffect {}
}
