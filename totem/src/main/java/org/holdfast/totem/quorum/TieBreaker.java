package org.holdfast.totem.quorum;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.QuorumConfig.AutoTieBreakerRule;

/**
 * Which half of an evenly split cluster goes on (auto_tie_breaker).
 *
 * @param rule what decides
 * @param nodes the order of preference for a list
 */
record TieBreaker(AutoTieBreakerRule rule, List<NodeId> nodes) {

    static final TieBreaker NONE = new TieBreaker(AutoTieBreakerRule.NONE, List.of());

    /** What the configuration asks for; {@link #NONE} too where the node's text makes no sense. */
    static TieBreaker of(QuorumConfig config) {
        String text = config.autoTieBreakerNode().strip();
        if (!config.autoTieBreaker()) {
            return NONE;
        }
        return switch (text) {
            case "", "lowest" -> new TieBreaker(AutoTieBreakerRule.LOWEST, List.of());
            case "highest" -> new TieBreaker(AutoTieBreakerRule.HIGHEST, List.of());
            default -> ofList(text);
        };
    }

    /** The numbers up to the first word that is none. */
    private static TieBreaker ofList(String text) {
        List<NodeId> nodes = new ArrayList<>();
        for (String word : text.split("[ \t]+")) {
            int id;
            try {
                id = Integer.parseUnsignedInt(word);
            } catch (NumberFormatException e) {
                break;
            }
            if (id == 0) {
                break;
            }
            nodes.add(new NodeId(id));
        }
        return nodes.isEmpty() ? NONE : new TieBreaker(AutoTieBreakerRule.LIST, List.copyOf(nodes));
    }

    boolean isOn() {
        return rule != AutoTieBreakerRule.NONE;
    }

    /**
     * Whether this partition is the one.
     *
     * @param present the partition
     * @param previous the partition before it
     * @param lowest the lowest node id of the last partition that had enough votes
     * @param highest the highest one
     */
    boolean favours(List<NodeId> present, List<NodeId> previous, NodeId lowest, NodeId highest) {
        return switch (rule) {
            case NONE -> false;
            case LOWEST -> present.contains(lowest);
            case HIGHEST -> present.contains(highest);
            case LIST -> firstOfListIsHere(present, previous);
        };
    }

    /**
     * A node of the list counts only if none before it was in the previous partition: that one
     * could be alive on the other side.
     */
    private boolean firstOfListIsHere(List<NodeId> present, List<NodeId> previous) {
        for (NodeId node : nodes) {
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
