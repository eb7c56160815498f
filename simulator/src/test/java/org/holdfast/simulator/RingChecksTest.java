package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.wire.totem.RingId;
import org.junit.jupiter.api.Test;

/**
 * The checks of rings and quorum reject each bad history for its reason and accept the good one
 * that is nearest to it.
 */
class RingChecksTest {

    private final RingChecks checks = checksOf(5, QuorumConfig.majority());

    private static RingChecks checksOf(int nodes, QuorumConfig quorum) {
        return new RingChecks(
                new SimulatedCluster.Settings(
                        nodes, TotemConfig.builder().build(nodes), quorum, 0, 1, false));
    }

    private static List<NodeId> nodes(int... ids) {
        return Arrays.stream(ids).mapToObj(NodeId::new).toList();
    }

    private static RingId ring(int representative, int sequence) {
        return new RingId(new NodeId(representative), sequence);
    }

    private void enters(
            int node, RingId ring, List<NodeId> members, List<NodeId> joined, List<NodeId> left) {
        checks.observe(
                new NodeId(node), new ClusterEffect.MembershipChanged(ring, members, joined, left));
    }

    /** A node that has booted comes into a ring. */
    private void boots(int node, RingId ring, List<NodeId> members) {
        enters(node, ring, members, members, List.of());
    }

    private void allBoot(int... ids) {
        for (int id : ids) {
            boots(id, ring(ids[0], 4), nodes(ids));
        }
    }

    private static void quorum(
            RingChecks checks, int node, RingId ring, boolean quorate, List<NodeId> members) {
        checks.observe(new NodeId(node), new ClusterEffect.QuorumChanged(ring, quorate, members));
    }

    private static void rejected(Runnable history, String why) {
        assertThatThrownBy(history::run)
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining(why);
    }

    // ---- ring ids ----------------------------------------------------------------------------

    @Test
    void oneRingIdWithTwoMembershipsIsRejected() {
        boots(1, ring(1, 4), nodes(1, 2));
        rejected(() -> boots(2, ring(1, 4), nodes(1, 2, 3)), "used twice");
    }

    @Test
    void oneRingIdWithOneMembershipIsAccepted() {
        boots(1, ring(1, 4), nodes(1, 2));
        boots(2, ring(1, 4), nodes(1, 2));
    }

    @Test
    void aRingWithoutTheNodeItselfIsRejected() {
        rejected(() -> boots(3, ring(1, 4), nodes(1, 2)), "without itself");
    }

    @Test
    void aRingThatIsNotNamedAfterItsLowestMemberIsRejected() {
        rejected(() -> boots(2, ring(2, 4), nodes(1, 2)), "lowest member");
    }

    @Test
    void anOlderRingIsRejectedAlsoAfterACrash() {
        boots(1, ring(1, 8), nodes(1, 2));
        checks.ended(new NodeId(1));
        rejected(() -> boots(1, ring(1, 4), nodes(1)), "back to");
    }

    @Test
    void theSameRingAgainIsRejected() {
        boots(1, ring(1, 8), nodes(1, 2));
        checks.ended(new NodeId(1));
        rejected(() -> boots(1, ring(1, 8), nodes(1, 2)), "back to");
    }

    @Test
    void aNewerRingAfterACrashIsAccepted() {
        boots(1, ring(1, 8), nodes(1, 2));
        checks.ended(new NodeId(1));
        boots(1, ring(1, 12), nodes(1));
    }

    // ---- transitional configurations ---------------------------------------------------------

    @Test
    void thoseWhoComeFromOneRingComeAlongTogether() {
        allBoot(1, 2, 3);
        enters(1, ring(1, 8), nodes(1, 2), nodes(), nodes(3));
        enters(2, ring(1, 8), nodes(1, 2), nodes(), nodes(3));
    }

    @Test
    void whoComesFromTheSameRingButIsCalledNewIsRejected() {
        allBoot(1, 2, 3);
        enters(1, ring(1, 8), nodes(1, 2), nodes(), nodes(3));
        rejected(
                () -> enters(2, ring(1, 8), nodes(1, 2), nodes(1), nodes(3)),
                "transitional configuration");
    }

    @Test
    void whoComesFromAnotherRingButIsSaidToComeAlongIsRejected() {
        boots(1, ring(1, 4), nodes(1, 2));
        boots(2, ring(1, 4), nodes(1, 2));
        boots(3, ring(3, 4), nodes(3));
        enters(3, ring(1, 8), nodes(1, 2, 3), nodes(1, 2), nodes());
        rejected(
                () -> enters(1, ring(1, 8), nodes(1, 2, 3), nodes(), nodes()),
                "transitional configuration");
    }

    /** It was in the ring, went through one of its own, and came back. */
    @Test
    void whoWasAwayInBetweenComesFromElsewhere() {
        allBoot(1, 2);
        enters(2, ring(2, 8), nodes(2), nodes(), nodes(1));
        enters(1, ring(1, 12), nodes(1, 2), nodes(2), nodes());
        rejected(
                () -> enters(2, ring(1, 12), nodes(1, 2), nodes(), nodes()),
                "transitional configuration");
    }

    @Test
    void whoWasAwayInBetweenIsNew() {
        allBoot(1, 2);
        enters(2, ring(2, 8), nodes(2), nodes(), nodes(1));
        enters(1, ring(1, 12), nodes(1, 2), nodes(2), nodes());
        enters(2, ring(1, 12), nodes(1, 2), nodes(1), nodes());
    }

    @Test
    void aNodeThatDoesNotComeAlongWithItselfIsRejected() {
        allBoot(1, 2);
        rejected(
                () -> enters(1, ring(1, 8), nodes(1, 2), nodes(1), nodes()),
                "transitional configuration");
    }

    @Test
    void aBootedNodeThatBringsOthersAlongIsRejected() {
        rejected(
                () -> enters(1, ring(1, 4), nodes(1, 2), nodes(1), nodes()),
                "transitional configuration");
    }

    @Test
    void someoneWhoLeftUnseenIsRejected() {
        allBoot(1, 2, 3);
        rejected(() -> enters(1, ring(1, 8), nodes(1, 2), nodes(), nodes()), "have left");
    }

    // ---- quorum ------------------------------------------------------------------------------

    @Test
    void quorumOfAMinorityIsRejected() {
        allBoot(1, 2);
        rejected(
                () -> quorum(checks, 1, ring(1, 4), true, nodes(1, 2)),
                "is quorate with [1, 2] of 5 nodes");
    }

    @Test
    void quorumOfAMajorityIsAccepted() {
        allBoot(1, 2, 3);
        quorum(checks, 1, ring(1, 4), true, nodes(1, 2, 3));
        assertThat(checks.claimsQuorum(new NodeId(1))).isTrue();
        quorum(checks, 1, ring(1, 4), false, nodes(1, 2, 3));
        assertThat(checks.claimsQuorum(new NodeId(1))).isFalse();
    }

    @Test
    void aMinorityWithoutQuorumIsAccepted() {
        allBoot(1, 2);
        quorum(checks, 1, ring(1, 4), false, nodes(1, 2));
    }

    @Test
    void quorumInARingThatTheNodeIsNotInIsRejected() {
        allBoot(1, 2, 3);
        rejected(
                () -> quorum(checks, 1, ring(1, 8), true, nodes(1, 2, 3)),
                "speaks of quorum in ring 1.8");
    }

    @Test
    void twoQuorateHalvesAreRejectedUntilOneEnds() {
        RingChecks halves = checksOf(4, QuorumConfig.builder().autoTieBreaker(true).build());
        for (int node = 1; node <= 4; node++) {
            List<NodeId> half = node <= 2 ? nodes(1, 2) : nodes(3, 4);
            halves.observe(
                    new NodeId(node),
                    new ClusterEffect.MembershipChanged(
                            ring(half.getFirst().value(), 4), half, half, List.of()));
        }
        quorum(halves, 1, ring(1, 4), true, nodes(1, 2));
        rejected(() -> quorum(halves, 3, ring(3, 4), true, nodes(3, 4)), "two quorate components");

        halves.ended(new NodeId(1));
        quorum(halves, 3, ring(3, 4), true, nodes(3, 4));
    }

    @Test
    void twoNodesMayBothBeQuorate() {
        RingChecks two = checksOf(2, QuorumConfig.ofTwoNodes());
        for (int node = 1; node <= 2; node++) {
            two.observe(
                    new NodeId(node),
                    new ClusterEffect.MembershipChanged(
                            ring(node, 4), nodes(node), nodes(node), List.of()));
            quorum(two, node, ring(node, 4), true, nodes(node));
        }
    }
}
