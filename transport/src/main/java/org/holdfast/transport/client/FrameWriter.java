package org.holdfast.transport.client;

import java.nio.ByteBuffer;
import org.holdfast.linux.UnixStream;

/**
 * Frames that wait to be written to a connection, in off-heap memory that grows as needed. Numbers
 * are big-endian. Not thread-safe.
 */
final class FrameWriter {

    private static final int FIRST_BYTES = 256 << 10;

    /** Written up to its position, and sent up to the head. */
    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST_BYTES);

    private int head;

    /** Starts a frame; the fields that follow must be exactly {@code bodyBytes}. */
    FrameWriter frame(int type, int bodyBytes) {
        room(FrameType.LENGTH_BYTES + 1 + bodyBytes);
        bytes.putInt(1 + bodyBytes).put((byte) type);
        return this;
    }

    private void room(int more) {
        if (more <= bytes.remaining()) {
            return;
        }
        int waiting = waitingBytes();
        // Moving is cheap while it frees at least half; otherwise the next move would come soon.
        ByteBuffer old = bytes;
        old.flip().position(head);
        if (waiting + more > old.capacity() / 2) {
            bytes = ByteBuffer.allocateDirect(2 * Integer.highestOneBit(2 * (waiting + more)));
            bytes.put(old);
        } else {
            old.compact();
        }
        head = 0;
    }

    FrameWriter putInt(int value) {
        bytes.putInt(value);
        return this;
    }

    FrameWriter putLong(long value) {
        bytes.putLong(value);
        return this;
    }

    FrameWriter putBytes(byte[] from, int offset, int length) {
        bytes.put(from, offset, length);
        return this;
    }

    /** Bytes that have not been written yet. */
    int waitingBytes() {
        return bytes.position() - head;
    }

    /**
     * Writes to a connection what waits, as far as there is room.
     *
     * @return bytes written, or a negative errno
     */
    int writeTo(UnixStream stream) {
        int count = stream.write(bytes, head, waitingBytes());
        if (count > 0) {
            head += count;
        }
        if (waitingBytes() == 0) {
            head = 0;
            bytes.clear();
            if (bytes.capacity() > 16 * FIRST_BYTES) {
                // After a burst that will not come back soon.
                bytes = ByteBuffer.allocateDirect(FIRST_BYTES);
            }
        }
        return count;
    }
}
