package org.holdfast.telemetry;

import java.nio.file.Path;
import java.util.Set;
import org.holdfast.kernel.LogEvent.Level;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines go.
 *
 * @param toStderr whether they go to standard error
 * @param journal whether standard error is the journal's: lines begin with {@code <N>}, and without
 *     a time
 * @param file the log file, or null
 * @param timestamp how times are written in the file
 * @param lowest lines below this level do not reach standard error and the file
 * @param syslog the system's log, or null
 * @param debugged subsystems of which debug lines are written, too, in upper case
 */
public record LogSetup(
        boolean toStderr,
        boolean journal,
        @Nullable Path file,
        Timestamp timestamp,
        Level lowest,
        @Nullable Syslog syslog,
        Set<String> debugged) {

    /** Where syslog listens. */
    public static final String SYSLOG_SOCKET = "/dev/log";

    /** Copies. */
    public LogSetup {
        debugged = Set.copyOf(debugged);
    }

    /** Without the system's log and without debugging. */
    public LogSetup(
            boolean toStderr,
            boolean journal,
            @Nullable Path file,
            Timestamp timestamp,
            Level lowest) {
        this(toStderr, journal, file, timestamp, lowest, null, Set.of());
    }

    /**
     * The system's log.
     *
     * @param facility its number as syslog(3) gives it, not shifted: 3 is daemon, 16 is local0
     * @param lowest lines below this level are not sent
     */
    public record Syslog(int facility, Level lowest) {}

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
