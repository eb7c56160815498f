package org.holdfast.totem.ring;

import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;

/**
 * Which ring numbers are believed. They grow for ever and are kept on disks, so a single damaged or
 * forged join message could lead all nodes to the end of the numbers, from where there is no way
 * back. A number far beyond those known is believed only when its node repeats it, as every node
 * does with its join messages.
 */
final class RingSequences {

    /** More rings than a cluster forms in its life, but far less than one wrong byte adds. */
    private static final long JUMP_MAX = 1L << 32;

    private final SortedMap<NodeId, Long> doubted = new TreeMap<>();

    /** Whether a ring's number can follow the highest that is known. */
    static boolean isPlausible(long sequence, long highest) {
        return Long.compareUnsigned(sequence, highest) <= 0
                || Long.compareUnsigned(sequence - highest, JUMP_MAX) <= 0;
    }

    /**
     * Whether a number that a listed node gives is higher than the highest known, and to be used.
     */
    boolean believes(NodeId from, long sequence, long highest) {
        if (Long.compareUnsigned(sequence, highest) <= 0) {
            return false;
        }
        if (isPlausible(sequence, highest)) {
            return true;
        }
        Long before = doubted.put(from, sequence);
        return before != null && before == sequence;
    }
}
