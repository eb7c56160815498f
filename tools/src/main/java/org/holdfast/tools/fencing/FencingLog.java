package org.holdfast.tools.fencing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.controlapi.ManagerRequest.FencingHistory;
import org.holdfast.controlapi.RequestRefused;
import org.jspecify.annotations.Nullable;

/**
 * Past and pending fencing.
 *
 * @param events pending ones, then the others, newest first
 * @param problem why it is not known, or null
 */
public record FencingLog(List<FencingEvent> events, @Nullable String problem) {

    /** Nothing ever happened. */
    public static final FencingLog EMPTY = new FencingLog(List.of(), null);

    /** A log of its own. */
    public FencingLog {
        events = List.copyOf(events);
    }

    /** Asks a running node. */
    public static FencingLog of(ClusterConnection cluster, Duration timeout) {
        try {
            return of(cluster, null, timeout);
        } catch (RequestRefused e) {
            return new FencingLog(List.of(), e.getMessage());
        }
    }

    /** Asks a running node for the events of one target, or of all. */
    static FencingLog of(ClusterConnection cluster, @Nullable String target, Duration timeout)
            throws RequestRefused {
        return sorted(cluster.call(new FencingHistory(target), timeout).events());
    }

    /** A log of events that came in any order. */
    public static FencingLog sorted(List<FencingEvent> events) {
        List<FencingEvent> sorted = new ArrayList<>(events);
        sorted.sort(
                Comparator.comparing((FencingEvent event) -> isOver(event))
                        .thenComparing(
                                FencingEvent::completedEpochSeconds, Comparator.reverseOrder()));
        return new FencingLog(sorted, null);
    }

    /** Without events that are like a newer one, as a display that goes on shows it. */
    public FencingLog reduced() {
        List<FencingEvent> kept = new ArrayList<>();
        for (FencingEvent event : events) {
            if (!isOver(event) || kept.stream().noneMatch(newer -> repeats(event, newer))) {
                kept.add(event);
            }
        }
        return new FencingLog(kept, problem);
    }

    private static boolean repeats(FencingEvent event, FencingEvent newer) {
        return event.target().equalsIgnoreCase(newer.target())
                && event.action().equals(newer.action())
                && event.state().equals(newer.state())
                && (!isFailed(event) || isSame(event.delegate(), newer.delegate()));
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equalsIgnoreCase(other);
    }

    /** Whether an event is over and failed. */
    public static boolean isFailed(FencingEvent event) {
        return event.state().equals("failed");
    }

    /** Whether an event is not over. */
    public static boolean isPending(FencingEvent event) {
        return !isOver(event);
    }

    private static boolean isOver(FencingEvent event) {
        return isFailed(event) || event.state().equals("success");
    }

    /** Who did later what failed in an event; null if nobody did. */
    public @Nullable String laterSuccess(FencingEvent event) {
        String other = null;
        for (FencingEvent later : events) {
            if (later == event) {
                break;
            }
            if (later.state().equals("success")
                    && later.target().equalsIgnoreCase(event.target())
                    && later.action().equals(event.action())
                    && event.completedEpochSeconds() < later.completedEpochSeconds()) {
                String by = later.delegate();
                if (event.delegate() == null || isSame(event.delegate(), by)) {
                    return by;
                }
                other = other != null ? other : by == null ? "some node" : by;
            }
        }
        return other;
    }
}
