package org.holdfast.wire.cfg;

import java.nio.charset.StandardCharsets;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;

/** A message of the cfg service between nodes. Layouts: Corosync 3.1, exec/cfg.c. */
public sealed interface CfgMessage {

    /** A relic of redundant rings; does nothing. */
    record RingReenable(NodeId source, long connection) implements CfgMessage {}

    /** The named node shall end itself at once. */
    record KillNode(NodeId node, String reason) implements CfgMessage {}

    /** The sender shuts down. */
    record Shutdown() implements CfgMessage {}

    /** Every node reads its configuration again. */
    record Reload(NodeId source, long connection) implements CfgMessage {}

    /** A step of changing the transport's keys. */
    record CryptoReconfigure(int phase) implements CfgMessage {}

    /** None of these; drop and count it. */
    record Malformed(String reason) implements CfgMessage {}

    private static int reasonBytesMax() {
        return 256;
    }

    /** Reads a message body. */
    static CfgMessage decode(byte[] bytes, int at, int length) {
        if (length < ServiceMessage.HEADER_BYTES) {
            return new Malformed("cfg message of " + length + " bytes");
        }
        int function = ServiceId.functionOf(ServiceMessage.id(bytes, at));
        int body = at + ServiceMessage.HEADER_BYTES;
        int bodyBytes =
                switch (function) {
                    case 0, 3 -> 16;
                    case 1 -> 272;
                    case 2 -> 0;
                    case 4 -> 4;
                    default -> Integer.MAX_VALUE;
                };
        if (length - ServiceMessage.HEADER_BYTES < bodyBytes) {
            return new Malformed("cfg message " + function + " of " + length + " bytes");
        }
        return switch (function) {
            case 0 ->
                    new RingReenable(
                            new NodeId(LittleEndian.i32(bytes, body)),
                            LittleEndian.i64(bytes, body + 8));
            case 1 -> {
                int reasonBytes = LittleEndian.u16(bytes, body + 8);
                yield reasonBytes > reasonBytesMax()
                        ? new Malformed("kill reason of " + reasonBytes + " bytes")
                        : new KillNode(
                                new NodeId(LittleEndian.i32(bytes, body)),
                                new String(bytes, body + 16, reasonBytes, StandardCharsets.UTF_8));
            }
            case 2 -> new Shutdown();
            case 3 ->
                    new Reload(
                            new NodeId(LittleEndian.i32(bytes, body)),
                            LittleEndian.i64(bytes, body + 8));
            default -> new CryptoReconfigure(LittleEndian.i32(bytes, body));
        };
    }

    /** Writes a message body behind {@code prefixBytes} free bytes. */
    static byte[] encode(CfgMessage message, int prefixBytes) {
        int body = prefixBytes + ServiceMessage.HEADER_BYTES;
        return switch (message) {
            case RingReenable ring -> {
                byte[] bytes = allocate(prefixBytes, 32, 0);
                LittleEndian.put32(bytes, body, ring.source().value());
                LittleEndian.put64(bytes, body + 8, ring.connection());
                yield bytes;
            }
            case KillNode kill -> {
                byte[] bytes = allocate(prefixBytes, 288, 1);
                byte[] reason = kill.reason().getBytes(StandardCharsets.UTF_8);
                int reasonBytes = Math.min(reason.length, reasonBytesMax());
                LittleEndian.put32(bytes, body, kill.node().value());
                LittleEndian.put16(bytes, body + 8, reasonBytes);
                System.arraycopy(reason, 0, bytes, body + 16, reasonBytes);
                yield bytes;
            }
            case Shutdown _ -> allocate(prefixBytes, 16, 2);
            case Reload reload -> {
                byte[] bytes = allocate(prefixBytes, 32, 3);
                LittleEndian.put32(bytes, body, reload.source().value());
                LittleEndian.put64(bytes, body + 8, reload.connection());
                yield bytes;
            }
            case CryptoReconfigure crypto -> {
                byte[] bytes = allocate(prefixBytes, 24, 4);
                LittleEndian.put32(bytes, body, crypto.phase());
                yield bytes;
            }
            case Malformed malformed ->
                    throw new IllegalArgumentException("not a message: " + malformed.reason());
        };
    }

    private static byte[] allocate(int prefixBytes, int size, int function) {
        byte[] bytes = new byte[prefixBytes + size];
        ServiceMessage.writeHeader(
                bytes, prefixBytes, ServiceId.messageId(ServiceId.CFG, function), size);
        return bytes;
    }
}
