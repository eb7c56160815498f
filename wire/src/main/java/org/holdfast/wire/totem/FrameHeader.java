package org.holdfast.wire.totem;

import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;

/**
 * The 13 bytes before every ring message (struct totem_message_header): magic 0xC070, version 3,
 * type, encapsulation, sending node, target node.
 *
 * @param node the node that sent this datagram; 0 marks a join message as a leave message
 * @param target used by the knet transport only; over UDP corosync leaves whatever was there
 */
public record FrameHeader(NodeId node, int target) {

    /** Bytes on the wire. */
    public static final int BYTES = 13;

    static final int MAGIC = 0xC070;
    static final int SWAPPED_MAGIC = 0x70C0;
    static final int VERSION = 3;

    static final int TYPE_ORF_TOKEN = 0;
    static final int TYPE_MCAST = 1;
    static final int TYPE_MERGE_DETECT = 2;
    static final int TYPE_JOIN = 3;
    static final int TYPE_COMMIT_TOKEN = 4;
    static final int TYPE_HOLD_CANCEL = 5;

    static final int NOT_APPLICABLE = 0;

    private static final int AT_VERSION = 2;
    private static final int AT_TYPE = 3;
    private static final int AT_ENCAPSULATED = 4;
    private static final int AT_NODE = 5;
    private static final int AT_TARGET = 9;

    /** A header of messages that this program makes. */
    public static FrameHeader from(NodeId node) {
        return new FrameHeader(node, 0);
    }

    static FrameHeader read(byte[] frame) {
        return new FrameHeader(
                new NodeId(LittleEndian.i32(frame, AT_NODE)), LittleEndian.i32(frame, AT_TARGET));
    }

    void write(byte[] frame, int type, int encapsulated) {
        LittleEndian.put16(frame, 0, MAGIC);
        frame[AT_VERSION] = VERSION;
        frame[AT_TYPE] = (byte) type;
        frame[AT_ENCAPSULATED] = (byte) encapsulated;
        LittleEndian.put32(frame, AT_NODE, node.value());
        LittleEndian.put32(frame, AT_TARGET, target);
    }

    static int type(byte[] frame) {
        return LittleEndian.u8(frame, AT_TYPE);
    }

    static int encapsulated(byte[] frame) {
        return LittleEndian.u8(frame, AT_ENCAPSULATED);
    }

    static int version(byte[] frame) {
        return LittleEndian.u8(frame, AT_VERSION);
    }

    static int node(byte[] frame, int offset) {
        return LittleEndian.i32(frame, offset + AT_NODE);
    }
}
