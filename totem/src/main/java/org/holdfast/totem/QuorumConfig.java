package org.holdfast.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;

/**
 * The quorum section of corosync.conf, see votequorum(5).
 *
 * @param expectedVotes {@code expected_votes}, or 0 to take the sum of the node list's votes
 * @param twoNode {@code two_node}: one of two votes is enough; implies {@code waitForAll} unless it
 *     was given as 0
 * @param waitForAll {@code wait_for_all}: no quorum before all nodes have been seen at once
 * @param autoTieBreaker {@code auto_tie_breaker}: half the votes are enough for the side that has
 *     one of {@code autoTieBreakerNodes}
 * @param autoTieBreakerRule what decides an even split
 * @param autoTieBreakerNodes the order of preference for {@link AutoTieBreakerRule#LIST}
 * @param lastManStanding {@code last_man_standing}: expected votes follow a quorate partition down
 * @param lastManStandingWindowMillis {@code last_man_standing_window}
 * @param allowDownscale {@code allow_downscale}: a clean leave lowers the expected votes
 * @param expectedVotesTracking {@code expected_votes_tracking}: remember the highest seen
 * @param deviceVotes {@code device.votes}, 0 when there is no quorum device
 */
public record QuorumConfig(
        int expectedVotes,
        boolean twoNode,
        boolean waitForAll,
        boolean autoTieBreaker,
        AutoTieBreakerRule autoTieBreakerRule,
        List<NodeId> autoTieBreakerNodes,
        boolean lastManStanding,
        int lastManStandingWindowMillis,
        boolean allowDownscale,
        boolean expectedVotesTracking,
        int deviceVotes) {

    /** What {@code auto_tie_breaker_node} says. */
    public enum AutoTieBreakerRule {
        /** The side with the lowest node id goes on. */
        LOWEST,
        /** The side with the highest node id goes on. */
        HIGHEST,
        /** The side with the first node of the list that is up goes on. */
        LIST
    }

    /** Copies the list. */
    public QuorumConfig {
        autoTieBreakerNodes = List.copyOf(autoTieBreakerNodes);
    }

    /** Plain majority of the node list's votes. */
    public static QuorumConfig majority() {
        return new QuorumConfig(
                0,
                false,
                false,
                false,
                AutoTieBreakerRule.LOWEST,
                List.of(),
                false,
                10_000,
                false,
                false,
                0);
    }

    /** Plain majority with {@code wait_for_all: 1}. */
    public static QuorumConfig ofWaitForAll() {
        return new QuorumConfig(
                0,
                false,
                true,
                false,
                AutoTieBreakerRule.LOWEST,
                List.of(),
                false,
                10_000,
                false,
                false,
                0);
    }

    /** {@code two_node: 1}, with the {@code wait_for_all} that it implies. */
    public static QuorumConfig ofTwoNodes() {
        return new QuorumConfig(
                2,
                true,
                true,
                false,
                AutoTieBreakerRule.LOWEST,
                List.of(),
                false,
                10_000,
                false,
                false,
                0);
    }
}
