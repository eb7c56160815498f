package org.holdfast.tools.remote;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much of what clients send the daemon holds in memory at once. A document takes many times its
 * length while a command works on it, so clients that send large ones at the same time could
 * together take all of the heap; here they wait for each other. What a usual command sends is not
 * counted. Thread-safe.
 */
final class InputBudget {

    /** Of a session's input so much is free: arguments, environment, a small file. */
    private static final long FREE_BYTES = 256 << 10;

    private static final long BYTES_MIN = 16 << 20;
    private static final long BYTES_MAX = 256 << 20;

    /** A document takes up to some 20 times its length, and may be there twice. */
    private static final long PART_OF_HEAP = 64;

    private static final long WAIT_SECONDS_MAX = 10;

    private final int total;
    private final long waitMillis;
    private final Semaphore kibibytes;

    /** A budget that fits the heap. */
    InputBudget() {
        this(
                Math.clamp(Runtime.getRuntime().maxMemory() / PART_OF_HEAP, BYTES_MIN, BYTES_MAX),
                TimeUnit.SECONDS.toMillis(WAIT_SECONDS_MAX));
    }

    /**
     * A budget.
     *
     * @param bytes what all sessions may hold together
     * @param waitMillis how long one waits for others
     */
    InputBudget(long bytes, long waitMillis) {
        this.total = (int) (bytes >> 10);
        this.waitMillis = waitMillis;
        this.kibibytes = new Semaphore(total, true);
    }

    /** One session's part. For one thread. */
    final class Share {

        private long received;
        private int taken;

        /**
         * Takes room for what comes next, and waits for it if need be.
         *
         * @throws IOException with the reason if there is no room for so much
         */
        void take(int bytes) throws IOException {
            received += bytes;
            int wanted = (int) (Math.max(0, received - FREE_BYTES) >> 10);
            int more = wanted - taken;
            if (more <= 0) {
                return;
            }
            if (wanted > total) {
                throw new IOException(
                        "Input too large: the daemon takes at most "
                                + (total >> 10)
                                + " MiB with the memory that it has; a command on a file (CIB_file)"
                                + " takes more");
            }
            if (!acquire(more)) {
                throw new IOException(
                        "The daemon is busy with large inputs of others; try again later");
            }
            taken = wanted;
        }

        private boolean acquire(int more) throws IOException {
            try {
                return kibibytes.tryAcquire(more, waitMillis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("The daemon is ending", e);
            }
        }

        /** Gives all of it back. */
        void release() {
            kibibytes.release(taken);
            taken = 0;
            received = 0;
        }
    }

    /** A session's part, empty at first. */
    Share share() {
        return new Share();
    }
}
