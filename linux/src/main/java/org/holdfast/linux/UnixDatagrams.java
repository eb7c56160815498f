package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Datagrams to Unix sockets, which Java knows for streams only. */
public final class UnixDatagrams {

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int PATH_BYTES_MAX = 108;
    private static final int MSG_DONTWAIT = 0x40;

    private static final Libc.Function SOCKET = Libc.intFunction("socket");
    private static final Libc.Function SENDTO = Libc.longFunction("sendto");

    private UnixDatagrams() {}

    /**
     * Sends one datagram without waiting for room.
     *
     * @param socketName a path, or {@code @name} for an abstract one; shorter than 108 bytes
     * @param message the content
     * @throws LinuxException if nobody listens there or the listener is behind
     */
    public static void send(String socketName, byte[] message) throws LinuxException {
        byte[] path = socketName.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= PATH_BYTES_MAX) {
            throw new IllegalArgumentException("no socket's name: " + socketName);
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(2 + PATH_BYTES_MAX, 8);
            address.set(ValueLayout.JAVA_SHORT, 0, AF_UNIX);
            MemorySegment.copy(path, 0, address, ValueLayout.JAVA_BYTE, 2, path.length);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
            int socket = (int) SOCKET.check((int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                long size = message.length;
                SENDTO.check(socket, bytes, size, MSG_DONTWAIT, address, 2 + path.length);
            } finally {
                FileDescriptors.close(socket);
            }
        }
    }
}
