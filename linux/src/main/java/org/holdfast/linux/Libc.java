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
import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;

/**
 * The C library's functions that this module calls. All methods may be called by any thread.
 *
 * <p>All go through one handle that passes six words: integers and pointers travel in the same
 * registers on 64-bit Linux (System V ABI of x86-64, AAPCS64), a function looks at as many of them,
 * and at as many bits of each, as it declares. A handle of its own for each function would cost the
 * virtual machine milliseconds at the daemon's start.
 */
@SuppressWarnings("restricted") // calling C is what this module is for
final class Libc {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final ValueLayout POINTER = ValueLayout.ADDRESS;

    private static final int WORDS = 6;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** Takes a function's address, memory for errno and the six words; gives the result's word. */
    static final MethodHandle CALL =
            LINKER.downcallHandle(
                    FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG),
                    Linker.Option.captureCallState("errno"));

    private Libc() {}

    /** Memory into which a call writes errno. */
    static MemorySegment newState(Arena arena) {
        return arena.allocate(STATE);
    }

    /** What a call that failed wrote. */
    static int errno(MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    /** Where a function is. */
    static MemorySegment address(String name) {
        return SYMBOLS.find(name).orElseThrow(() -> missing(name));
    }

    /**
     * Memory with whatever is in it. What an arena gives is filled with zeros, and so touched, page
     * by page.
     *
     * @param arena frees it
     */
    static MemorySegment room(Arena arena, long bytes) {
        long address = Room.MALLOC.call(bytes);
        if (address == 0) {
            throw new OutOfMemoryError("no room for " + bytes + " bytes outside of the heap");
        }
        return MemorySegment.ofAddress(address)
                .reinterpret(bytes, arena, memory -> Room.FREE.call(memory));
    }

    private static final class Room {
        static final Function MALLOC = longFunction("malloc");
        static final Function FREE = longFunction("free");
    }

    /** A function of which the result, or errno, tells success. */
    static final class Function {

        private final String name;
        private final MemorySegment address;
        private final boolean returnsInt;

        private Function(String name, MemorySegment address, boolean returnsInt) {
            this.name = name;
            this.address = address;
            this.returnsInt = returnsInt;
        }

        /**
         * Calls it: the result, or the negative errno if it returned -1.
         *
         * @param arguments up to six numbers and memory segments outside of the heap
         */
        long call(Object... arguments) {
            long[] words = new long[WORDS];
            for (int i = 0; i < arguments.length; i++) {
                words[i] =
                        arguments[i] instanceof MemorySegment segment
                                ? segment.address()
                                : ((Number) arguments[i]).longValue();
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = newState(arena);
                long word =
                        (long)
                                CALL.invokeExact(
                                        address, state, words[0], words[1], words[2], words[3],
                                        words[4], words[5]);
                long result = returnsInt ? (int) word : word;
                return result == -1 ? -(long) errno(state) : result;
            } catch (Throwable e) {
                throw new IllegalStateException("call of " + name, e);
            } finally {
                Reference.reachabilityFence(arguments);
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
    static Function intFunction(String name) {
        return new Function(name, address(name), true);
    }

    /** A function that returns a long or a pointer. */
    static Function longFunction(String name) {
        return new Function(name, address(name), false);
    }

    /** A function that returns an int and that this machine's C library may lack. */
    static Optional<Function> find(String name) {
        return SYMBOLS.find(name).map(address -> new Function(name, address, true));
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
        return text(MemorySegment.ofAddress(longFunction("strerror").call(errno)));
    }

    /** The text at a pointer, up to its zero byte. */
    static String text(MemorySegment pointer) {
        return pointer.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
