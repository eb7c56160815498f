package org.holdfast.simulator.manager;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: what is to happen when. Events of one instant happen in the order of their making.
 */
final class Clock implements Timeline {

    static final long MILLI = 1_000_000;
    private static final long WALL_START_MILLIS = 1_800_000_000_000L;

    private record Event(long at, long order, Runnable run) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now;
    private long lastOrder;

    long now() {
        return now;
    }

    long nowMillis() {
        return now / MILLI;
    }

    long wallMillis() {
        return WALL_START_MILLIS + now / MILLI;
    }

    @Override
    public void after(long delayNanos, Runnable run) {
        at(now + Math.max(0, delayNanos), run);
    }

    void at(long instant, Runnable run) {
        events.add(new Event(Math.max(now, instant), ++lastOrder, run));
    }

    /** Lets the next event happen; false if there is none up to the end. */
    boolean step(long end) {
        @Nullable Event next = events.peek();
        if (next == null || next.at() > end) {
            now = Math.max(now, end);
            return false;
        }
        events.poll();
        now = next.at();
        next.run().run();
        return true;
    }
}
