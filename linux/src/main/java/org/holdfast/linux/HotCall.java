package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The calls that the ring makes for every packet or event. Unlike {@link Libc.Function} they
 * allocate nothing and are bound at link time, so that the compiler sees through them.
 *
 * <p>An instance holds the memory for errno; it belongs to one thread. All results are the
 * function's own, or the negative errno. Memory that is passed must not be the heap's, and must
 * live longer than the call.
 */
final class HotCall {

    private static final MemorySegment SENDMMSG = Libc.address("sendmmsg");
    private static final MemorySegment RECVMMSG = Libc.address("recvmmsg");
    private static final MemorySegment READ = Libc.address("read");
    private static final MemorySegment SEND = Libc.address("send");
    private static final MemorySegment EPOLL_WAIT = Libc.address("epoll_wait");

    private final MemorySegment state;

    HotCall(Arena arena) {
        state = Libc.newState(arena);
    }

    int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        return intResult(call(SENDMMSG, fd, messages, count, flags));
    }

    int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        return intResult(call(RECVMMSG, fd, messages, count, flags));
    }

    long read(int fd, MemorySegment into, long count) {
        return result(call(READ, fd, into, count, 0));
    }

    long send(int fd, MemorySegment from, long count, int flags) {
        return result(call(SEND, fd, from, count, flags));
    }

    int epollWait(int fd, MemorySegment events, int count, int timeoutMillis) {
        return intResult(call(EPOLL_WAIT, fd, events, count, timeoutMillis));
    }

    /** What is not given is 0: recvmmsg then has no timeout. */
    private long call(
            MemorySegment function, int fd, MemorySegment memory, long third, int fourth) {
        try {
            return (long)
                    Libc.CALL.invokeExact(
                            function,
                            state,
                            (long) fd,
                            memory.address(),
                            third,
                            (long) fourth,
                            0L,
                            0L);
        } catch (Throwable e) {
            throw new IllegalStateException("call into the C library", e);
        }
    }

    private int intResult(long word) {
        return (int) result((int) word);
    }

    private long result(long value) {
        return value < 0 ? -(long) Libc.errno(state) : value;
    }
}
