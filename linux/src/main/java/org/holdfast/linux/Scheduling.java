package org.holdfast.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** How the kernel schedules a thread. */
public final class Scheduling {

    private static final int SCHED_RR = 2;

    /** Threads and processes that the thread starts shall not be real-time, too. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final Libc.Function SCHED_SETSCHEDULER =
            Libc.intFunction("sched_setscheduler", Libc.INT, Libc.INT, Libc.POINTER);

    private Scheduling() {}

    /**
     * Gives the calling platform thread round-robin real-time scheduling; what it starts has none.
     *
     * @param priority 1 (lowest) to 99
     * @throws LinuxException {@link Errno#EPERM} without the right to it
     */
    public static void roundRobin(int priority) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(ValueLayout.JAVA_INT);
            parameters.set(ValueLayout.JAVA_INT, 0, priority);
            // 0 is the calling thread, not the process.
            SCHED_SETSCHEDULER.check(0, SCHED_RR | SCHED_RESET_ON_FORK, parameters);
        }
    }
}
