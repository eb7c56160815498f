package org.holdfast.node;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Notices when the loop's thread was away for so long that the token may have been lost over it: no
 * processor for it, a suspended machine, a debugger. Threshold, sentence and keys ({@code
 * stats.schedmiss}) are Corosync's. Belongs to the loop's thread.
 */
final class PauseWatch {

    private static final int KEPT_MAX = 10;

    /** As a part of the token timeout. */
    private static final double THRESHOLD = 0.8;

    private static final double NANOS_A_MILLI = 1e6;

    private final List<Pause> last = new ArrayList<>();
    private final IntSupplier tokenMillis;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * A time in which the loop did not run.
     *
     * @param endEpochMillis when it ended
     * @param millis how long it was
     */
    record Pause(long endEpochMillis, float millis) {}

    /**
     * Watches nothing yet.
     *
     * @param tokenMillis the token timeout
     * @param log takes a line for each pause
     */
    PauseWatch(IntSupplier tokenMillis, InstantSource clock, Consumer<String> log) {
        this.tokenMillis = tokenMillis;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Tells of one turn of the loop.
     *
     * @param nanos from the last turn to this one
     * @param plannedNanos how much of that the loop was going to wait
     */
    void turned(long nanos, long plannedNanos) {
        double away = (nanos - plannedNanos) / NANOS_A_MILLI;
        double threshold = tokenMillis.getAsInt() * THRESHOLD;
        if (away <= threshold) {
            return;
        }
        long now = clock.millis();
        last.addFirst(new Pause(now, (float) away));
        if (last.size() > KEPT_MAX) {
            last.removeLast();
        }
        log.accept(
                String.format(
                        Locale.ROOT,
                        "Main process was not scheduled (@%d) for %.4f ms (threshold is %.4f ms)."
                                + " Consider token timeout increase.",
                        now,
                        away,
                        threshold));
    }

    /** The last ten pauses, the last one first. */
    List<Pause> last() {
        return List.copyOf(last);
    }

    /** Forgets them. */
    void clear() {
        last.clear();
    }
}
