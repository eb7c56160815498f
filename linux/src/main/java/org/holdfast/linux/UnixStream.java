package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One end of a Unix stream connection that never blocks. Belongs to one thread. */
public final class UnixStream extends Descriptor {

    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int CREDENTIALS_BYTES = 12;

    private final Arena arena = Arena.ofShared();
    private final HotCall calls = new HotCall(arena);

    /** Who is at the other end, as the kernel knows it from the time of connecting. */
    public record Peer(int pid, int uid, int gid) {}

    private static final int GROUPS_MAX = 4096;

    UnixStream(int fd) {
        super(fd);
    }

    /** Asks for this much room in the kernel, each way. */
    public void setBuffers(int bytes) {
        int level = SocketOptions.SOL_SOCKET;
        if (!SocketOptions.trySet(fd(), level, SocketOptions.SO_SNDBUFFORCE, bytes)) {
            SocketOptions.trySet(fd(), level, SocketOptions.SO_SNDBUF, bytes);
        }
    }

    /** Who is at the other end. */
    public Peer peer() throws LinuxException {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment credentials = scratch.allocate(CREDENTIALS_BYTES, 4);
            SocketOptions.get(
                    fd(), SocketOptions.SOL_SOCKET, SocketOptions.SO_PEERCRED, credentials);
            return new Peer(
                    credentials.get(ValueLayout.JAVA_INT, 0),
                    credentials.get(ValueLayout.JAVA_INT, 4),
                    credentials.get(ValueLayout.JAVA_INT, 8));
        }
    }

    /** The groups of the process at the other end, the one that it runs with first. */
    public List<Integer> peerGroups() throws LinuxException {
        List<Integer> groups = new ArrayList<>();
        groups.add(peer().gid());
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment more = scratch.allocate(ValueLayout.JAVA_INT, GROUPS_MAX);
            int bytes =
                    SocketOptions.getSome(
                            fd(), SocketOptions.SOL_SOCKET, SocketOptions.SO_PEERGROUPS, more);
            for (int i = 0; i < bytes / Integer.BYTES; i++) {
                groups.add(more.getAtIndex(ValueLayout.JAVA_INT, i));
            }
        }
        return groups;
    }

    /**
     * Reads what is there.
     *
     * @param into a direct buffer, of which neither position nor limit counts or changes
     * @param at where the bytes go
     * @param room how many at most, more than 0
     * @return bytes read, 0 if nothing is there now, or a negative number at the end or after an
     *     error: {@code -EPIPE} for an orderly end, else the negative {@link Errno}
     */
    public int read(ByteBuffer into, int at, int room) {
        long count = calls.read(fd(), part(into, at, room), room);
        if (count == 0) {
            return -Errno.EPIPE;
        }
        return count == -Errno.EAGAIN || count == -Errno.EINTR ? 0 : (int) count;
    }

    /**
     * Writes as much as there is room for.
     *
     * @param from a direct buffer, of which neither position nor limit counts or changes
     * @param at where the bytes are
     * @param length how many
     * @return bytes written, 0 if there is no room now, or a negative {@link Errno}
     */
    public int write(ByteBuffer from, int at, int length) {
        long count = calls.send(fd(), part(from, at, length), length, MSG_NOSIGNAL);
        return count == -Errno.EAGAIN || count == -Errno.EINTR ? 0 : (int) count;
    }

    private static MemorySegment part(ByteBuffer buffer, int at, int length) {
        return MemorySegment.ofBuffer(buffer.slice(at, length));
    }

    @Override
    void release() {
        arena.close();
    }
}
