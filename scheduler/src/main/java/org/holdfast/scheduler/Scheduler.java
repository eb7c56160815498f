package org.holdfast.scheduler;

import org.holdfast.scheduler.model.Cluster;

/** Runs the stages in order. Stateless; every call is on its own. */
public final class Scheduler {

    private Scheduler() {}

    /**
     * Decides what to do for a CIB.
     *
     * @return the working state at the end of the run: status, placement, actions
     */
    public static Cluster schedule(ScheduleRequest request) {
        throw new UnsupportedOperationException("not connected yet: " + request.now());
    }
}
