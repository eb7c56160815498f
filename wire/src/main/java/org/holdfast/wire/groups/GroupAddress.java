package org.holdfast.wire.groups;

import java.nio.charset.StandardCharsets;
import org.holdfast.wire.bytes.LittleEndian;

/**
 * The address in front of every message of Totem's process groups: a count, as many 16-bit lengths,
 * the names. Corosync uses two groups: {@code a} for its services and {@code sync}.
 */
public final class GroupAddress {

    /** The group of corosync's services. */
    public static final String SERVICES = "a";

    /** The group of the sync step. */
    public static final String SYNC = "sync";

    /** Most groups that one message may name (MAX_GROUPS_PER_MSG). */
    public static final int GROUPS_MAX = 128;

    private GroupAddress() {}

    /** Bytes of the address of one group. */
    public static int bytes(String group) {
        return 4 + group.length();
    }

    /** Writes the address of one group (of ASCII characters). */
    public static void write(byte[] bytes, int at, String group) {
        LittleEndian.put16(bytes, at, 1);
        LittleEndian.put16(bytes, at + 2, group.length());
        for (int i = 0; i < group.length(); i++) {
            bytes[at + 4 + i] = (byte) group.charAt(i);
        }
    }

    /** Where a message's body starts, counted from the start of {@code bytes}; -1 if malformed. */
    public static int bodyOffset(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return -1;
        }
        int groups = LittleEndian.u16(bytes, offset);
        int body = 2 + 2 * groups;
        if (groups > GROUPS_MAX || length < body) {
            return -1;
        }
        for (int i = 0; i < groups; i++) {
            body += LittleEndian.u16(bytes, offset + 2 + 2 * i);
        }
        return body <= length ? offset + body : -1;
    }

    /**
     * Whether a message is addressed to this group; call after {@link #bodyOffset} found it sound.
     */
    public static boolean names(byte[] bytes, int offset, String group) {
        int groups = LittleEndian.u16(bytes, offset);
        int at = offset + 2 + 2 * groups;
        for (int i = 0; i < groups; i++) {
            int length = LittleEndian.u16(bytes, offset + 2 + 2 * i);
            if (length == group.length()
                    && group.equals(new String(bytes, at, length, StandardCharsets.ISO_8859_1))) {
                return true;
            }
            at += length;
        }
        return false;
    }
}
