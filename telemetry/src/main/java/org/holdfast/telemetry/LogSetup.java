package org.holdfast.telemetry;

import java.util.Locale;
import java.util.Map;
import org.holdfast.kernel.LogEvent;

/**
 * Where log lines go and what they look like.
 *
 * @param style what lines look like
 * @param journal whether standard error is the journal's: lines begin with {@code <N>}, and without
 *     a time
 * @param common where lines go
 * @param subsystems where those of single subsystems go instead, by their names in upper case
 */
public record LogSetup(
        Style style, boolean journal, LogRoute common, Map<String, LogRoute> subsystems) {

    /** Where syslog listens. */
    public static final String SYSLOG_SOCKET = "/dev/log";

    /** Copies. */
    public LogSetup {
        subsystems = Map.copyOf(subsystems);
    }

    /** Without times, origins and exceptions. */
    public LogSetup(LogRoute common) {
        this(new Style(Timestamp.OFF, false, false), false, common, Map.of());
    }

    /** Where an event goes. */
    LogRoute routeOf(LogEvent event) {
        return subsystems.isEmpty()
                ? common
                : subsystems.getOrDefault(event.subsystem().toUpperCase(Locale.ROOT), common);
    }

    /**
     * What a line shows beside its priority, subsystem and text.
     *
     * @param timestamp how its time is written
     * @param fileLine whether the source file and line that it comes from are shown
     * @param function whether the method that it comes from is shown
     */
    public record Style(Timestamp timestamp, boolean fileLine, boolean function) {

        boolean hasOrigin() {
            return fileLine || function;
        }
    }

    /** How a line's time is written. */
    public enum Timestamp {
        /** Not at all. */
        OFF,
        /** To the second. */
        SECONDS,
        /** To the millisecond. */
        MILLIS
    }
}
