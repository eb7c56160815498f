package org.holdfast.totem;

import java.util.Optional;

/**
 * The quorum section of corosync.conf, see votequorum(5). It says what was configured; which of it
 * goes together is decided by votequorum itself.
 *
 * @param provider whether votequorum is asked for at all; without it every partition is quorate
 * @param expectedVotes {@code expected_votes}, or 0 to take the sum of the node list's votes
 * @param twoNode {@code two_node}: one of two votes is enough
 * @param waitForAll {@code wait_for_all}: no quorum before all nodes have been seen at once; when
 *     not given it follows {@code twoNode}
 * @param autoTieBreaker {@code auto_tie_breaker}: half the votes can be enough
 * @param autoTieBreakerNode {@code auto_tie_breaker_node}, the empty string when not given
 * @param lastManStanding {@code last_man_standing}: expected votes follow a quorate partition down
 * @param lastManStandingWindowMillis {@code last_man_standing_window}
 * @param allowDownscale {@code allow_downscale}: a clean leave lowers the expected votes
 * @param expectedVotesTracking {@code expected_votes_tracking}: remember the highest seen
 * @param device the quorum device, if one is configured
 */
public record QuorumConfig(
        boolean provider,
        int expectedVotes,
        boolean twoNode,
        Optional<Boolean> waitForAll,
        boolean autoTieBreaker,
        String autoTieBreakerNode,
        boolean lastManStanding,
        int lastManStandingWindowMillis,
        boolean allowDownscale,
        boolean expectedVotesTracking,
        Optional<Device> device) {

    /**
     * The device section.
     *
     * @param votes {@code votes}; negative when not given
     * @param timeoutMillis {@code timeout}: how long one answer counts
     * @param syncTimeoutMillis {@code sync_timeout}: how long a new ring waits for an answer
     */
    public record Device(int votes, int timeoutMillis, int syncTimeoutMillis) {

        /** Timeouts by default, as votequorum(5) has them. */
        public static final int DEFAULT_TIMEOUT_MILLIS = 10_000;

        /** As above, while a ring is being synchronised. */
        public static final int DEFAULT_SYNC_TIMEOUT_MILLIS = 30_000;
    }

    /** What decides an even split. */
    public enum AutoTieBreakerRule {
        /** Nothing does. */
        NONE,
        /** The side with the lowest node id goes on. */
        LOWEST,
        /** The side with the highest node id goes on. */
        HIGHEST,
        /** The side with the first node of the list that is up goes on. */
        LIST
    }

    /** Collects settings; what is not set has the manual's default. */
    public static final class Builder {
        private boolean provider = true;
        private int expectedVotes;
        private boolean twoNode;
        private Optional<Boolean> waitForAll = Optional.empty();
        private boolean autoTieBreaker;
        private String autoTieBreakerNode = "";
        private boolean lastManStanding;
        private int lastManStandingWindowMillis = 10_000;
        private boolean allowDownscale;
        private boolean expectedVotesTracking;
        private Optional<Device> device = Optional.empty();

        private Builder() {}

        /** Whether votequorum decides. */
        public Builder provider(boolean configured) {
            provider = configured;
            return this;
        }

        /** {@code expected_votes}. */
        public Builder expectedVotes(int votes) {
            expectedVotes = votes;
            return this;
        }

        /** {@code two_node}. */
        public Builder twoNode(boolean on) {
            twoNode = on;
            return this;
        }

        /** {@code wait_for_all}. */
        public Builder waitForAll(boolean on) {
            waitForAll = Optional.of(on);
            return this;
        }

        /** {@code auto_tie_breaker}. */
        public Builder autoTieBreaker(boolean on) {
            autoTieBreaker = on;
            return this;
        }

        /** {@code auto_tie_breaker_node}. */
        public Builder autoTieBreakerNode(String text) {
            autoTieBreakerNode = text;
            return this;
        }

        /** {@code last_man_standing}. */
        public Builder lastManStanding(boolean on) {
            lastManStanding = on;
            return this;
        }

        /** {@code last_man_standing_window}. */
        public Builder lastManStandingWindowMillis(int millis) {
            lastManStandingWindowMillis = millis;
            return this;
        }

        /** {@code allow_downscale}. */
        public Builder allowDownscale(boolean on) {
            allowDownscale = on;
            return this;
        }

        /** {@code expected_votes_tracking}. */
        public Builder expectedVotesTracking(boolean on) {
            expectedVotesTracking = on;
            return this;
        }

        /** {@code device}. */
        public Builder device(Device configured) {
            device = Optional.of(configured);
            return this;
        }

        /** All that was set. */
        public QuorumConfig build() {
            return new QuorumConfig(
                    provider,
                    expectedVotes,
                    twoNode,
                    waitForAll,
                    autoTieBreaker,
                    autoTieBreakerNode,
                    lastManStanding,
                    lastManStandingWindowMillis,
                    allowDownscale,
                    expectedVotesTracking,
                    device);
        }
    }

    /** votequorum with nothing else set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Plain majority of the node list's votes. */
    public static QuorumConfig majority() {
        return builder().build();
    }

    /** Plain majority with {@code wait_for_all: 1}. */
    public static QuorumConfig ofWaitForAll() {
        return builder().waitForAll(true).build();
    }

    /** {@code two_node: 1}, with the {@code wait_for_all} that it implies. */
    public static QuorumConfig ofTwoNodes() {
        return builder().expectedVotes(2).twoNode(true).build();
    }
}
