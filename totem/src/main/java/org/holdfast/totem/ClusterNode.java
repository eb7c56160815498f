package org.holdfast.totem;

import org.holdfast.kernel.NodeId;

/**
 * One entry of the node list.
 *
 * @param id its nodeid, not 0
 * @param name its name, or the empty string when the node list gives none
 * @param votes its votes ({@code quorum_votes}), 1 by default
 */
public record ClusterNode(NodeId id, String name, int votes) {

    /** Checks the ranges. */
    public ClusterNode {
        if (id.value() == 0) {
            throw new IllegalArgumentException("nodeid 0 is not a node");
        }
        if (votes < 0) {
            throw new IllegalArgumentException("node " + id + " has " + votes + " votes");
        }
    }
}
