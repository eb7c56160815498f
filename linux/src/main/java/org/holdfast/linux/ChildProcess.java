package org.holdfast.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.locks.ReentrantLock;
import org.holdfast.linux.FileDescriptors.Pipe;

/**
 * A running program that leads a process group of its own.
 *
 * <p>One thread calls {@link #await}, once; it should be a platform thread, because it waits in the
 * kernel. Any thread may call {@link #signalGroup}.
 */
public final class ChildProcess {

    private static final long SYS_PIDFD_OPEN = 434;
    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int READ_BYTES = 8192;

    private static final Libc.Function SYSCALL = Libc.longFunction("syscall");
    private static final Libc.Function POLL = Libc.intFunction("poll");
    private static final Libc.Function WAITPID = Libc.intFunction("waitpid");
    private static final Libc.Function KILL = Libc.intFunction("kill");

    private final int pid;
    private final int outputFd;
    private final int errorFd;
    private final int outputBytesMax;

    /** Guards {@link #reaped}: a number that the kernel may give away must not be signalled. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean reaped;

    private boolean killed;

    private ChildProcess(int pid, int outputFd, int errorFd, int outputBytesMax) {
        this.pid = pid;
        this.outputFd = outputFd;
        this.errorFd = errorFd;
        this.outputBytesMax = outputBytesMax;
    }

    /**
     * Starts a program.
     *
     * @throws LinuxException with the reason why it cannot be started, {@link Errno#ENOENT} among
     *     them
     */
    public static ChildProcess start(SpawnRequest request) throws LinuxException {
        Pipe output = Pipe.open();
        try {
            Pipe error = Pipe.open();
            try {
                int pid = SpawnCall.spawn(request, output.writeEnd(), error.writeEnd());
                return new ChildProcess(
                        pid, output.readEnd(), error.readEnd(), request.outputBytesMax());
            } catch (LinuxException e) {
                FileDescriptors.close(error.readEnd());
                throw e;
            } finally {
                FileDescriptors.close(error.writeEnd());
            }
        } catch (LinuxException e) {
            FileDescriptors.close(output.readEnd());
            throw e;
        } finally {
            FileDescriptors.close(output.writeEnd());
        }
    }

    /** The process's number, and its group's. */
    public int pid() {
        return pid;
    }

    /** Sends a signal to the whole group; nothing happens once the process has been waited for. */
    public void signalGroup(Signal signal) {
        lock.lock();
        try {
            if (!reaped) {
                KILL.call(-pid, signal.number());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Asks the whole group to end. Whatever of it is still there when the process itself has ended
     * is killed; call {@link #signalGroup} with KILL if the process does not end.
     */
    public void terminateGroup() {
        lock.lock();
        try {
            killed = true;
            signalGroup(Signal.TERM);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the process itself to end and collects its output. It does not wait for what it
     * left behind, even if that holds its outputs open: a service's daemon often does.
     *
     * @throws LinuxException if the kernel lost the process
     */
    public ChildResult await() throws LinuxException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(READ_BYTES);
            int pidFd = (int) SYSCALL.check(SYS_PIDFD_OPEN, (long) pid, 0L);
            try {
                collect(pidFd, arena, buffer, output, error);
            } finally {
                FileDescriptors.close(pidFd);
            }
            int status = reap(arena);
            int signal = status & 0x7F;
            int exitCode = signal == 0 ? (status >> 8) & 0xFF : 0;
            return new ChildResult(exitCode, signal, output.toByteArray(), error.toByteArray());
        } finally {
            FileDescriptors.close(outputFd);
            FileDescriptors.close(errorFd);
        }
    }

    private void collect(
            int pidFd,
            Arena arena,
            MemorySegment buffer,
            ByteArrayOutputStream output,
            ByteArrayOutputStream error)
            throws LinuxException {
        int[] fds = {outputFd, errorFd, pidFd};
        ByteArrayOutputStream[] sinks = {output, error};
        MemorySegment polled = arena.allocate(POLLFD_BYTES * (long) fds.length, 8);
        boolean ended = false;
        while (true) {
            for (int i = 0; i < fds.length; i++) {
                polled.set(ValueLayout.JAVA_INT, i * (long) POLLFD_BYTES, fds[i]);
                polled.set(ValueLayout.JAVA_SHORT, i * (long) POLLFD_BYTES + 4, POLLIN);
                polled.set(ValueLayout.JAVA_SHORT, i * (long) POLLFD_BYTES + 6, (short) 0);
            }
            // Once the process has ended, only what is in the pipes already counts.
            long ready = POLL.call(polled, (long) fds.length, ended ? 0 : -1);
            if (ready < 0 && ready != -Errno.EINTR) {
                throw new LinuxException("poll", (int) -ready);
            }
            boolean read = false;
            for (int i = 0; i < sinks.length; i++) {
                if (ready > 0 && happened(polled, i)) {
                    read = true;
                    int count = FileDescriptors.read(fds[i], buffer);
                    keep(sinks[i], buffer, count);
                    if (count == 0 || count < 0 && count != -Errno.EINTR) {
                        fds[i] = -1;
                    }
                }
            }
            if (ended && !read) {
                return;
            }
            if (ready > 0 && happened(polled, 2)) {
                ended = true;
                fds[2] = -1;
            }
        }
    }

    private static boolean happened(MemorySegment polled, int index) {
        return polled.get(ValueLayout.JAVA_SHORT, index * (long) POLLFD_BYTES + 6) != 0;
    }

    private void keep(ByteArrayOutputStream sink, MemorySegment buffer, int count) {
        int room = Math.min(count, outputBytesMax - sink.size());
        if (room > 0) {
            sink.writeBytes(buffer.asSlice(0, room).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private int reap(Arena arena) throws LinuxException {
        MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
        lock.lock();
        try {
            if (killed) {
                // Until it is waited for, the dead leader keeps the group's number from reuse.
                signalGroup(Signal.KILL);
            }
            reaped = true;
            long result;
            do {
                result = WAITPID.call(pid, status, 0);
            } while (result == -Errno.EINTR);
            if (result < 0) {
                throw new LinuxException("waitpid", (int) -result);
            }
            return status.get(ValueLayout.JAVA_INT, 0);
        } finally {
            lock.unlock();
        }
    }
}
