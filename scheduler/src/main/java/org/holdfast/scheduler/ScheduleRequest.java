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
 * @param secretsHidden whether the CIB may be a copy whose secret values were taken out
 */
public record ScheduleRequest(
        Element cib,
        TimeContext time,
        ScoreLog scores,
        @Nullable String localNode,
        boolean secretsHidden) {

    /** A request for a CIB with its secrets. */
    public ScheduleRequest(
            Element cib, TimeContext time, ScoreLog scores, @Nullable String localNode) {
        this(cib, time, scores, localNode, false);
    }

    /** A plain request without score lines, at an epoch second. */
    public static ScheduleRequest of(Element cib, long nowSeconds) {
        return new ScheduleRequest(cib, TimeContext.utc(nowSeconds), ScoreLog.NONE, null);
    }
}
