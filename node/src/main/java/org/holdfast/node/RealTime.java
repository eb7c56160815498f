package org.holdfast.node;

import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.linux.LinuxException;
import org.holdfast.linux.Scheduling;
import org.holdfast.telemetry.Telemetry;

/**
 * The token must not wait for other programs' turns ({@code system.sched_rr}). Without the right to
 * it the ring works, with less reserve. For any thread.
 */
final class RealTime {

    private final boolean wanted;
    private final Telemetry telemetry;

    RealTime(boolean wanted, Telemetry telemetry) {
        this.wanted = wanted;
        this.telemetry = telemetry;
    }

    /** For the calling thread. */
    void take(int priority) {
        if (!wanted) {
            return;
        }
        try {
            Scheduling.roundRobin(priority);
        } catch (LinuxException e) {
            telemetry.log(Level.INFO, "MAIN", "No real-time scheduling: " + e.getMessage());
        }
    }

    /**
     * The garbage collector stops all threads for microseconds with one thread's help; if that
     * waits for a processor, so does the ring.
     */
    void giveToCollector(int priority) {
        if (!wanted) {
            return;
        }
        try {
            Scheduling.roundRobin("VM Thread", priority);
        } catch (LinuxException noRight) {
            // The ring's thread has said so.
        }
    }
}
