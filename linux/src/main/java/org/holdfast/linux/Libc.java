package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;

/**
 * The C library's functions that this module calls. Handles are made on first use; all methods may
 * be called by any thread.
 */
@SuppressWarnings("restricted") // calling C is what this module is for
final class Libc {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final ValueLayout POINTER = ValueLayout.ADDRESS;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    SYMBOLS.findOrThrow("strerror"), FunctionDescriptor.of(POINTER, INT));

    private Libc() {}

    /** A function of which the result, or errno, tells success. */
    static final class Function {

        private final String name;
        private final MethodHandle handle;

        private Function(String name, MethodHandle handle) {
            this.name = name;
            this.handle = handle;
        }

        /** Calls it: the result, or the negative errno if it returned -1. */
        long call(Object... arguments) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                Object[] all = new Object[arguments.length + 1];
                all[0] = state;
                System.arraycopy(arguments, 0, all, 1, arguments.length);
                long result = ((Number) handle.invokeWithArguments(all)).longValue();
                return result == -1 ? -(long) (int) ERRNO.get(state, 0L) : result;
            } catch (Throwable e) {
                throw new IllegalStateException("call of " + name, e);
            }
        }

        /** Calls it; a result of -1 is an error. */
        long check(Object... arguments) throws LinuxException {
            long result = call(arguments);
            if (result < 0) {
                throw new LinuxException(name, (int) -result);
            }
            return result;
        }

        /** Calls a function that returns the error's number itself, 0 for success. */
        void checkZero(Object... arguments) throws LinuxException {
            long result = call(arguments);
            if (result != 0) {
                throw new LinuxException(name, (int) Math.abs(result));
            }
        }
    }

    /** A function that returns an int. */
    static Function intFunction(String name, ValueLayout... parameters) {
        return find(name, INT, parameters).orElseThrow(() -> missing(name));
    }

    /** A function that returns a long (ssize_t). */
    static Function longFunction(String name, ValueLayout... parameters) {
        return find(name, LONG, parameters).orElseThrow(() -> missing(name));
    }

    /** A function that this machine's C library may lack. */
    static Optional<Function> find(String name, ValueLayout result, ValueLayout... parameters) {
        return SYMBOLS.find(name)
                .map(symbol ->
                        new Function(
                                name,
                                LINKER.downcallHandle(
                                        symbol,
                                        FunctionDescriptor.of(
                                                result,
                                                List.of(parameters).toArray(MemoryLayout[]::new)),
                                        CAPTURE)));
    }

    /** A handle without errno, for functions that return a pointer. */
    static MethodHandle pointerFunction(String name, ValueLayout... parameters) {
        return LINKER.downcallHandle(
                SYMBOLS.findOrThrow(name),
                FunctionDescriptor.of(POINTER, List.of(parameters).toArray(MemoryLayout[]::new)));
    }

    private static UnsatisfiedLinkError missing(String name) {
        return new UnsatisfiedLinkError("the C library has no " + name);
    }

    /** The system's words for an error number. */
    static synchronized String errorText(int errno) {
        try {
            return text((MemorySegment) STRERROR.invokeExact(errno));
        } catch (Throwable e) {
            throw new IllegalStateException("call of strerror", e);
        }
    }

    /** The text at a pointer, up to its zero byte. */
    static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
