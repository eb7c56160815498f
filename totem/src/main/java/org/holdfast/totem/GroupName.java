package org.holdfast.totem;

import java.nio.charset.StandardCharsets;

/**
 * A CPG group's name: 1 to 128 bytes, each kept as one character 0..255.
 *
 * <p>The bytes count exactly, a trailing NUL included. Pacemaker's daemons include one; {@link
 * #ofPacemaker} makes such names.
 *
 * @param value the bytes as ISO-8859-1 characters
 */
public record GroupName(String value) implements Comparable<GroupName> {

    /** Longest name in bytes (CPG_MAX_NAME_LENGTH). */
    public static final int BYTES_MAX = 128;

    /** Checks the length and that every character is a byte. */
    public GroupName {
        if (value.isEmpty() || value.length() > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a group name has 1 to 128 bytes, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xFF) {
                throw new IllegalArgumentException("a group name holds bytes only: " + value);
            }
        }
    }

    /** The name as Pacemaker's daemons register it: {@code name} and a NUL byte. */
    public static GroupName ofPacemaker(String name) {
        return new GroupName(name + '\0');
    }

    /** The exact bytes. */
    public byte[] bytes() {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The name without a trailing NUL, for people. */
    public String printable() {
        return value.endsWith("\0") ? value.substring(0, value.length() - 1) : value;
    }

    @Override
    public int compareTo(GroupName other) {
        return value.compareTo(other.value);
    }
}
