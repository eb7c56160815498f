package org.holdfast.node;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The thread on which the resource manager lives. The ring's loop hands work over and never waits
 * for it: whatever the manager has to do with a configuration of many megabytes, the token goes
 * round.
 *
 * <p>{@link #post} may be called by any thread; work is done in the order in which it was posted.
 */
final class ManagerThread implements AutoCloseable {

    private static final long JOIN_MILLIS_MAX = 5_000;

    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Driven driven;
    private final Consumer<Throwable> faults;
    private volatile boolean ended;

    /** What the thread drives. */
    interface Driven {

        /** Called once, first of all, on the thread. */
        void begin();

        /** Fires timers that are due. */
        void fireTimers(long nowNanos);

        /** Nanoseconds until a timer is due, {@link Long#MAX_VALUE} if none is set. */
        long nanosToNextTimer(long nowNanos);
    }

    /**
     * A thread that has not started; what is posted before waits.
     *
     * @param faults is told, on this thread, what has broken the manager; it does no more then
     */
    ManagerThread(Driven driven, Consumer<Throwable> faults) {
        this.driven = driven;
        this.faults = faults;
        this.thread = Thread.ofPlatform().daemon().name("manager").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands work over. Never waits. */
    void post(Runnable work) {
        inbox.add(work);
    }

    private void run() {
        try {
            driven.begin();
            while (!ended) {
                driven.fireTimers(System.nanoTime());
                Runnable work =
                        inbox.poll(
                                driven.nanosToNextTimer(System.nanoTime()), TimeUnit.NANOSECONDS);
                if (work != null && !ended) {
                    work.run();
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError e) {
            if (!ended) {
                faults.accept(e);
            }
        }
    }

    /** Ends after the present piece of work; what else was posted is dropped. */
    @Override
    public void close() {
        ended = true;
        inbox.add(() -> {});
        try {
            thread.join(JOIN_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
