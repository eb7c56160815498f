package org.holdfast.totem;

import org.holdfast.kernel.NodeId;

/**
 * A node that this node does not invite into the ring for a while, because it was lost too often.
 *
 * @param losses how often it was lost in a row, without staying for long in between
 * @param remainingNanos how much longer
 */
public record HoldOff(NodeId node, int losses, long remainingNanos) {

    /** What a log or a status line says about it. */
    public String text() {
        return "Node %s was lost %d times in a row; not taking it back for %.1f s"
                .formatted(node, losses, remainingNanos / 1e9);
    }
}
