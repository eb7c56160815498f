package org.holdfast.wire.service;

import org.holdfast.wire.bytes.LittleEndian;

/** The header before every service message: 32-bit id and 32-bit size, each padded to 8 bytes. */
public final class ServiceMessage {

    /** Bytes of the header. */
    public static final int HEADER_BYTES = 16;

    private ServiceMessage() {}

    /** Writes the header. */
    public static void writeHeader(byte[] bytes, int at, int id, int size) {
        LittleEndian.put32(bytes, at, id);
        LittleEndian.put32(bytes, at + 8, size);
    }

    /** The id in a header. */
    public static int id(byte[] bytes, int at) {
        return LittleEndian.i32(bytes, at);
    }

    /** The size in a header. */
    public static int size(byte[] bytes, int at) {
        return LittleEndian.i32(bytes, at + 8);
    }
}
