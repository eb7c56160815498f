package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A Unix stream socket that takes connections and never blocks. Belongs to one thread. */
public final class UnixListener extends Descriptor {

    private static final int PATH_BYTES_MAX = 108;

    private static final Libc.Function LISTEN = Libc.intFunction("listen");
    private static final Libc.Function ACCEPT4 = Libc.intFunction("accept4");

    private UnixListener(int fd) {
        super(fd);
    }

    /**
     * Listens at a path where nothing is.
     *
     * @param path shorter than 108 bytes
     * @param backlog connections that may wait
     * @throws LinuxException if the path is too long, in use or not writable
     */
    public static UnixListener listen(Path path, int backlog) throws LinuxException {
        byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
        if (name.length >= PATH_BYTES_MAX) {
            throw new LinuxException("bind", Errno.EINVAL);
        }
        UnixListener listener =
                new UnixListener(
                        SocketOptions.socket(SocketOptions.AF_UNIX, SocketOptions.SOCK_STREAM));
        boolean done = false;
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment address = scratch.allocate(2 + PATH_BYTES_MAX, 8);
            address.set(ValueLayout.JAVA_SHORT, 0, (short) SocketOptions.AF_UNIX);
            MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
            SocketOptions.bind(listener.fd(), address, 2 + name.length + 1);
            LISTEN.check(listener.fd(), backlog);
            done = true;
            return listener;
        } finally {
            if (!done) {
                listener.close();
            }
        }
    }

    /** The next connection, or null if none waits. */
    public @Nullable UnixStream accept() throws LinuxException {
        long fd =
                ACCEPT4.call(
                        fd(),
                        MemorySegment.NULL,
                        MemorySegment.NULL,
                        SocketOptions.SOCK_NONBLOCK_CLOEXEC);
        if (fd == -Errno.EAGAIN || fd == -Errno.EINTR) {
            return null;
        }
        if (fd < 0) {
            throw new LinuxException("accept4", (int) -fd);
        }
        return new UnixStream((int) fd);
    }

    @Override
    void release() {
        // No memory of its own.
    }
}
