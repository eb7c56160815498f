package org.holdfast.wire.votequorum;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;

/** A votequorum message between nodes. Layouts: Corosync 3.1, exec/votequorum.c. */
public sealed interface VotequorumMessage {

    /** The node number under which nodes speak of the quorum device. */
    NodeId DEVICE = new NodeId(0);

    /**
     * A node's votes and state.
     *
     * @param node whose; {@link #DEVICE} for the sender's view of the quorum device
     * @param flags bits of {@link NodeFlags}
     */
    record NodeInfo(NodeId node, int votes, int expectedVotes, int flags)
            implements VotequorumMessage {}

    /**
     * A change of votes at run time.
     *
     * @param parameter one of the constants here
     */
    record Reconfigure(NodeId node, int value, int parameter) implements VotequorumMessage {
        /** {@code value} is the new number of expected votes. */
        public static final int EXPECTED_VOTES = 1;

        /** {@code value} is the node's new number of votes. */
        public static final int NODE_VOTES = 2;

        /** Nodes stop waiting for all. */
        public static final int CANCEL_WAIT_FOR_ALL = 3;
    }

    /** A node's quorum device comes (operation 1) or goes (0). */
    record DeviceRegister(int operation, String name) implements VotequorumMessage {}

    /** A node's quorum device changes its name. */
    record DeviceRename(String oldName, String newName) implements VotequorumMessage {}

    /** Data that quorum devices of Corosync 3.2 and later exchange; not used here. */
    record DeviceExtraInfo(NodeId node) implements VotequorumMessage {}

    /** None of these; drop and count it. */
    record Malformed(String reason) implements VotequorumMessage {}

    private static int nameBytes() {
        return 255;
    }

    /** Reads a message body. */
    static VotequorumMessage decode(byte[] bytes, int at, int length) {
        if (length < ServiceMessage.HEADER_BYTES + 8) {
            return new Malformed("votequorum message of " + length + " bytes");
        }
        int function = ServiceId.functionOf(ServiceMessage.id(bytes, at));
        int body = at + ServiceMessage.HEADER_BYTES;
        switch (function) {
            case 0 -> {
                return length < 32
                        ? new Malformed("votequorum nodeinfo of " + length + " bytes")
                        : new NodeInfo(
                                new NodeId(LittleEndian.i32(bytes, body)),
                                LittleEndian.i32(bytes, body + 4),
                                LittleEndian.i32(bytes, body + 8),
                                LittleEndian.i32(bytes, body + 12));
            }
            case 1 -> {
                return length < 28
                        ? new Malformed("votequorum reconfigure of " + length + " bytes")
                        : new Reconfigure(
                                new NodeId(LittleEndian.i32(bytes, body)),
                                LittleEndian.i32(bytes, body + 4),
                                LittleEndian.u8(bytes, body + 8));
            }
            case 2 -> {
                return length < 20 + nameBytes()
                        ? new Malformed("votequorum device message of " + length + " bytes")
                        : new DeviceRegister(LittleEndian.i32(bytes, body), name(bytes, body + 4));
            }
            case 3 -> {
                return length < 16 + 2 * nameBytes()
                        ? new Malformed("votequorum device message of " + length + " bytes")
                        : new DeviceRename(name(bytes, body), name(bytes, body + nameBytes()));
            }
            case 4 -> {
                return new DeviceExtraInfo(new NodeId(LittleEndian.i32(bytes, body)));
            }
            default -> {
                return new Malformed("unknown votequorum message " + function);
            }
        }
    }

    private static String name(byte[] bytes, int at) {
        int end = at;
        while (end < at + nameBytes() && bytes[end] != 0) {
            end++;
        }
        return new String(Arrays.copyOfRange(bytes, at, end), StandardCharsets.UTF_8);
    }

    /** Writes a message body behind {@code prefixBytes} free bytes. */
    static byte[] encode(VotequorumMessage message, int prefixBytes) {
        return switch (message) {
            case NodeInfo info -> {
                byte[] bytes = allocate(prefixBytes, 32, 0);
                int body = prefixBytes + ServiceMessage.HEADER_BYTES;
                LittleEndian.put32(bytes, body, info.node().value());
                LittleEndian.put32(bytes, body + 4, info.votes());
                LittleEndian.put32(bytes, body + 8, info.expectedVotes());
                LittleEndian.put32(bytes, body + 12, info.flags());
                yield bytes;
            }
            case Reconfigure reconfigure -> {
                byte[] bytes = allocate(prefixBytes, 28, 1);
                int body = prefixBytes + ServiceMessage.HEADER_BYTES;
                LittleEndian.put32(bytes, body, reconfigure.node().value());
                LittleEndian.put32(bytes, body + 4, reconfigure.value());
                bytes[body + 8] = (byte) reconfigure.parameter();
                yield bytes;
            }
            case DeviceRegister register -> {
                byte[] bytes = allocate(prefixBytes, 20 + nameBytes(), 2);
                int body = prefixBytes + ServiceMessage.HEADER_BYTES;
                LittleEndian.put32(bytes, body, register.operation());
                putName(bytes, body + 4, register.name());
                yield bytes;
            }
            case DeviceRename rename -> {
                byte[] bytes = allocate(prefixBytes, 16 + 2 * nameBytes(), 3);
                int body = prefixBytes + ServiceMessage.HEADER_BYTES;
                putName(bytes, body, rename.oldName());
                putName(bytes, body + nameBytes(), rename.newName());
                yield bytes;
            }
            case DeviceExtraInfo _, Malformed _ ->
                    throw new IllegalArgumentException("never sent: " + message);
        };
    }

    private static void putName(byte[] bytes, int at, String name) {
        byte[] raw = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(raw, 0, bytes, at, Math.min(raw.length, nameBytes() - 1));
    }

    private static byte[] allocate(int prefixBytes, int size, int function) {
        byte[] bytes = new byte[prefixBytes + size];
        ServiceMessage.writeHeader(
                bytes, prefixBytes, ServiceId.messageId(ServiceId.VOTEQUORUM, function), size);
        return bytes;
    }
}
