package org.holdfast.node;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.transport.client.KeyChange;
import org.jspecify.annotations.Nullable;

/**
 * Programs that want to hear when keys of the configuration map change. The map is made when
 * somebody looks, so changes are found by looking: at once after what changes much, else several
 * times a second. Nobody looks while nobody tracks. Belongs to the loop's thread.
 *
 * @param <C> a program
 */
final class KeyTrackers<C> {

    /** Often enough for counters; what events change is looked at at once. */
    private static final long PERIOD_NANOS = 250_000_000;

    private static final int TRACKERS_MAX = 1000;

    private final Supplier<List<CmapEntry>> map;
    private final List<Tracker<C>> trackers = new ArrayList<>();
    private SortedMap<String, CmapEntry> last = new TreeMap<>();
    private long lookNanos;
    private boolean due;

    private record Tracker<C>(C program, String key, int what) {

        boolean wants(String changed, int kind) {
            boolean prefix = (what & KeyChange.PREFIX) != 0;
            boolean matches = prefix ? changed.startsWith(key) : changed.equals(key);
            return matches && (what & kind) != 0;
        }
    }

    /** Tells a program. */
    interface Listener<C> {
        void onChange(C program, KeyChange change);
    }

    KeyTrackers(Supplier<List<CmapEntry>> map) {
        this.map = map;
    }

    /**
     * Begins, changes or ends tracking.
     *
     * @param what bits of {@link KeyChange}; 0 ends it
     * @return false if there are too many
     */
    boolean track(C program, String key, int what) {
        trackers.removeIf(old -> old.program().equals(program) && old.key().equals(key));
        if (what == 0) {
            return true;
        }
        if (trackers.size() >= TRACKERS_MAX) {
            return false;
        }
        if (trackers.isEmpty()) {
            last = look();
            lookNanos = System.nanoTime() + PERIOD_NANOS;
        }
        return trackers.add(new Tracker<>(program, key, what));
    }

    void forget(C program) {
        trackers.removeIf(tracker -> tracker.program().equals(program));
    }

    /** Something has happened that changes keys. */
    void changed() {
        due = true;
    }

    long nanosToNextLook(long nowNanos) {
        return trackers.isEmpty() ? Long.MAX_VALUE : due ? 0 : Math.max(0, lookNanos - nowNanos);
    }

    /** Looks, if it is time, and tells. */
    void look(long nowNanos, Listener<C> listener) {
        if (trackers.isEmpty() || !due && nowNanos - lookNanos < 0) {
            return;
        }
        due = false;
        lookNanos = nowNanos + PERIOD_NANOS;
        SortedMap<String, CmapEntry> before = last;
        SortedMap<String, CmapEntry> now = look();
        last = now;
        SortedMap<String, CmapEntry> all = new TreeMap<>(before);
        all.putAll(now);
        for (String key : all.keySet()) {
            CmapEntry old = before.get(key);
            CmapEntry fresh = now.get(key);
            if (fresh == null || !fresh.equals(old)) {
                tell(change(key, old, fresh), listener);
            }
        }
    }

    private static KeyChange change(
            String key, @Nullable CmapEntry old, @Nullable CmapEntry fresh) {
        return new KeyChange(
                fresh == null ? KeyChange.DELETE : old == null ? KeyChange.ADD : KeyChange.MODIFY,
                key,
                fresh == null ? "" : fresh.type(),
                fresh == null ? "" : fresh.value(),
                old == null ? "" : old.type(),
                old == null ? "" : old.value());
    }

    private void tell(KeyChange change, Listener<C> listener) {
        for (Tracker<C> tracker : List.copyOf(trackers)) {
            if (tracker.wants(change.key(), change.kind())) {
                listener.onChange(tracker.program(), change);
            }
        }
    }

    private SortedMap<String, CmapEntry> look() {
        SortedMap<String, CmapEntry> found = new TreeMap<>();
        map.get().forEach(entry -> found.put(entry.key(), entry));
        return found;
    }
}
