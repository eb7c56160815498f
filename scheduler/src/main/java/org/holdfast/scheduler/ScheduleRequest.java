package org.holdfast.scheduler;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.ScoreLog;
import org.jspecify.annotations.Nullable;

/**
 * What to schedule.
 *
 * @param cib the whole CIB in the newest schema
 * @param now epoch seconds at which rules are evaluated and failures expire
 * @param statusOnly stop after the status is known; nothing is placed
 * @param scores takes score lines
 * @param showUtilization whether utilization is among the score lines
 * @param localNode the node that asks, if known
 */
public record ScheduleRequest(
        Element cib,
        long now,
        boolean statusOnly,
        ScoreLog scores,
        boolean showUtilization,
        @Nullable String localNode) {

    /** A plain request: everything decided, no score lines. */
    public static ScheduleRequest of(Element cib, long now) {
        return new ScheduleRequest(cib, now, false, ScoreLog.NONE, false, null);
    }
}
