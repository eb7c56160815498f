package org.holdfast.wire.totem;

import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;

/** The 12 bytes of a ring id (struct memb_ring_id). */
public final class RingIds {

    /** Bytes on the wire. */
    public static final int BYTES = 12;

    private RingIds() {}

    /** Reads one. */
    public static RingId read(byte[] bytes, int at) {
        return new RingId(new NodeId(LittleEndian.i32(bytes, at)), LittleEndian.i64(bytes, at + 4));
    }

    /** Writes one. */
    public static void write(byte[] bytes, int at, RingId ringId) {
        LittleEndian.put32(bytes, at, ringId.representative().value());
        LittleEndian.put64(bytes, at + 4, ringId.sequence());
    }

    /** Whether the bytes are this ring id. */
    public static boolean matches(byte[] bytes, int at, RingId ringId) {
        return LittleEndian.i32(bytes, at) == ringId.representative().value()
                && LittleEndian.i64(bytes, at + 4) == ringId.sequence();
    }
}
