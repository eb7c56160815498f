package org.holdfast.cib.document;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the children with an id stand in a wide element. Holds positions only, so one index serves
 * every version of the element in which the children that it covers keep tag, id and place.
 * Immutable.
 *
 * <p>An open hash table with linear probing, at most half full.
 */
final class ChildIndex {

    /** Below this, looking at each child is as fast. */
    static final int WIDE = 32;

    /**
     * This many children may have come behind before a new one is made, and more in proportion to
     * the square root of all: as much is spent on looking at them as on making new indices.
     */
    private static final int TAIL_MIN = 32;

    private static final int FREE = -1;

    private final int covered;
    private final int[] positions;

    private ChildIndex(int covered, int[] positions) {
        this.covered = covered;
        this.positions = positions;
    }

    static ChildIndex of(List<Node> children) {
        int[] positions = new int[Integer.highestOneBit(Math.max(1, children.size())) << 2];
        Arrays.fill(positions, FREE);
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child && child.get("id") != null) {
                int slot = slot(child.name(), child.id(), positions.length);
                // The first of several with one tag and id stays the first to be found.
                while (positions[slot] != FREE) {
                    slot = slot + 1 & positions.length - 1;
                }
                positions[slot] = i;
            }
        }
        return new ChildIndex(children.size(), positions);
    }

    private static int slot(String tag, String id, int size) {
        int hash = tag.hashCode() * 31 + id.hashCode();
        return (hash ^ hash >>> 16) * 0x9E3779B9 >>> 7 & size - 1;
    }

    /** Whether so many children have come behind those it covers that a new one is due. */
    boolean isOutgrown(int children) {
        int tail = children - covered;
        return tail > TAIL_MIN && (long) tail * tail > 4L * covered;
    }

    /** The position of the first child with a tag and an id, or -1. */
    int find(List<Node> children, String tag, String id) {
        int slot = slot(tag, id, positions.length);
        while (positions[slot] != FREE) {
            if (isThe(children.get(positions[slot]), tag, id)) {
                return positions[slot];
            }
            slot = slot + 1 & positions.length - 1;
        }
        return scan(children, covered, tag, id);
    }

    /** The position of the first child from a position on with a tag and an id, or -1. */
    static int scan(List<Node> children, int from, String tag, String id) {
        for (int i = from; i < children.size(); i++) {
            if (isThe(children.get(i), tag, id)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isThe(@Nullable Node child, String tag, String id) {
        return child instanceof Element element
                && element.name().equals(tag)
                && id.equals(element.get("id"));
    }
}
