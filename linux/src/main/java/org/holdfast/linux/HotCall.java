package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The calls that the ring makes for every packet or event. Unlike {@link Libc.Function} they
 * allocate nothing and are bound at link time, so that the compiler sees through them.
 *
 * <p>An instance holds the memory for errno; it belongs to one thread. All results are the
 * function's own, or the negative errno.
 */
@SuppressWarnings("restricted") // calling C is what this module is for
final class HotCall {

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SENDMMSG =
            handle("sendmmsg", Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT);
    private static final MethodHandle RECVMMSG =
            handle("recvmmsg", Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT, Libc.POINTER);
    private static final MethodHandle READ =
            handle("read", Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG);
    private static final MethodHandle SEND =
            handle("send", Libc.LONG, Libc.INT, Libc.POINTER, Libc.LONG, Libc.INT);
    private static final MethodHandle EPOLL_WAIT =
            handle("epoll_wait", Libc.INT, Libc.INT, Libc.POINTER, Libc.INT, Libc.INT);

    private final MemorySegment state;

    HotCall(Arena arena) {
        state = arena.allocate(STATE);
    }

    private static MethodHandle handle(String name, ValueLayout result, ValueLayout... parameters) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"));
    }

    private long result(long value) {
        return value < 0 ? -(long) (int) ERRNO.get(state, 0L) : value;
    }

    private static IllegalStateException failed(String name, Throwable cause) {
        return new IllegalStateException("call of " + name, cause);
    }

    int sendmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int) result((int) SENDMMSG.invokeExact(state, fd, messages, count, flags));
        } catch (Throwable e) {
            throw failed("sendmmsg", e);
        }
    }

    int recvmmsg(int fd, MemorySegment messages, int count, int flags) {
        try {
            return (int)
                    result(
                            (int)
                                    RECVMMSG.invokeExact(
                                            state, fd, messages, count, flags, MemorySegment.NULL));
        } catch (Throwable e) {
            throw failed("recvmmsg", e);
        }
    }

    long read(int fd, MemorySegment into, long count) {
        try {
            return result((long) READ.invokeExact(state, fd, into, count));
        } catch (Throwable e) {
            throw failed("read", e);
        }
    }

    long send(int fd, MemorySegment from, long count, int flags) {
        try {
            return result((long) SEND.invokeExact(state, fd, from, count, flags));
        } catch (Throwable e) {
            throw failed("send", e);
        }
    }

    int epollWait(int fd, MemorySegment events, int count, int timeoutMillis) {
        try {
            return (int)
                    result((int) EPOLL_WAIT.invokeExact(state, fd, events, count, timeoutMillis));
        } catch (Throwable e) {
            throw failed("epoll_wait", e);
        }
    }
}
