package org.holdfast.scheduler;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.model.ScoreLog;
import org.jspecify.annotations.Nullable;

/**
 * What to schedule.
 *
 * @param cib the whole CIB in the newest schema
 * @param time when rules are evaluated and failures expire, and the zone of dates without one
 * @param scores takes score lines
 * @param localNode the node that asks, if known
 */
public record ScheduleRequest(
        Element cib, TimeContext time, ScoreLog scores, @Nullable String localNode) {

    /** A plain request without score lines, at an epoch second. */
    public static ScheduleRequest of(Element cib, long nowSeconds) {
        return new ScheduleRequest(cib, TimeContext.utc(nowSeconds), ScoreLog.NONE, null);
    }
}
