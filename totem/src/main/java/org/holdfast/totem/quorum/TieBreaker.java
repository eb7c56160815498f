package org.holdfast.totem.quorum;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.QuorumConfig;

/** Which half of an evenly split cluster goes on (auto_tie_breaker). */
final class TieBreaker {

    private TieBreaker() {}

    /**
     * Whether this partition is the one.
     *
     * @param present the partition
     * @param previous the partition before it
     * @param lowest the lowest node id that was seen in a quorate partition
     * @param highest the highest one
     */
    static boolean favours(
            QuorumConfig config,
            List<NodeId> present,
            List<NodeId> previous,
            NodeId lowest,
            NodeId highest) {
        return switch (config.autoTieBreakerRule()) {
            case LOWEST -> present.contains(lowest);
            case HIGHEST -> present.contains(highest);
            case LIST -> firstOfListIsHere(config.autoTieBreakerNodes(), present, previous);
        };
    }

    /**
     * A node of the list counts only if none before it was in the previous partition: that one
     * could be alive on the other side.
     */
    private static boolean firstOfListIsHere(
            List<NodeId> list, List<NodeId> present, List<NodeId> previous) {
        for (NodeId node : list) {
            if (present.contains(node)) {
                return true;
            }
            if (previous.contains(node)) {
                return false;
            }
        }
        return false;
    }
}
