package org.holdfast.wire.groups;

import org.holdfast.wire.bytes.LittleEndian;

/**
 * A view of the packing header in a ring message's payload: 8 bytes, then one 16-bit length for
 * each packed piece, then the pieces. Layout: Corosync 3.1, exec/totempg.c.
 */
public final class Packing {

    /** Bytes before the lengths. */
    public static final int HEADER_BYTES = 8;

    private static final int AT_FRAGMENTED = 4;
    private static final int AT_CONTINUATION = 5;
    private static final int AT_COUNT = 6;

    private final byte[] bytes;
    private final int offset;
    private final int pieces;

    private Packing(byte[] bytes, int offset, int pieces) {
        this.bytes = bytes;
        this.offset = offset;
        this.pieces = pieces;
    }

    /** A packing, or what is wrong with the bytes. */
    public sealed interface Result {
        /** The header is sound and the lengths add up. */
        record Valid(Packing packing) implements Result {}

        /** Drop and count it. */
        record Malformed(String reason) implements Result {}
    }

    /**
     * Checks a payload.
     *
     * @param bytes holds the payload
     * @param offset where it starts
     * @param length how long it is
     */
    public static Result decode(byte[] bytes, int offset, int length) {
        if (length < HEADER_BYTES) {
            return new Result.Malformed("packing header of " + length + " bytes");
        }
        int pieces = LittleEndian.u16(bytes, offset + AT_COUNT);
        int expected = HEADER_BYTES + 2 * pieces;
        if (length < expected) {
            return new Result.Malformed(pieces + " packed pieces in " + length + " bytes");
        }
        for (int i = 0; i < pieces; i++) {
            expected += LittleEndian.u16(bytes, offset + HEADER_BYTES + 2 * i);
        }
        if (length != expected) {
            return new Result.Malformed(
                    "packed pieces need " + expected + " bytes, there are " + length);
        }
        return new Result.Valid(new Packing(bytes, offset, pieces));
    }

    /**
     * Writes the header and lengths in front of pieces that are already in place.
     *
     * @param fragmented the number that the next packet continues with, 0 when the last piece is
     *     whole
     * @param continuation the number that the first piece continues, 0 when it starts a message
     */
    public static void encodeHeader(
            byte[] bytes, int offset, int fragmented, int continuation, int[] lengths, int pieces) {
        LittleEndian.put32(bytes, offset, 0);
        bytes[offset + AT_FRAGMENTED] = (byte) fragmented;
        bytes[offset + AT_CONTINUATION] = (byte) continuation;
        LittleEndian.put16(bytes, offset + AT_COUNT, pieces);
        for (int i = 0; i < pieces; i++) {
            LittleEndian.put16(bytes, offset + HEADER_BYTES + 2 * i, lengths[i]);
        }
    }

    /** How many pieces there are. */
    public int pieces() {
        return pieces;
    }

    /** Length in bytes of one piece. */
    public int pieceBytes(int piece) {
        return LittleEndian.u16(bytes, offset + HEADER_BYTES + 2 * piece);
    }

    /** Where the first piece starts; the others follow it without a gap. */
    public int firstPieceOffset() {
        return offset + HEADER_BYTES + 2 * pieces;
    }

    /** Not 0 when the last piece goes on in the sender's next packet, under this number. */
    public int fragmented() {
        return LittleEndian.u8(bytes, offset + AT_FRAGMENTED);
    }

    /** Not 0 when the first piece continues the sender's packet that was fragmented so. */
    public int continuation() {
        return LittleEndian.u8(bytes, offset + AT_CONTINUATION);
    }
}
