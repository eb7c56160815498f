package org.holdfast.tools.simulate;

import org.holdfast.cib.time.TimeContext;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;

/** The time that a simulation takes for the present. */
final class EffectiveTime {

    private EffectiveTime() {}

    /** The user's time, or the fallback if there is none that can be understood. */
    static long seconds(SimulateOptions options, long fallback) {
        String date = options.value("set-datetime");
        if (date == null) {
            return fallback;
        }
        try {
            return TimeParser.parseDate(date, TimeContext.utc(fallback)).epochSeconds();
        } catch (TimeSyntaxException e) {
            return fallback;
        }
    }
}
