package org.holdfast.wire.cpg;

import java.nio.charset.StandardCharsets;
import org.holdfast.wire.bytes.LittleEndian;

/**
 * A group name on the wire (mar_cpg_name_t): length, 4 bytes that senders leave undefined, 128
 * bytes.
 *
 * @param value the name's bytes as ISO-8859-1 characters
 * @param padding the undefined bytes, kept so that a message can be passed on unchanged
 */
public record CpgName(String value, int padding) {

    /** Bytes on the wire. */
    public static final int BYTES = 136;

    /** Longest name. */
    public static final int NAME_BYTES_MAX = 128;

    /** A name that this program sends. */
    public static CpgName of(String value) {
        return new CpgName(value, 0);
    }

    static boolean isSound(byte[] bytes, int at) {
        int length = LittleEndian.i32(bytes, at);
        return length > 0 && length <= NAME_BYTES_MAX;
    }

    static CpgName read(byte[] bytes, int at) {
        int length = LittleEndian.i32(bytes, at);
        return new CpgName(
                new String(bytes, at + 8, length, StandardCharsets.ISO_8859_1),
                LittleEndian.i32(bytes, at + 4));
    }

    void write(byte[] bytes, int at) {
        LittleEndian.put32(bytes, at, value.length());
        LittleEndian.put32(bytes, at + 4, padding);
        for (int i = 0; i < value.length(); i++) {
            bytes[at + 8 + i] = (byte) value.charAt(i);
        }
    }
}
