package org.holdfast.telemetry;

import java.time.Instant;
import org.holdfast.kernel.LogEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the log.
 *
 * @param when when it was logged
 * @param origin the place in the program that it comes from, or null if nobody wants to know
 */
record Line(Instant when, LogEvent event, @Nullable StackTraceElement origin) {

    /** The number of syslog(3). */
    int priority() {
        return LogRoute.priority(event.level());
    }
}
