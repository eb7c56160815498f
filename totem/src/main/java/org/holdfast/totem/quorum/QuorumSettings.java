package org.holdfast.totem.quorum;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.QuorumConfig;

/**
 * The quorum rules that are in force, after those that cannot go together have been sorted out as
 * votequorum does.
 *
 * @param votes this node's votes
 * @param expectedVotes the votes that exist by configuration
 * @param deviceVotes the quorum device's votes
 * @param warnings what was changed, for the log
 */
record QuorumSettings(
        int votes,
        int expectedVotes,
        int deviceVotes,
        boolean twoNode,
        boolean waitForAll,
        boolean autoTieBreaker,
        List<String> warnings) {

    static QuorumSettings of(ClusterConfig config) {
        QuorumConfig quorum = config.quorum();
        List<String> warnings = new ArrayList<>();
        int votes = 1;
        int listed = 0;
        for (ClusterNode node : config.nodes()) {
            listed += node.votes();
            if (node.id().equals(config.self())) {
                votes = node.votes();
            }
        }
        boolean twoNode = quorum.twoNode();
        boolean tieBreaker = quorum.autoTieBreaker();
        if (twoNode && quorum.deviceVotes() > 0) {
            warnings.add(
                    "configuration error: two_node and quorum device cannot be configured at the same time!");
            twoNode = false;
        }
        if (twoNode && tieBreaker) {
            warnings.add(
                    "two_node and auto_tie_breaker are both specified but are not compatible.");
            warnings.add("two_node has been disabled, please fix your corosync.conf");
            twoNode = false;
        }
        if (tieBreaker && listed % 2 == 1 && !quorum.waitForAll()) {
            warnings.add("auto_tie_breaker is set and the cluster has an odd number of nodes.");
            warnings.add("wait_for_all needs to be set for this configuration but it is missing");
            warnings.add(
                    "Therefore auto_tie_breaker has been disabled. Please fix your corosync.conf");
            tieBreaker = false;
        }
        int expected =
                quorum.expectedVotes() > 0 ? quorum.expectedVotes() : listed + quorum.deviceVotes();
        return new QuorumSettings(
                votes,
                expected,
                quorum.deviceVotes(),
                twoNode,
                quorum.waitForAll(),
                tieBreaker,
                List.copyOf(warnings));
    }
}
