package org.holdfast.node;

import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of a core's timers. Each timer has one deadline at most. Not thread-safe.
 *
 * @param <T> the core's type of timer names
 */
final class TimerQueue<T> {

    private record Entry<T>(T timer, long deadlineNanos) {}

    private final Map<T, Entry<T>> current = new HashMap<>();
    private final PriorityQueue<Entry<T>> byDeadline =
            new PriorityQueue<>(
                    // Nano times are compared by difference: they may wrap.
                    (a, b) -> Long.signum(a.deadlineNanos() - b.deadlineNanos()));

    void set(T timer, long deadlineNanos) {
        Entry<T> entry = new Entry<>(timer, deadlineNanos);
        current.put(timer, entry);
        byDeadline.add(entry);
        if (byDeadline.size() > 64 && byDeadline.size() > 4 * current.size()) {
            byDeadline.removeIf(old -> current.get(old.timer()) != old);
        }
    }

    void cancel(T timer) {
        current.remove(timer);
    }

    /** Takes the next timer that is due, or null. */
    @Nullable T poll(long nowNanos) {
        Entry<T> first = first();
        if (first == null || first.deadlineNanos() - nowNanos > 0) {
            return null;
        }
        byDeadline.remove();
        current.remove(first.timer());
        return first.timer();
    }

    /** Nanoseconds until the next deadline, 0 if it has passed, {@link Long#MAX_VALUE} if none. */
    long nanosToNext(long nowNanos) {
        Entry<T> first = first();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.deadlineNanos() - nowNanos);
    }

    private @Nullable Entry<T> first() {
        while (true) {
            Entry<T> first = byDeadline.peek();
            if (first == null || current.get(first.timer()) == first) {
                return first;
            }
            byDeadline.remove();
        }
    }
}
