package org.holdfast.wire.cmap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.holdfast.wire.bytes.LittleEndian;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;

/** A cmap message between nodes. Layout: Corosync 3.1, exec/cmap.c. */
public sealed interface CmapMessage {

    /**
     * Some keys and their values on the sending node.
     *
     * @param reason {@link #REASON_SYNC} or {@link #REASON_NEW_VERSION}
     */
    record Items(int reason, List<Item> items) implements CmapMessage {
        /** In the sync step. */
        public static final int REASON_SYNC = 0;

        /** The sender's configuration version changed. */
        public static final int REASON_NEW_VERSION = 1;

        /** Copies the list. */
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * One key.
     *
     * @param type an icmap value type; {@link #TYPE_ABSENT} when the sender has no such key
     * @param value the value's bytes
     */
    record Item(String key, int type, byte[] value) {
        /** The key does not exist. */
        public static final int TYPE_ABSENT = 0;

        /** An unsigned 64-bit number. */
        public static final int TYPE_UINT64 = 8;

        /** The number, if the value is one of 64 bits; otherwise 0. */
        public long asUint64() {
            return type == TYPE_UINT64 && value.length == 8 ? LittleEndian.i64(value, 0) : 0;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Item that
                    && key.equals(that.key)
                    && type == that.type
                    && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return key.hashCode() * 31 + Arrays.hashCode(value);
        }
    }

    /** None of these; drop and count it. */
    record Malformed(String reason) implements CmapMessage {}

    private static int keyBytesMax() {
        return 256;
    }

    private static int itemBytes() {
        return 280;
    }

    private static int headerBytes() {
        return 48;
    }

    /** Reads a message body. */
    static CmapMessage decode(byte[] bytes, int at, int length) {
        if (length < headerBytes()) {
            return new Malformed("cmap message of " + length + " bytes");
        }
        int function = ServiceId.functionOf(ServiceMessage.id(bytes, at));
        if (function != 0) {
            return new Malformed("unknown cmap message " + function);
        }
        int count = LittleEndian.u8(bytes, at + 24);
        List<Item> items = new ArrayList<>(count);
        int item = at + headerBytes();
        int end = at + length;
        for (int i = 0; i < count; i++) {
            if (item + itemBytes() > end) {
                return new Malformed("cmap message ends in item " + i);
            }
            int keyBytes = LittleEndian.u16(bytes, item);
            long valueBytes = LittleEndian.i64(bytes, item + 272);
            if (keyBytes > keyBytesMax()
                    || valueBytes < 0
                    || valueBytes > end - item - itemBytes()) {
                return new Malformed("cmap item of " + valueBytes + " bytes");
            }
            int value = item + itemBytes();
            items.add(
                    new Item(
                            new String(bytes, item + 8, keyBytes, StandardCharsets.ISO_8859_1),
                            LittleEndian.u8(bytes, item + 264),
                            Arrays.copyOfRange(bytes, value, value + (int) valueBytes)));
            item += itemBytes() + aligned((int) valueBytes);
        }
        return new Items(LittleEndian.u8(bytes, at + 16), items);
    }

    /** Writes a message body behind {@code prefixBytes} free bytes. */
    static byte[] encode(Items message, int prefixBytes) {
        int size = headerBytes();
        for (Item item : message.items()) {
            size += itemBytes() + aligned(item.value().length);
        }
        byte[] bytes = new byte[prefixBytes + size];
        ServiceMessage.writeHeader(
                bytes, prefixBytes, ServiceId.messageId(ServiceId.CMAP, 0), size);
        bytes[prefixBytes + 16] = (byte) message.reason();
        bytes[prefixBytes + 24] = (byte) message.items().size();
        int at = prefixBytes + headerBytes();
        for (Item item : message.items()) {
            byte[] key = item.key().getBytes(StandardCharsets.ISO_8859_1);
            LittleEndian.put16(bytes, at, key.length);
            System.arraycopy(key, 0, bytes, at + 8, key.length);
            bytes[at + 264] = (byte) item.type();
            LittleEndian.put64(bytes, at + 272, item.value().length);
            System.arraycopy(item.value(), 0, bytes, at + itemBytes(), item.value().length);
            at += itemBytes() + aligned(item.value().length);
        }
        return bytes;
    }

    private static int aligned(int bytes) {
        return (bytes + 7) & ~7;
    }
}
