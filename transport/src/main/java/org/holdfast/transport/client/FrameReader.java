package org.holdfast.transport.client;

import java.nio.ByteBuffer;
import org.holdfast.linux.UnixStream;

/** Cuts what arrives on a connection into frames. Not thread-safe. */
final class FrameReader {

    private static final int FIRST_BYTES = 256 << 10;

    private ByteBuffer bytes = ByteBuffer.allocateDirect(FIRST_BYTES);
    private int head;
    private int tail;

    /** What the first frame in the buffer is. */
    enum State {
        /** Not all of it has arrived. */
        INCOMPLETE,
        /** It can be looked at. */
        COMPLETE,
        /** Its length is none; nothing after it makes sense. */
        MALFORMED
    }

    /**
     * Takes what has arrived.
     *
     * @return bytes taken, 0 if nothing is there, or a negative errno at the end or after an error
     */
    int readFrom(UnixStream stream) {
        makeRoom();
        int count = stream.read(bytes, tail, bytes.capacity() - tail);
        if (count > 0) {
            tail += count;
        }
        return count;
    }

    private void makeRoom() {
        if (head == tail) {
            head = 0;
            tail = 0;
        } else if (head > 0 && bytes.capacity() - tail < bytes.capacity() / 4) {
            bytes.put(0, bytes, head, tail - head);
            tail -= head;
            head = 0;
        }
        if (tail == bytes.capacity()) {
            bytes = ByteBuffer.allocateDirect(2 * tail).put(0, bytes, 0, tail);
        }
    }

    /** The state of the first frame. */
    State state() {
        if (tail - head < FrameType.LENGTH_BYTES) {
            return State.INCOMPLETE;
        }
        int length = bytes.getInt(head);
        if (length < 1 || length > FrameType.FRAME_BYTES_MAX) {
            return State.MALFORMED;
        }
        return tail - head - FrameType.LENGTH_BYTES < length ? State.INCOMPLETE : State.COMPLETE;
    }

    /** The first frame's type; call only when it is complete, as all that follows. */
    int type() {
        return bytes.get(head + FrameType.LENGTH_BYTES) & 0xFF;
    }

    /** Bytes of the first frame after its type. */
    int bodyBytes() {
        return bytes.getInt(head) - 1;
    }

    /** A number in the first frame's body. */
    int int32(int at) {
        return bytes.getInt(body() + at);
    }

    /** A copy of a part of the first frame's body. */
    byte[] copy(int from, int length) {
        byte[] copy = new byte[length];
        bytes.get(body() + from, copy);
        return copy;
    }

    private int body() {
        return head + FrameType.LENGTH_BYTES + 1;
    }

    /** Goes to the next frame. */
    void next() {
        head += FrameType.LENGTH_BYTES + bytes.getInt(head);
    }
}
