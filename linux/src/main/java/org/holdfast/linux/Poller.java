package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for many descriptors at once (epoll, level-triggered). All methods but {@link #wakeup}
 * belong to one thread.
 */
public final class Poller implements AutoCloseable {

    /** Something can be read, or the other end is gone. */
    public static final int READ = 1;

    /** Something can be written. */
    public static final int WRITE = 4;

    /** An error waits to be read; told whether it was asked for or not. */
    public static final int ERROR = 8;

    /** The other end has hung up; told whether it was asked for or not. */
    public static final int HANGUP = 16;

    private static final int EVENTS_AT_ONCE = 64;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int CTL_ADD = 1;
    private static final int CTL_DELETE = 2;
    private static final int CTL_MODIFY = 3;
    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;

    /** The kernel packs struct epoll_event on x86-64 and nowhere else. */
    private static final boolean PACKED = System.getProperty("os.arch").equals("amd64");

    private static final int EVENT_BYTES = PACKED ? 12 : 16;
    private static final int AT_DATA = PACKED ? 4 : 8;

    private static final Libc.Function EPOLL_CREATE1 = Libc.intFunction("epoll_create1");
    private static final Libc.Function EPOLL_CTL = Libc.intFunction("epoll_ctl");
    private static final Libc.Function EVENTFD = Libc.intFunction("eventfd");
    private static final Libc.Function EVENTFD_WRITE = Libc.intFunction("eventfd_write");
    private static final Libc.Function EVENTFD_READ = Libc.intFunction("eventfd_read");

    private final Arena arena = Arena.ofShared();
    private final HotCall calls = new HotCall(arena);
    private final MemorySegment events = arena.allocate(EVENTS_AT_ONCE * (long) EVENT_BYTES, 8);
    private final MemorySegment scratch = arena.allocate(16, 8);
    private final Map<Integer, Ready> watched = new HashMap<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final int epoll;
    private final int wakeups;
    private volatile boolean closed;

    /** Called when something can be done with a descriptor. */
    @FunctionalInterface
    public interface Ready {

        /**
         * Takes the news.
         *
         * @param events some of {@link #READ}, {@link #WRITE}, {@link #ERROR}, {@link #HANGUP}
         */
        void onReady(int events);
    }

    /**
     * Makes a poller that watches nothing.
     *
     * @throws LinuxException if the process has no descriptors left
     */
    public Poller() throws LinuxException {
        epoll = (int) EPOLL_CREATE1.check(EPOLL_CLOEXEC);
        wakeups = (int) EVENTFD.check(0, EFD_CLOEXEC_NONBLOCK);
        control(CTL_ADD, wakeups, READ);
        watched.put(wakeups, _ -> clearWakeup());
    }

    /**
     * Watches a descriptor until it is closed.
     *
     * @param events {@link #READ}, {@link #WRITE} or both; 0 for errors only
     * @param ready called by {@link #await}
     */
    public void add(Descriptor descriptor, int events, Ready ready) throws LinuxException {
        control(CTL_ADD, descriptor.fd(), events);
        watched.put(descriptor.fd(), ready);
    }

    /** Waits for other events of a descriptor from now on. */
    public void change(Descriptor descriptor, int events) throws LinuxException {
        control(CTL_MODIFY, descriptor.fd(), events);
    }

    /** Watches a descriptor no longer; call it before closing. */
    public void remove(Descriptor descriptor) throws LinuxException {
        if (watched.remove(descriptor.fd()) != null) {
            control(CTL_DELETE, descriptor.fd(), 0);
        }
    }

    private void control(int operation, int fd, int events) throws LinuxException {
        scratch.set(ValueLayout.JAVA_INT, 0, events);
        scratch.set(ValueLayout.JAVA_INT_UNALIGNED, AT_DATA, fd);
        scratch.set(ValueLayout.JAVA_INT_UNALIGNED, AT_DATA + 4, 0);
        EPOLL_CTL.check(epoll, operation, fd, scratch);
    }

    /**
     * Waits until something is ready or the time is over, and tells who is ready.
     *
     * @param timeoutMillis the longest wait; 0 to look only, -1 for ever
     */
    public void await(int timeoutMillis) {
        int count = calls.epollWait(epoll, events, EVENTS_AT_ONCE, timeoutMillis);
        for (int i = 0; i < count; i++) {
            long at = (long) i * EVENT_BYTES;
            // A handler before may have removed this one.
            Ready ready = watched.get(events.get(ValueLayout.JAVA_INT_UNALIGNED, at + AT_DATA));
            if (ready != null) {
                ready.onReady(events.get(ValueLayout.JAVA_INT_UNALIGNED, at));
            }
        }
    }

    /** Makes a present or the next {@link #await} return. May be called by any thread. */
    public void wakeup() {
        if (!closed && woken.compareAndSet(false, true)) {
            EVENTFD_WRITE.call(wakeups, 1L);
        }
    }

    private void clearWakeup() {
        EVENTFD_READ.call(wakeups, scratch);
        // A wakeup in between writes nothing; whoever awaits looks for its work afterwards anyway.
        woken.set(false);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            FileDescriptors.close(wakeups);
            FileDescriptors.close(epoll);
        }
    }
}
