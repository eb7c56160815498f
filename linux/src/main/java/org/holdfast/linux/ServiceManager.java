package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Tells systemd how the daemon does, by the datagram socket that it names in {@code NOTIFY_SOCKET}
 * (see sd_notify(3)).
 */
public final class ServiceManager {

    private static final short AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int PATH_BYTES_MAX = 108;

    private static final Libc.Function SOCKET =
            Libc.intFunction("socket", Libc.INT, Libc.INT, Libc.INT);
    private static final Libc.Function SENDTO =
            Libc.longFunction(
                    "sendto", Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT, Libc.POINTER, Libc.INT);

    private ServiceManager() {}

    /**
     * Sends a message such as {@code READY=1}.
     *
     * @param socketName the value of {@code NOTIFY_SOCKET}: a path, or {@code @name}
     * @throws LinuxException if nobody listens there
     */
    public static void notify(String socketName, String message) throws LinuxException {
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
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, text);
            int socket = (int) SOCKET.check((int) AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            try {
                SENDTO.check(socket, bytes, (long) text.length, 0, address, 2 + path.length);
            } finally {
                FileDescriptors.close(socket);
            }
        }
    }
}
