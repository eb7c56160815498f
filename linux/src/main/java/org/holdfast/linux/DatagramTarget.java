package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;

/** Where datagrams go, as the kernel wants to read it. */
public final class DatagramTarget {

    /** Where the socket is connected. */
    public static final DatagramTarget CONNECTED = new DatagramTarget(MemorySegment.NULL, 0);

    private final MemorySegment address;
    private final int bytes;

    private DatagramTarget(MemorySegment address, int bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** An address and port. */
    public static DatagramTarget of(InetSocketAddress target) {
        MemorySegment address = Arena.ofAuto().allocate(SocketAddresses.BYTES_MAX, 8);
        return new DatagramTarget(address, SocketAddresses.write(address, target));
    }

    MemorySegment address() {
        return address;
    }

    int bytes() {
        return bytes;
    }
}
