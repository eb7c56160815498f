package org.holdfast.kernel;

/**
 * A cluster node's number, the {@code nodeid} of corosync.conf(5): an unsigned 32-bit value, 0 is
 * not a node.
 *
 * @param value the number's 32 bits; compare and print it as unsigned
 */
public record NodeId(int value) implements Comparable<NodeId> {

    /** Orders by unsigned value, as Totem does when it elects a ring's representative. */
    @Override
    public int compareTo(NodeId other) {
        return Integer.compareUnsigned(value, other.value);
    }

    // Written out: what records have by default takes long to link, and every start needs these.
    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId node && node.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    @Override
    public String toString() {
        return Integer.toUnsignedString(value);
    }
}
