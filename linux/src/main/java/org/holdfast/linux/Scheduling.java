package org.holdfast.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How the kernel schedules a thread. */
public final class Scheduling {

    private static final int SCHED_RR = 2;

    /** Threads and processes that the thread starts shall not be real-time, too. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final Libc.Function SCHED_SETSCHEDULER = Libc.intFunction("sched_setscheduler");

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

    /**
     * Gives other threads of this process the same scheduling: those that the calling one has to
     * wait for at times.
     *
     * @param name the threads' name as the kernel knows it
     * @param priority as for {@link #roundRobin(int)}
     * @throws LinuxException {@link Errno#EPERM} without the right to it
     */
    public static void roundRobin(String name, int priority) throws LinuxException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"));
                Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(ValueLayout.JAVA_INT);
            parameters.set(ValueLayout.JAVA_INT, 0, priority);
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals(name)) {
                    int thread = Integer.parseInt(task.getFileName().toString());
                    SCHED_SETSCHEDULER.check(thread, SCHED_RR | SCHED_RESET_ON_FORK, parameters);
                }
            }
        } catch (LinuxException e) {
            throw e;
        } catch (IOException threadHasEnded) {
            // Then it needs no scheduling.
        }
    }
}
