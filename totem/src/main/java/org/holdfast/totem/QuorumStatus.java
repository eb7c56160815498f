package org.holdfast.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;

/**
 * votequorum's present view, as corosync-quorumtool shows it.
 *
 * @param quorate whether this partition may act
 * @param ringId the ring
 * @param expectedVotes the votes that exist
 * @param highestExpected the highest of the members' expected votes
 * @param totalVotes the votes present
 * @param quorum the votes needed
 * @param waitingForAll whether wait_for_all still waits
 * @param nodes the nodes that are or were seen, ascending
 */
public record QuorumStatus(
        boolean quorate,
        RingId ringId,
        int expectedVotes,
        int highestExpected,
        int totalVotes,
        int quorum,
        boolean waitingForAll,
        List<Voter> nodes) {

    /** One node's votes. */
    public record Voter(NodeId node, State state, int votes, int expectedVotes) {}

    /** votequorum's node states. */
    public enum State {
        /** In the ring. */
        MEMBER,
        /** Not in the ring. */
        DEAD,
        /** Announced that it leaves. */
        LEAVING
    }
}
