package org.holdfast.transport.client;

/**
 * A change of a key of the configuration map. The numbers are those of libcmap.
 *
 * @param kind {@link #ADD}, {@link #MODIFY} or {@link #DELETE}
 * @param key the key
 * @param type the value's type, empty after a deletion
 * @param value the value, empty after a deletion
 * @param oldType the type before, empty for a new key
 * @param oldValue the value before, empty for a new key
 */
public record KeyChange(
        int kind, String key, String type, String value, String oldType, String oldValue) {

    /** The key was deleted. */
    public static final int DELETE = 4;

    /** The key has another value. */
    public static final int MODIFY = 8;

    /** The key is new. */
    public static final int ADD = 16;

    /** Not a kind: all keys that begin so are meant. */
    public static final int PREFIX = 32;

    /** All of these. */
    static final int ALL = DELETE | MODIFY | ADD | PREFIX;
}
