package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Pipes and raw reads. */
final class FileDescriptors {

    private static final int O_CLOEXEC = 0x80000;

    private static final Libc.Function PIPE2 = Libc.intFunction("pipe2");
    private static final Libc.Function CLOSE = Libc.intFunction("close");
    private static final Libc.Function READ = Libc.longFunction("read");

    private FileDescriptors() {}

    /** Both ends of a pipe, closed in programs that are started. */
    record Pipe(int readEnd, int writeEnd) {

        static Pipe open() throws LinuxException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
                PIPE2.check(ends, O_CLOEXEC);
                return new Pipe(
                        ends.getAtIndex(ValueLayout.JAVA_INT, 0),
                        ends.getAtIndex(ValueLayout.JAVA_INT, 1));
            }
        }
    }

    /** Reads what is there: the count, 0 at the end, or a negative errno. */
    static int read(int fd, MemorySegment into) {
        return (int) READ.call(fd, into, into.byteSize());
    }

    static void close(int fd) {
        CLOSE.call(fd);
    }
}
