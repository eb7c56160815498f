package org.holdfast.node;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes state to the disk on a thread of its own, one write at a time in the order in which they
 * were asked for. A write that fails stops the daemon: it promised durability to the others.
 */
final class StateWriter implements AutoCloseable {

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("state-writer").factory());
    private final Consumer<Throwable> faults;

    /** A write. */
    @FunctionalInterface
    interface Write {
        void run() throws IOException;
    }

    StateWriter(Consumer<Throwable> faults) {
        this.faults = faults;
    }

    /**
     * Queues a write.
     *
     * @param write makes the content durable
     * @param done is told when it is
     */
    void write(Write write, Runnable done) {
        thread.execute(() -> {
            try {
                write.run();
            } catch (IOException | RuntimeException e) {
                faults.accept(e);
                return;
            }
            done.run();
        });
    }

    /** Finishes what is queued. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
