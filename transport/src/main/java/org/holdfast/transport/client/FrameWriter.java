package org.holdfast.transport.client;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Frames that wait to be written to a connection, in off-heap memory that grows as needed. Numbers
 * are big-endian. Not thread-safe.
 */
final class FrameWriter {

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int FIRST_BYTES = 256 << 10;

    private MemorySegment bytes = Arena.ofAuto().allocate(FIRST_BYTES, 64);
    private long head;
    private long tail;

    /** Starts a frame; the fields that follow must be exactly {@code bodyBytes}. */
    FrameWriter frame(int type, int bodyBytes) {
        room(FrameType.LENGTH_BYTES + 1L + bodyBytes);
        putInt(1 + bodyBytes);
        putByte(type);
        return this;
    }

    private void room(long more) {
        if (tail + more <= bytes.byteSize()) {
            return;
        }
        long waiting = waitingBytes();
        // Moving is cheap while it frees at least half; otherwise the next move would come soon.
        MemorySegment to = bytes;
        if (waiting + more > bytes.byteSize() / 2) {
            long size = bytes.byteSize();
            while (size < 2 * (waiting + more)) {
                size *= 2;
            }
            to = Arena.ofAuto().allocate(size, 64);
        }
        MemorySegment.copy(bytes, head, to, 0, waiting);
        bytes = to;
        head = 0;
        tail = waiting;
    }

    private void putByte(int value) {
        bytes.set(ValueLayout.JAVA_BYTE, tail, (byte) value);
        tail++;
    }

    FrameWriter putInt(int value) {
        bytes.set(INT, tail, value);
        tail += 4;
        return this;
    }

    FrameWriter putLong(long value) {
        bytes.set(LONG, tail, value);
        tail += 8;
        return this;
    }

    FrameWriter putBytes(byte[] from, int offset, int length) {
        MemorySegment.copy(from, offset, bytes, ValueLayout.JAVA_BYTE, tail, length);
        tail += length;
        return this;
    }

    /** Bytes that have not been written yet. */
    long waitingBytes() {
        return tail - head;
    }

    /** What has not been written yet. */
    MemorySegment waiting() {
        return bytes.asSlice(head, tail - head);
    }

    /** So much has been written. */
    void written(long count) {
        head += count;
        if (head == tail) {
            head = 0;
            tail = 0;
            if (bytes.byteSize() > 16L * FIRST_BYTES) {
                // After a burst that will not come back soon.
                bytes = Arena.ofAuto().allocate(FIRST_BYTES, 64);
            }
        }
    }
}
