package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Datagrams that are to be sent together, one behind the other in memory. Not thread-safe. */
public final class DatagramBatch {

    /** Most datagrams in a batch. */
    public static final int DATAGRAMS_MAX = 64;

    private static final int BYTES_MAX = 256 << 10;

    private final MemorySegment bytes = Libc.room(Arena.ofAuto(), BYTES_MAX);
    private final int[] starts = new int[DATAGRAMS_MAX + 1];
    private int size;

    /**
     * Adds a copy of a datagram.
     *
     * @return whether there was room
     */
    public boolean add(byte[] datagram) {
        int start = starts[size];
        if (size == DATAGRAMS_MAX || start + datagram.length > BYTES_MAX) {
            return false;
        }
        MemorySegment.copy(datagram, 0, bytes, ValueLayout.JAVA_BYTE, start, datagram.length);
        starts[++size] = start + datagram.length;
        return true;
    }

    /** Leaves the last datagram out, until {@link #showLast}. */
    public void hideLast() {
        size--;
    }

    /** Takes the datagram in again that {@link #hideLast} left out. */
    public void showLast() {
        size++;
    }

    /** How many datagrams there are. */
    public int size() {
        return size;
    }

    /** Bytes of the first so many datagrams. */
    public int bytes(int datagrams) {
        return starts[datagrams];
    }

    /** Forgets all. */
    public void clear() {
        size = 0;
    }

    int start(int datagram) {
        return starts[datagram];
    }

    int length(int datagram) {
        return starts[datagram + 1] - starts[datagram];
    }

    long address() {
        return bytes.address();
    }
}
