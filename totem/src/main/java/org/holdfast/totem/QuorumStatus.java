package org.holdfast.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.QuorumConfig.AutoTieBreakerRule;
import org.holdfast.wire.totem.RingId;

/**
 * votequorum's present view, as corosync-quorumtool shows it.
 *
 * @param quorate whether this partition may act
 * @param ringId the ring
 * @param expectedVotes the votes that exist, as this node counts them
 * @param highestExpected the highest of the members' expected votes
 * @param totalVotes the votes present
 * @param quorum the votes needed
 * @param waitingForAll whether wait_for_all still waits
 * @param nodes the nodes that are or were seen, ascending
 * @param rules the rules in force
 * @param device the quorum device as this node knows it
 */
public record QuorumStatus(
        boolean quorate,
        RingId ringId,
        int expectedVotes,
        int highestExpected,
        int totalVotes,
        int quorum,
        boolean waitingForAll,
        List<Voter> nodes,
        Rules rules,
        Device device) {

    /** The view of a node that no votequorum runs on: quorate with whoever is there. */
    public QuorumStatus withoutProvider(RingId ring, List<NodeId> members) {
        List<Voter> voters =
                members.stream().map(node -> new Voter(node, State.MEMBER, 0, 0, 0)).toList();
        return new QuorumStatus(true, ring, 0, 0, 0, 0, false, voters, rules, device);
    }

    /**
     * One node's votes.
     *
     * @param flags bits of {@link org.holdfast.wire.votequorum.NodeFlags}
     */
    public record Voter(NodeId node, State state, int votes, int expectedVotes, int flags) {}

    /**
     * The rules in force, after those that do not go together have been sorted out.
     *
     * @param expectedVotesBarrier what allow_downscale does not go below
     * @param trackedExpectedVotes the highest expected votes remembered, 0 without tracking
     * @param lowest the lowest node id of the last partition with enough votes; 0 before the first
     * @param highest the highest one
     */
    public record Rules(
            boolean twoNode,
            boolean waitForAll,
            AutoTieBreakerRule autoTieBreaker,
            boolean lastManStanding,
            boolean allowDownscale,
            int expectedVotesBarrier,
            int trackedExpectedVotes,
            NodeId lowest,
            NodeId highest) {}

    /**
     * The quorum device.
     *
     * @param name the name under which one has registered anywhere, else the empty string
     * @param votes what it has to give
     * @param mayOperate whether the configuration lets one register
     * @param masterWins whether its vote alone is enough here
     */
    public record Device(String name, int votes, boolean mayOperate, boolean masterWins) {}

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
