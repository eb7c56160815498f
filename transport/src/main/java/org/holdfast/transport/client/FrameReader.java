package org.holdfast.transport.client;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Cuts what arrives on a connection into frames. Not thread-safe. */
final class FrameReader {

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int FIRST_BYTES = 256 << 10;

    private MemorySegment bytes = Arena.ofAuto().allocate(FIRST_BYTES, 64);
    private long head;
    private long tail;

    /** What the first frame in the buffer is. */
    enum State {
        /** Not all of it has arrived. */
        INCOMPLETE,
        /** It can be looked at. */
        COMPLETE,
        /** Its length is none; nothing after it makes sense. */
        MALFORMED
    }

    /** Room for what arrives next; never empty. */
    MemorySegment room() {
        if (head == tail) {
            head = 0;
            tail = 0;
        } else if (head > 0 && bytes.byteSize() - tail < bytes.byteSize() / 4) {
            MemorySegment.copy(bytes, head, bytes, 0, tail - head);
            tail -= head;
            head = 0;
        }
        if (tail == bytes.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(2 * bytes.byteSize(), 64);
            MemorySegment.copy(bytes, 0, larger, 0, tail);
            bytes = larger;
        }
        return bytes.asSlice(tail);
    }

    /** So much has arrived in the room. */
    void arrived(long count) {
        tail += count;
    }

    /** The state of the first frame. */
    State state() {
        if (tail - head < FrameType.LENGTH_BYTES) {
            return State.INCOMPLETE;
        }
        int length = bytes.get(INT, head);
        if (length < 1 || length > FrameType.FRAME_BYTES_MAX) {
            return State.MALFORMED;
        }
        return tail - head - FrameType.LENGTH_BYTES < length ? State.INCOMPLETE : State.COMPLETE;
    }

    /** The first frame's type; call only when it is complete, as all that follows. */
    int type() {
        return bytes.get(ValueLayout.JAVA_BYTE, head + FrameType.LENGTH_BYTES) & 0xFF;
    }

    /** Bytes of the first frame after its type. */
    int bodyBytes() {
        return bytes.get(INT, head) - 1;
    }

    /** A number in the first frame's body. */
    int int32(int at) {
        return bytes.get(INT, body() + at);
    }

    /** A copy of a part of the first frame's body. */
    byte[] copy(int from, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, body() + from, copy, 0, length);
        return copy;
    }

    private long body() {
        return head + FrameType.LENGTH_BYTES + 1;
    }

    /** Goes to the next frame. */
    void next() {
        head += FrameType.LENGTH_BYTES + (long) bytes.get(INT, head);
    }
}
