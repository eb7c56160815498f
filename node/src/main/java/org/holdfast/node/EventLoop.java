package org.holdfast.node;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.holdfast.linux.Poller;

/**
 * The thread on which the ring lives. It waits for datagrams, for work that other threads hand
 * over, and for timers.
 *
 * <p>{@link #post} may be called by any other thread and waits while the queue is full; {@link
 * #later} belongs to the loop's thread.
 */
final class EventLoop {

    private static final int INBOX_MAX = 10_000;
    private static final int TASKS_AT_ONCE = 64;

    private final Poller poller;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>(INBOX_MAX);
    private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
    private boolean ended;

    /** What the loop drives. */
    interface Driven {

        /** Fires timers that are due. */
        void fireTimers(long nowNanos);

        /** Nanoseconds until a timer is due. */
        long nanosToNextTimer(long nowNanos);

        /**
         * Takes datagrams that have arrived.
         *
         * @return whether some may be left
         */
        boolean receive() throws IOException;

        /** Does what only waits for room or a turn. */
        void betweenEvents();

        /**
         * Hears how long a turn took.
         *
         * @param nanos from the end of one wait to the end of the next
         * @param plannedNanos how long the loop was going to wait at most
         */
        void turned(long nanos, long plannedNanos);
    }

    EventLoop() throws IOException {
        this.poller = new Poller();
    }

    Poller poller() {
        return poller;
    }

    /** Hands work to the loop from another thread. */
    void post(Runnable work) {
        try {
            inbox.put(work);
            poller.wakeup();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Adds a step that runs on this thread after the present one and before any new event. */
    void later(Runnable step) {
        steps.add(step);
    }

    /** Makes {@link #run} return after the present event. */
    void end() {
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Runs until {@link #end}. */
    void run(Driven driven) throws IOException {
        runSteps();
        long lastWake = System.nanoTime();
        while (!ended) {
            driven.fireTimers(System.nanoTime());
            runSteps();
            runInbox();
            boolean more = driven.receive();
            runSteps();
            driven.betweenEvents();
            runSteps();
            if (!ended && !more && inbox.isEmpty()) {
                long wait = driven.nanosToNextTimer(System.nanoTime());
                sleep(wait);
                long now = System.nanoTime();
                driven.turned(now - lastWake, wait);
                lastWake = now;
            }
        }
        poller.close();
    }

    private void runInbox() {
        for (int done = 0; done < TASKS_AT_ONCE && !ended; done++) {
            Runnable task = inbox.poll();
            if (task == null) {
                return;
            }
            task.run();
            runSteps();
        }
    }

    private void runSteps() {
        while (!ended) {
            Runnable step = steps.poll();
            if (step == null) {
                return;
            }
            step.run();
        }
    }

    private void sleep(long nanos) {
        if (nanos == Long.MAX_VALUE) {
            poller.await(-1);
        } else {
            // Rounded up: a timer must not fire early.
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
            poller.await((int) Math.min(millis, Integer.MAX_VALUE));
        }
    }
}
