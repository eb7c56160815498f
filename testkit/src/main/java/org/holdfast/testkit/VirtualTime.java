package org.holdfast.testkit;

import java.util.PriorityQueue;

/**
 * A clock that jumps from one planned event to the next. Events of the same time happen in the
 * order in which they were planned.
 */
public final class VirtualTime {

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long planned;
    private long happened;

    /** Something that will happen unless it is cancelled. */
    public static final class Event implements Comparable<Event> {
        private final long atNanos;
        private final long number;
        private final Runnable action;
        private boolean cancelled;

        private Event(long atNanos, long number, Runnable action) {
            this.atNanos = atNanos;
            this.number = number;
            this.action = action;
        }

        /** It will not happen. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** The present time in nanoseconds; starts at 0. */
    public long nowNanos() {
        return nowNanos;
    }

    /** How many events have happened. */
    public long happened() {
        return happened;
    }

    /** Plans something for a time, which is not before the present. */
    public Event at(long atNanos, Runnable action) {
        Event event = new Event(Math.max(atNanos, nowNanos), planned++, action);
        events.add(event);
        return event;
    }

    /** Plans something for a time from now. */
    public Event after(long delayNanos, Runnable action) {
        return at(nowNanos + delayNanos, action);
    }

    /**
     * Makes the next event happen.
     *
     * @return false when there is none at or before this time; then the clock stands at that time
     */
    public boolean runNext(long untilNanos) {
        while (true) {
            Event next = events.peek();
            if (next == null || next.atNanos > untilNanos) {
                nowNanos = Math.max(nowNanos, untilNanos);
                return false;
            }
            events.remove();
            if (!next.cancelled) {
                nowNanos = next.atNanos;
                happened++;
                next.action.run();
                return true;
            }
        }
    }
}
