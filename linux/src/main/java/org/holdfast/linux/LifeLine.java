package org.holdfast.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A lock in memory that another process shares (a robust mutex). When the thread that holds it
 * dies, however that happens, the kernel tells who waits for it at once, long before the process
 * has ended.
 */
public final class LifeLine {

    private static final long AT_SEMAPHORE = 64;
    private static final long BYTES = 128;

    private LifeLine() {}

    /**
     * Takes the lock for the calling thread, until the thread's end.
     *
     * @param file memory that {@code holdfast-supervisor.c} has laid out: mutex, then semaphore
     * @throws IOException if the file is no such memory, or another thread holds the lock
     */
    public static void hold(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.size() < AT_SEMAPHORE) {
                throw new IOException(file + " is too short");
            }
            // For ever: the lock lies in it.
            MemorySegment memory =
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.global());
            Libc.intFunction("pthread_mutex_trylock").checkZero(memory);
            Libc.intFunction("sem_post").check(memory.asSlice(AT_SEMAPHORE));
        }
    }
}
