package org.holdfast.totem.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.QuorumConfig;

/**
 * The quorum rules that are in force, after those that cannot go together have been sorted out as
 * votequorum does: at the start such a configuration is refused, at run time the feature that came
 * last gives way.
 *
 * @param votes this node's votes
 * @param expectedVotes the votes that exist by configuration
 * @param deviceVotes the quorum device's votes; negative leaves them as they are
 * @param deviceMayOperate whether a device may register
 * @param remarks what was changed, for the log
 * @param refusal why a daemon must not start with this
 */
public record QuorumRules(
        int votes,
        int expectedVotes,
        int deviceVotes,
        boolean deviceMayOperate,
        boolean twoNode,
        boolean waitForAll,
        TieBreaker tieBreaker,
        List<Remark> remarks,
        Optional<String> refusal) {

    /** A line for the log. */
    record Remark(Level level, String text) {}

    /** A text that is said at the start as the reason to end, later as a line of the log. */
    private static final String ERROR = "configuration error: ";

    private static final int FEWEST_VOTES_OF_NODES = 2;

    /**
     * Why a daemon would refuse to start with this configuration, the reason itself last; empty if
     * it would start.
     *
     * @param config the configuration
     */
    public static List<String> refusalOf(ClusterConfig config) {
        QuorumRules rules = atStart(config, 0);
        if (!config.quorum().provider() || rules.refusal().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        rules.remarks().forEach(remark -> lines.add(remark.text()));
        lines.add(rules.refusal().get());
        return lines;
    }

    /**
     * The rules at the start.
     *
     * @param tracked the highest expected votes remembered, 0 if none are
     */
    static QuorumRules atStart(ClusterConfig config, int tracked) {
        Draft draft = new Draft(config, config.quorum(), tracked, false, false);
        TieBreaker wanted = TieBreaker.of(config.quorum());
        boolean named = !config.quorum().autoTieBreakerNode().isEmpty();
        if (!config.quorum().autoTieBreaker() && named) {
            draft.warn("auto_tie_breaker_node: is meaningless if auto_tie_breaker is set to 0");
        } else if (config.quorum().autoTieBreaker() && !wanted.isOn()) {
            draft.warn(
                    "auto_tie_breaker_nodes is not valid. It must be 'lowest', 'highest' or a"
                            + " space-separated list of node IDs. auto_tie_breaker is disabled");
        }
        draft.tieBreaker = wanted;
        return draft.rules();
    }

    /**
     * The rules after the configuration was read again. Only votes, expected votes, two_node and
     * the device can change while a node runs.
     *
     * @param config the new configuration
     * @param initial the configuration at the start
     * @param tracked the highest expected votes remembered, 0 if none are
     * @param deviceRegistered whether a device is registered here
     */
    static QuorumRules atRunTime(
            ClusterConfig config, QuorumConfig initial, int tracked, boolean deviceRegistered) {
        Draft draft = new Draft(config, initial, tracked, true, deviceRegistered);
        draft.tieBreaker = TieBreaker.of(initial);
        return draft.rules();
    }

    /** Works the rules out, one after the other. */
    private static final class Draft {
        private final QuorumConfig quorum;
        private final QuorumConfig initial;
        private final int tracked;
        private final boolean runTime;
        private final boolean deviceRegistered;
        private final int nodes;
        private final List<Remark> remarks = new ArrayList<>();
        private Optional<String> refusal = Optional.empty();
        private int votes = 1;
        private int listed;
        private boolean twoNode;
        private boolean waitForAll;
        private boolean deviceMayOperate = true;
        private TieBreaker tieBreaker = TieBreaker.NONE;

        Draft(
                ClusterConfig config,
                QuorumConfig initial,
                int tracked,
                boolean runTime,
                boolean deviceRegistered) {
            this.quorum = config.quorum();
            this.initial = initial;
            this.tracked = tracked;
            this.runTime = runTime;
            this.deviceRegistered = deviceRegistered;
            this.nodes = config.nodes().size();
            this.twoNode = quorum.twoNode();
            for (ClusterNode node : config.nodes()) {
                listed += node.votes();
                if (node.id().equals(config.self())) {
                    votes = node.votes();
                }
            }
        }

        void warn(String text) {
            remarks.add(new Remark(Level.WARNING, text));
        }

        private void critical(String... lines) {
            for (String line : lines) {
                remarks.add(new Remark(Level.CRITICAL, line));
            }
        }

        QuorumRules rules() {
            checkTwoNodeAndDevice();
            waitForAll = initial.waitForAll().orElse(twoNode);
            checkTwoNodeAndTieBreaker();
            checkOddCluster();
            quorum.device().ifPresent(this::checkDevice);
            int deviceVotes = quorum.device().map(QuorumConfig.Device::votes).orElse(0);
            int expected = quorum.expectedVotes();
            if (quorum.device().isPresent()
                    && deviceVotes < 0
                    && expected == 0
                    && nodes == listed) {
                deviceVotes = listed - 1;
                listed += deviceVotes;
            }
            if (tracked > 0) {
                expected = tracked;
            } else if (initial.expectedVotesTracking() || initial.allowDownscale()) {
                // Tracking replaces expected_votes, also while nothing has been remembered.
                expected = 0;
            }
            return new QuorumRules(
                    votes,
                    expected > 0 ? expected : listed,
                    deviceVotes,
                    deviceMayOperate,
                    twoNode,
                    waitForAll,
                    tieBreaker,
                    List.copyOf(remarks),
                    refusal);
        }

        private void checkTwoNodeAndDevice() {
            if (!twoNode || quorum.device().isEmpty()) {
                return;
            }
            String text = "two_node and quorum device cannot be configured at the same time!";
            if (!runTime) {
                refuse(text);
            } else if (deviceRegistered) {
                critical(ERROR + text, "quorum device is registered, disabling two_node");
                twoNode = false;
            } else {
                critical(ERROR + text, "quorum device is not registered, allowing two_node");
                deviceMayOperate = false;
            }
        }

        private void checkTwoNodeAndTieBreaker() {
            if (twoNode && tieBreaker.isOn()) {
                critical(
                        "two_node and auto_tie_breaker are both specified but are not compatible.",
                        "two_node has been disabled, please fix your corosync.conf");
                twoNode = false;
            }
        }

        /** A half without the tie-breaker's node would be quorate again after a reboot. */
        private void checkOddCluster() {
            if (!tieBreaker.isOn() || listed % 2 == 0 || waitForAll) {
                return;
            }
            if (initial.lastManStanding()) {
                critical(
                        "auto_tie_breaker is set, the cluster has an odd number of nodes",
                        "and last_man_standing is also set. With this situation a better",
                        "solution would be to disable LMS, leave ATB enabled, and also",
                        "enable wait_for_all (mandatory for ATB in odd-numbered clusters).",
                        "Due to this ambiguity, corosync will fail to start. Please fix your corosync.conf");
                refuse("auto_tie_breaker & last_man_standing not available in odd sized cluster");
                return;
            }
            critical(
                    "auto_tie_breaker is set and the cluster has an odd number of nodes.",
                    "wait_for_all needs to be set for this configuration but it is missing",
                    "Therefore auto_tie_breaker has been disabled. Please fix your corosync.conf");
            tieBreaker = TieBreaker.NONE;
        }

        private void checkDevice(QuorumConfig.Device device) {
            boolean unknownVotes = device.votes() < 0;
            int expected = quorum.expectedVotes();
            withoutDevice(
                    initial.lastManStanding(),
                    "quorum.device is not compatible with last_man_standing");
            withoutDevice(
                    tieBreaker.isOn(), "quorum.device is not compatible with auto_tie_breaker");
            withoutDevice(
                    initial.allowDownscale(),
                    "quorum.device is not compatible with allow_downscale");
            withoutDevice(
                    expected > 0 && unknownVotes,
                    "quorum.device.votes must be specified when quorum.expected_votes is set");
            withoutDevice(
                    unknownVotes && nodes != listed,
                    "quorum.device.votes must be specified when not all nodes votes 1");
            withoutDevice(
                    // Votes that were not given count as very many here.
                    device.votes() != 0
                            && expected > 0
                            && expected - device.votes() < FEWEST_VOTES_OF_NODES,
                    "quorum.device.votes is too high or expected_votes is too low");
        }

        private void withoutDevice(boolean conflict, String text) {
            if (conflict && runTime) {
                critical(ERROR + text, "disabling quorum device operations");
                deviceMayOperate = false;
            } else if (conflict) {
                refuse(text);
            }
        }

        private void refuse(String text) {
            if (refusal.isEmpty()) {
                refusal = Optional.of(ERROR + text);
            }
        }
    }
}
