package org.holdfast.totem.ring;

import java.util.Arrays;
import org.holdfast.totem.ClusterTimer;

/**
 * The ring's timers. Most are set again at every token and hardly ever fire, so a deadline that
 * moves later is only noted; the timer outside is set when it is not running or must run earlier.
 */
final class RingTimers {

    private static final long NONE = Long.MAX_VALUE;

    private final RingPort port;
    private final long[] deadlines = new long[ClusterTimer.values().length];
    private final long[] running = new long[ClusterTimer.values().length];

    RingTimers(RingPort port) {
        this.port = port;
        Arrays.fill(deadlines, NONE);
        Arrays.fill(running, NONE);
    }

    /** Sets the timer to a time from now; replaces its deadline. */
    void set(ClusterTimer timer, int delayMillis) {
        setNanos(timer, delayMillis * 1_000_000L);
    }

    void setNanos(ClusterTimer timer, long delayNanos) {
        int index = timer.ordinal();
        long deadline = port.nowNanos() + delayNanos;
        deadlines[index] = deadline;
        if (running[index] == NONE || deadline < running[index]) {
            running[index] = deadline;
            port.setTimer(timer, deadline);
        }
    }

    boolean isSet(ClusterTimer timer) {
        return deadlines[timer.ordinal()] != NONE;
    }

    void cancel(ClusterTimer timer) {
        deadlines[timer.ordinal()] = NONE;
    }

    /** Takes a firing from outside; answers whether the deadline that counts has come. */
    boolean fired(ClusterTimer timer) {
        int index = timer.ordinal();
        running[index] = NONE;
        if (deadlines[index] == NONE) {
            return false;
        }
        if (port.nowNanos() < deadlines[index]) {
            running[index] = deadlines[index];
            port.setTimer(timer, deadlines[index]);
            return false;
        }
        deadlines[index] = NONE;
        return true;
    }
}
