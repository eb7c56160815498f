package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What sendmmsg reads: an array of struct mmsghdr, each with one iovec and, where several datagrams
 * are sent as one buffer, a control message with their common size.
 */
final class MessageVector {

    static final int MESSAGE_BYTES = 64;
    static final int AT_NAME = 0;
    static final int AT_NAME_BYTES = 8;
    static final int AT_PARTS = 16;
    static final int AT_PART_COUNT = 24;
    static final int AT_CONTROL = 32;
    static final int AT_CONTROL_BYTES = 40;
    static final int AT_FLAGS = 48;
    static final int AT_LENGTH = 56;
    static final int PART_BYTES = 16;

    static final int CONTROL_SPACE = 24;
    static final int AT_CONTROL_LEVEL = 8;
    static final int AT_CONTROL_TYPE = 12;
    static final int AT_CONTROL_DATA = 16;

    private static final int SEGMENT_CONTROL_BYTES = 18;

    /** Largest UDP payload over IPv4; the kernel refuses longer buffers even if it cuts them. */
    private static final int BUFFER_BYTES_MAX = 65_507;

    /** UDP_MAX_SEGMENTS of older kernels. */
    private static final int SEGMENTS_MAX = 64;

    private static final int MESSAGES_MAX = DatagramBatch.DATAGRAMS_MAX;

    private final MemorySegment messages;
    private final MemorySegment parts;
    private final MemorySegment controls;
    private final int[] counts = new int[MESSAGES_MAX];
    private boolean segmented;

    MessageVector(Arena arena) {
        messages = arena.allocate((long) MESSAGES_MAX * MESSAGE_BYTES, 8);
        parts = arena.allocate((long) MESSAGES_MAX * PART_BYTES, 8);
        controls = arena.allocate((long) MESSAGES_MAX * CONTROL_SPACE, 8);
    }

    MemorySegment messages() {
        return messages;
    }

    /** Whether some message of the last {@link #load} holds several datagrams. */
    boolean isSegmented() {
        return segmented;
    }

    /**
     * Describes the batch's datagrams from {@code first} on; answers how many messages they are.
     */
    int load(DatagramBatch batch, int first, DatagramTarget to, boolean segments) {
        segmented = false;
        int message = 0;
        int at = first;
        while (at < batch.size() && message < MESSAGES_MAX) {
            int count = segments ? run(batch, at) : 1;
            int bytes = batch.start(at + count) - batch.start(at);
            describe(message, batch.address() + batch.start(at), bytes, to);
            if (count > 1) {
                segmented = true;
                segment(message, batch.length(at));
            }
            counts[message++] = count;
            at += count;
        }
        return message;
    }

    /**
     * How many datagrams from this one on can be one buffer: of equal size, the last may be less.
     */
    private static int run(DatagramBatch batch, int first) {
        int size = batch.length(first);
        int bytes = size;
        int at = first + 1;
        while (at < batch.size() && at - first < SEGMENTS_MAX) {
            int next = batch.length(at);
            bytes += next;
            if (next > size || next == 0 || bytes > BUFFER_BYTES_MAX) {
                break;
            }
            at++;
            if (next < size) {
                break;
            }
        }
        return at - first;
    }

    private void describe(int message, long address, int bytes, DatagramTarget to) {
        long part = (long) message * PART_BYTES;
        parts.set(ValueLayout.JAVA_LONG, part, address);
        parts.set(ValueLayout.JAVA_LONG, part + 8, bytes);
        long at = (long) message * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_LONG, at + AT_NAME, to.address().address());
        messages.set(ValueLayout.JAVA_INT, at + AT_NAME_BYTES, to.bytes());
        messages.set(ValueLayout.JAVA_LONG, at + AT_PARTS, parts.address() + part);
        messages.set(ValueLayout.JAVA_LONG, at + AT_PART_COUNT, 1);
        messages.set(ValueLayout.JAVA_LONG, at + AT_CONTROL, 0);
        messages.set(ValueLayout.JAVA_LONG, at + AT_CONTROL_BYTES, 0);
    }

    private void segment(int message, int size) {
        long control = (long) message * CONTROL_SPACE;
        controls.set(ValueLayout.JAVA_LONG, control, SEGMENT_CONTROL_BYTES);
        controls.set(ValueLayout.JAVA_INT, control + AT_CONTROL_LEVEL, SocketOptions.SOL_UDP);
        controls.set(ValueLayout.JAVA_INT, control + AT_CONTROL_TYPE, SocketOptions.UDP_SEGMENT);
        controls.set(ValueLayout.JAVA_SHORT, control + AT_CONTROL_DATA, (short) size);
        long at = (long) message * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_LONG, at + AT_CONTROL, controls.address() + control);
        messages.set(ValueLayout.JAVA_LONG, at + AT_CONTROL_BYTES, CONTROL_SPACE);
    }

    /** How many datagrams the first so many messages hold. */
    int datagramsIn(int firstMessages) {
        int datagrams = 0;
        for (int i = 0; i < firstMessages; i++) {
            datagrams += counts[i];
        }
        return datagrams;
    }
}
