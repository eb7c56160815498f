package org.holdfast.cib.document;

import java.util.List;

/**
 * Finds where two versions of an element's children differ, without looking at what both share: in
 * a wide element the cost follows the change. The same object counts as the same, nothing else.
 */
public final class SharedNodes {

    private SharedNodes() {}

    /** How many nodes from the start on two lists share. */
    public static int start(List<Node> one, List<Node> other) {
        return NodeList.nextDifference(one, other, 0, Math.min(one.size(), other.size()));
    }

    /**
     * The first position from {@code from} on at which two lists hold different nodes, or the
     * length of the shorter one.
     */
    public static int nextDifference(List<Node> one, List<Node> other, int from) {
        return NodeList.nextDifference(one, other, from, Math.min(one.size(), other.size()));
    }

    /** Whether other nodes than elements may be among an element's children; false is certain. */
    public static boolean mayHoldText(List<Node> children) {
        return NodeList.mayBeMixed(children);
    }
}
