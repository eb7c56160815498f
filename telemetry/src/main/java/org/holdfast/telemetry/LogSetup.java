package org.holdfast.telemetry;

import java.nio.file.Path;
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
 * @param lowest lines below this level are dropped
 */
public record LogSetup(
        boolean toStderr, boolean journal, @Nullable Path file, Timestamp timestamp, Level lowest) {

    /** How a line's time is written. */
    public enum Timestamp {
        /** Not at all. */
        OFF,
        /** To the second. */
        SECONDS,
        /** To the millisecond. */
        MILLIS
    }

    /** Standard error alone, for the time before the configuration is read. */
    public static LogSetup early(boolean journal) {
        return new LogSetup(true, journal, null, Timestamp.MILLIS, Level.INFO);
    }
}
