package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;

/**
 * Room for datagrams that arrive together. The kernel may put several of one sender into one buffer
 * (UDP_GRO); they are told apart here. Not thread-safe.
 */
public final class DatagramInbox {

    static final int BUFFERS = 8;

    /** Do not wait, and tell the real length of what is too long. */
    static final int FLAGS = 0x40 | 0x20;

    private static final int BUFFER_BYTES = 65_536;
    private static final int NAME_SPACE = 32;
    private static final int CONTROL_SPACE = 64;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment bytes = Libc.room(arena, (long) BUFFERS * BUFFER_BYTES);
    private final MemorySegment messages =
            arena.allocate((long) BUFFERS * MessageVector.MESSAGE_BYTES, 8);
    private final MemorySegment parts =
            arena.allocate((long) BUFFERS * MessageVector.PART_BYTES, 8);
    private final MemorySegment names = arena.allocate((long) BUFFERS * NAME_SPACE, 8);
    private final MemorySegment controls = arena.allocate((long) BUFFERS * CONTROL_SPACE, 8);

    private int filled;

    /** The buffer and the place in it where the next datagram starts. */
    private int buffer = -1;

    private int at;
    private int end;
    private int datagramBytes;

    /** Makes an empty inbox. */
    public DatagramInbox() {
        for (int i = 0; i < BUFFERS; i++) {
            long part = (long) i * MessageVector.PART_BYTES;
            parts.set(ValueLayout.JAVA_LONG, part, bytes.address() + (long) i * BUFFER_BYTES);
            parts.set(ValueLayout.JAVA_LONG, part + 8, BUFFER_BYTES);
        }
    }

    MemorySegment prepare() {
        for (int i = 0; i < BUFFERS; i++) {
            long message = (long) i * MessageVector.MESSAGE_BYTES;
            messages.set(
                    ValueLayout.JAVA_LONG,
                    message + MessageVector.AT_NAME,
                    names.address() + (long) i * NAME_SPACE);
            messages.set(ValueLayout.JAVA_INT, message + MessageVector.AT_NAME_BYTES, NAME_SPACE);
            messages.set(
                    ValueLayout.JAVA_LONG,
                    message + MessageVector.AT_PARTS,
                    parts.address() + (long) i * MessageVector.PART_BYTES);
            messages.set(ValueLayout.JAVA_LONG, message + MessageVector.AT_PART_COUNT, 1);
            messages.set(
                    ValueLayout.JAVA_LONG,
                    message + MessageVector.AT_CONTROL,
                    controls.address() + (long) i * CONTROL_SPACE);
            messages.set(
                    ValueLayout.JAVA_LONG, message + MessageVector.AT_CONTROL_BYTES, CONTROL_SPACE);
            messages.set(ValueLayout.JAVA_INT, message + MessageVector.AT_FLAGS, 0);
        }
        return messages;
    }

    void clear() {
        filled = 0;
        buffer = -1;
        at = 0;
        end = 0;
    }

    int filled(int count) {
        clear();
        filled = count;
        return count;
    }

    /** Whether the kernel filled all the room, so that more may wait. */
    public boolean wasFull() {
        return filled == BUFFERS;
    }

    /**
     * Goes to the next datagram.
     *
     * @return whether there is one
     */
    public boolean next() {
        at += datagramBytes;
        while (at >= end) {
            if (buffer + 1 >= filled) {
                datagramBytes = 0;
                return false;
            }
            buffer++;
            open();
            if (end == 0) {
                // An empty datagram.
                datagramBytes = 0;
                return true;
            }
        }
        datagramBytes = Math.min(segmentBytes(), end - at);
        return true;
    }

    private void open() {
        long message = (long) buffer * MessageVector.MESSAGE_BYTES;
        at = 0;
        end =
                Math.min(
                        messages.get(ValueLayout.JAVA_INT, message + MessageVector.AT_LENGTH),
                        BUFFER_BYTES);
    }

    /** The size at which the kernel joined datagrams, or that of the whole buffer. */
    private int segmentBytes() {
        long message = (long) buffer * MessageVector.MESSAGE_BYTES;
        long control = (long) buffer * CONTROL_SPACE;
        boolean joined =
                messages.get(ValueLayout.JAVA_LONG, message + MessageVector.AT_CONTROL_BYTES)
                                >= MessageVector.AT_CONTROL_DATA + 4
                        && controls.get(
                                        ValueLayout.JAVA_INT,
                                        control + MessageVector.AT_CONTROL_LEVEL)
                                == SocketOptions.SOL_UDP
                        && controls.get(
                                        ValueLayout.JAVA_INT,
                                        control + MessageVector.AT_CONTROL_TYPE)
                                == SocketOptions.UDP_GRO;
        int size =
                joined
                        ? controls.get(
                                ValueLayout.JAVA_INT, control + MessageVector.AT_CONTROL_DATA)
                        : end;
        return size > 0 ? size : end;
    }

    /** A copy of the present datagram. */
    public byte[] copy() {
        byte[] copy = new byte[datagramBytes];
        MemorySegment.copy(
                bytes,
                ValueLayout.JAVA_BYTE,
                (long) buffer * BUFFER_BYTES + at,
                copy,
                0,
                datagramBytes);
        return copy;
    }

    /** Addresses to compare senders with. */
    public static final class Senders {
        private final byte[][] addresses;

        /** These addresses. */
        public Senders(Iterable<InetAddress> addresses) {
            this.addresses = SocketAddresses.bytes(addresses);
        }
    }

    /** Whether the present datagram comes from one of these addresses. */
    public boolean isFrom(Senders senders) {
        return SocketAddresses.isOneOf(
                names.asSlice((long) buffer * NAME_SPACE, NAME_SPACE), senders.addresses);
    }
}
