package org.holdfast.wire.totem;

import org.holdfast.kernel.NodeId;

/**
 * Names one ring for ever: the node that led its formation and a sequence number that this node
 * never uses twice.
 *
 * @param representative the lowest node id of the ring's members
 * @param sequence an unsigned 64-bit number that grows with every ring
 */
public record RingId(NodeId representative, long sequence) {

    // As for node ids.
    @Override
    public boolean equals(Object other) {
        return other instanceof RingId ring
                && ring.sequence == sequence
                && ring.representative.equals(representative);
    }

    @Override
    public int hashCode() {
        return 31 * representative.hashCode() + Long.hashCode(sequence);
    }

    /** As Corosync's log prints it: {@code 1.2a} (node id decimal, sequence hexadecimal). */
    @Override
    public String toString() {
        return representative + "." + Long.toHexString(sequence);
    }
}
