package org.holdfast.wire.totem;

import java.util.Arrays;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;

/**
 * A message in the ring's total order (struct mcast and what follows it). Messages are kept for
 * retransmission, so this is a view of the datagram's own array: nothing is copied.
 *
 * <p>An encapsulated message carries a whole message of an older ring, header included, as its
 * payload.
 *
 * @param frame the datagram; its holder may number it while it is not yet sent, nobody else writes
 */
public record Mcast(byte[] frame) implements TotemMessage {

    /** Bytes before the payload. */
    public static final int HEADER_BYTES = 45;

    private static final int ENCAPSULATED = 1;
    private static final int NOT_ENCAPSULATED = 2;

    private static final int AT_FROM = 13;
    private static final int AT_SEQUENCE = 17;
    private static final int AT_ORIGIN_SEQUENCE = 21;
    private static final int AT_RING = 25;
    private static final int AT_UNUSED_NODE = 37;
    private static final int AT_GUARANTEE = 41;

    /** Makes an unnumbered frame with room for a payload that the caller fills in. */
    public static Mcast allocate(NodeId from, boolean encapsulated, int payloadBytes) {
        byte[] frame = new byte[HEADER_BYTES + payloadBytes];
        FrameHeader.from(from)
                .write(
                        frame,
                        FrameHeader.TYPE_MCAST,
                        encapsulated ? ENCAPSULATED : NOT_ENCAPSULATED);
        LittleEndian.put32(frame, AT_FROM, from.value());
        return new Mcast(frame);
    }

    /** Wraps a message of an older ring for recovery in a new one. */
    public static Mcast encapsulate(NodeId from, Mcast old) {
        Mcast outer = allocate(from, true, old.frame.length);
        System.arraycopy(old.frame, 0, outer.frame, HEADER_BYTES, old.frame.length);
        return outer;
    }

    /** Gives the message its place: ring, number in it, and count of the originator's messages. */
    public void number(RingId ringId, int sequence, int originSequence) {
        LittleEndian.put32(frame, AT_SEQUENCE, sequence);
        LittleEndian.put32(frame, AT_ORIGIN_SEQUENCE, originSequence);
        RingIds.write(frame, AT_RING, ringId);
    }

    /** The node that originated it. */
    public NodeId from() {
        return new NodeId(fromValue());
    }

    /** {@link #from} as a bare number, for the hot path. */
    public int fromValue() {
        return LittleEndian.i32(frame, AT_FROM);
    }

    /** The node in the frame header: the originator again. */
    public NodeId headerNode() {
        return new NodeId(FrameHeader.node(frame, 0));
    }

    /** Its number in the ring. */
    public int sequence() {
        return LittleEndian.i32(frame, AT_SEQUENCE);
    }

    /** Its number among the originator's messages. */
    public int originSequence() {
        return LittleEndian.i32(frame, AT_ORIGIN_SEQUENCE);
    }

    /** The ring that it was sent in. */
    public RingId ringId() {
        return RingIds.read(frame, AT_RING);
    }

    /** Whether it was sent in this ring. */
    public boolean isOf(RingId ringId) {
        return RingIds.matches(frame, AT_RING, ringId);
    }

    /** A field that corosync never sets or reads. */
    public int unusedNode() {
        return LittleEndian.i32(frame, AT_UNUSED_NODE);
    }

    /** Agreed or safe delivery; corosync sends 0. */
    public int guarantee() {
        return LittleEndian.i32(frame, AT_GUARANTEE);
    }

    /** Whether the payload is a message of an older ring. */
    public boolean encapsulated() {
        return FrameHeader.encapsulated(frame) == ENCAPSULATED;
    }

    /** The message inside an encapsulated one, or why there is none. */
    public TotemMessage inner() {
        return TotemCodec.decode(Arrays.copyOfRange(frame, HEADER_BYTES, frame.length));
    }

    /** Payload bytes; they start at {@link #HEADER_BYTES}. */
    public int payloadBytes() {
        return frame.length - HEADER_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mcast that && Arrays.equals(frame, that.frame);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(frame);
    }

    @Override
    public String toString() {
        return "Mcast[from=%s ring=%s seq=%x bytes=%d%s]"
                .formatted(
                        from(),
                        ringId(),
                        sequence(),
                        payloadBytes(),
                        encapsulated() ? " encapsulated" : "");
    }
}
