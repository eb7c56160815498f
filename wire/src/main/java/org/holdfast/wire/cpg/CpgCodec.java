package org.holdfast.wire.cpg;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.cpg.CpgMessage.DownList;
import org.holdfast.wire.cpg.CpgMessage.JoinList;
import org.holdfast.wire.cpg.CpgMessage.Malformed;
import org.holdfast.wire.cpg.CpgMessage.Multicast;
import org.holdfast.wire.cpg.CpgMessage.OldDownList;
import org.holdfast.wire.cpg.CpgMessage.PartialMulticast;
import org.holdfast.wire.cpg.CpgMessage.ProcessJoin;
import org.holdfast.wire.cpg.CpgMessage.ProcessLeave;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;

/** Turns CPG message bodies into records and back. Decoding never throws. */
public final class CpgCodec {

    /** Bytes of a {@link Multicast} before its payload. */
    public static final int MULTICAST_HEADER_BYTES = 184;

    private static final int FN_JOIN = 0;
    private static final int FN_LEAVE = 1;
    private static final int FN_JOIN_LIST = 2;
    private static final int FN_MULTICAST = 3;
    private static final int FN_DOWN_LIST_OLD = 4;
    private static final int FN_DOWN_LIST = 5;
    private static final int FN_PARTIAL = 6;

    private static final int JOIN_BYTES = 168;
    private static final int PARTIAL_HEADER_BYTES = 200;
    private static final int LIST_HEADER_BYTES = 24;
    private static final int LIST_ENTRY_BYTES = 8 + CpgName.BYTES;
    private static final int DOWN_LIST_NODES_MAX = 384;
    private static final int DOWN_LIST_BYTES = 32 + 4 * DOWN_LIST_NODES_MAX;
    private static final int AT_GROUP = 16;
    private static final int AFTER_GROUP = AT_GROUP + CpgName.BYTES;

    private CpgCodec() {}

    /** Reads a message body. */
    public static CpgMessage decode(byte[] bytes, int at, int length) {
        if (length < ServiceMessage.HEADER_BYTES) {
            return new Malformed("CPG message of " + length + " bytes");
        }
        int function = ServiceId.functionOf(ServiceMessage.id(bytes, at));
        return switch (function) {
            case FN_JOIN, FN_LEAVE -> decodeJoinOrLeave(bytes, at, length, function);
            case FN_JOIN_LIST -> decodeJoinList(bytes, at, length);
            case FN_MULTICAST -> decodeMulticast(bytes, at, length);
            case FN_DOWN_LIST_OLD -> new OldDownList();
            case FN_DOWN_LIST -> decodeDownList(bytes, at, length);
            case FN_PARTIAL -> decodePartial(bytes, at, length);
            default -> new Malformed("unknown CPG message " + function);
        };
    }

    private static CpgMessage decodeJoinOrLeave(byte[] bytes, int at, int length, int function) {
        if (length < JOIN_BYTES || !CpgName.isSound(bytes, at + AT_GROUP)) {
            return new Malformed("CPG join or leave of " + length + " bytes");
        }
        CpgName group = CpgName.read(bytes, at + AT_GROUP);
        int pid = LittleEndian.i32(bytes, at + AFTER_GROUP);
        int reason = LittleEndian.i32(bytes, at + AFTER_GROUP + 8);
        return function == FN_JOIN
                ? new ProcessJoin(group, pid, reason)
                : new ProcessLeave(group, pid, reason);
    }

    private static CpgMessage decodeJoinList(byte[] bytes, int at, int length) {
        int size = ServiceMessage.size(bytes, at);
        if (size < LIST_HEADER_BYTES || size > length) {
            return new Malformed("CPG join list of " + size + " in " + length + " bytes");
        }
        int count = (size - LIST_HEADER_BYTES) / LIST_ENTRY_BYTES;
        List<JoinList.Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int entry = at + LIST_HEADER_BYTES + i * LIST_ENTRY_BYTES;
            if (!CpgName.isSound(bytes, entry + 8)) {
                return new Malformed("CPG join list with a bad name");
            }
            entries.add(
                    new JoinList.Entry(
                            LittleEndian.i32(bytes, entry), CpgName.read(bytes, entry + 8)));
        }
        return new JoinList(entries);
    }

    private static CpgMessage decodeMulticast(byte[] bytes, int at, int length) {
        if (length < MULTICAST_HEADER_BYTES || !CpgName.isSound(bytes, at + AT_GROUP)) {
            return new Malformed("CPG multicast of " + length + " bytes");
        }
        int payload = LittleEndian.i32(bytes, at + AFTER_GROUP);
        if (payload < 0 || payload > length - MULTICAST_HEADER_BYTES) {
            return new Malformed("CPG multicast of " + payload + " in " + length + " bytes");
        }
        return new Multicast(
                CpgName.read(bytes, at + AT_GROUP),
                LittleEndian.i32(bytes, at + AFTER_GROUP + 8),
                new NodeId(LittleEndian.i32(bytes, at + AFTER_GROUP + 16)),
                LittleEndian.i64(bytes, at + AFTER_GROUP + 24),
                at + MULTICAST_HEADER_BYTES,
                payload);
    }

    private static CpgMessage decodePartial(byte[] bytes, int at, int length) {
        if (length < PARTIAL_HEADER_BYTES || !CpgName.isSound(bytes, at + AT_GROUP)) {
            return new Malformed("CPG partial multicast of " + length + " bytes");
        }
        int payload = LittleEndian.i32(bytes, at + AFTER_GROUP + 8);
        if (payload < 0 || payload > length - PARTIAL_HEADER_BYTES) {
            return new Malformed("CPG piece of " + payload + " in " + length + " bytes");
        }
        return new PartialMulticast(
                CpgName.read(bytes, at + AT_GROUP),
                LittleEndian.i32(bytes, at + AFTER_GROUP + 16),
                LittleEndian.i32(bytes, at + AFTER_GROUP),
                LittleEndian.i32(bytes, at + AFTER_GROUP + 24),
                new NodeId(LittleEndian.i32(bytes, at + AFTER_GROUP + 32)),
                LittleEndian.i64(bytes, at + AFTER_GROUP + 40),
                at + PARTIAL_HEADER_BYTES,
                payload);
    }

    private static CpgMessage decodeDownList(byte[] bytes, int at, int length) {
        if (length < 32) {
            return new Malformed("CPG down list of " + length + " bytes");
        }
        int count = LittleEndian.i32(bytes, at + 24);
        if (count < 0 || count > DOWN_LIST_NODES_MAX || length < 32 + 4 * count) {
            return new Malformed("CPG down list of " + count + " in " + length + " bytes");
        }
        int last = Math.min(DOWN_LIST_NODES_MAX, (length - 32) / 4);
        while (last > count && LittleEndian.i32(bytes, at + 28 + 4 * last) == 0) {
            last--;
        }
        List<NodeId> nodes = new ArrayList<>(last);
        for (int i = 0; i < last; i++) {
            nodes.add(new NodeId(LittleEndian.i32(bytes, at + 32 + 4 * i)));
        }
        return new DownList(
                LittleEndian.i32(bytes, at + 16),
                nodes.subList(0, count),
                nodes.subList(count, last));
    }

    /**
     * Writes a message body behind {@code prefixBytes} free bytes. Of a multicast only the header:
     * the payload follows in an array of its own.
     */
    public static byte[] encode(CpgMessage message, int prefixBytes) {
        return switch (message) {
            case ProcessJoin join ->
                    encodeJoinOrLeave(
                            prefixBytes, FN_JOIN, join.group(), join.pid(), join.reason());
            case ProcessLeave leave ->
                    encodeJoinOrLeave(
                            prefixBytes, FN_LEAVE, leave.group(), leave.pid(), leave.reason());
            case JoinList list -> encodeJoinList(prefixBytes, list);
            case Multicast multicast -> encodeMulticast(prefixBytes, multicast);
            case PartialMulticast partial -> encodePartial(prefixBytes, partial);
            case DownList list -> encodeDownList(prefixBytes, list);
            case OldDownList _, Malformed _ ->
                    throw new IllegalArgumentException("never sent: " + message);
        };
    }

    private static byte[] allocate(int prefixBytes, int bodyBytes, int function, int size) {
        byte[] bytes = new byte[prefixBytes + bodyBytes];
        ServiceMessage.writeHeader(
                bytes, prefixBytes, ServiceId.messageId(ServiceId.CPG, function), size);
        return bytes;
    }

    private static byte[] encodeJoinOrLeave(
            int prefixBytes, int function, CpgName group, int pid, int reason) {
        byte[] bytes = allocate(prefixBytes, JOIN_BYTES, function, JOIN_BYTES);
        group.write(bytes, prefixBytes + AT_GROUP);
        LittleEndian.put32(bytes, prefixBytes + AFTER_GROUP, pid);
        LittleEndian.put32(bytes, prefixBytes + AFTER_GROUP + 8, reason);
        return bytes;
    }

    private static byte[] encodeJoinList(int prefixBytes, JoinList list) {
        int size = LIST_HEADER_BYTES + list.entries().size() * LIST_ENTRY_BYTES;
        byte[] bytes = allocate(prefixBytes, size, FN_JOIN_LIST, size);
        int at = prefixBytes + LIST_HEADER_BYTES;
        for (JoinList.Entry entry : list.entries()) {
            LittleEndian.put32(bytes, at, entry.pid());
            entry.group().write(bytes, at + 8);
            at += LIST_ENTRY_BYTES;
        }
        return bytes;
    }

    private static byte[] encodeMulticast(int prefixBytes, Multicast multicast) {
        byte[] bytes =
                allocate(
                        prefixBytes,
                        MULTICAST_HEADER_BYTES,
                        FN_MULTICAST,
                        MULTICAST_HEADER_BYTES + multicast.payloadBytes());
        multicast.group().write(bytes, prefixBytes + AT_GROUP);
        int at = prefixBytes + AFTER_GROUP;
        LittleEndian.put32(bytes, at, multicast.payloadBytes());
        LittleEndian.put32(bytes, at + 8, multicast.pid());
        LittleEndian.put32(bytes, at + 16, multicast.source().value());
        LittleEndian.put64(bytes, at + 24, multicast.connection());
        return bytes;
    }

    private static byte[] encodePartial(int prefixBytes, PartialMulticast partial) {
        byte[] bytes =
                allocate(
                        prefixBytes,
                        PARTIAL_HEADER_BYTES,
                        FN_PARTIAL,
                        PARTIAL_HEADER_BYTES + partial.payloadBytes());
        partial.group().write(bytes, prefixBytes + AT_GROUP);
        int at = prefixBytes + AFTER_GROUP;
        LittleEndian.put32(bytes, at, partial.messageBytes());
        LittleEndian.put32(bytes, at + 8, partial.payloadBytes());
        LittleEndian.put32(bytes, at + 16, partial.pid());
        LittleEndian.put32(bytes, at + 24, partial.type());
        LittleEndian.put32(bytes, at + 32, partial.source().value());
        LittleEndian.put64(bytes, at + 40, partial.connection());
        return bytes;
    }

    private static byte[] encodeDownList(int prefixBytes, DownList list) {
        byte[] bytes = allocate(prefixBytes, DOWN_LIST_BYTES, FN_DOWN_LIST, DOWN_LIST_BYTES);
        LittleEndian.put32(bytes, prefixBytes + 16, list.oldMembers());
        LittleEndian.put32(bytes, prefixBytes + 24, list.left().size());
        int node = prefixBytes + 32;
        for (List<NodeId> nodes : List.of(list.left(), list.leftovers())) {
            for (NodeId id : nodes) {
                LittleEndian.put32(bytes, node, id.value());
                node += 4;
            }
        }
        return bytes;
    }
}
