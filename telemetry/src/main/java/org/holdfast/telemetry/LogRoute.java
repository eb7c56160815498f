package org.holdfast.telemetry;

import java.nio.file.Path;
import org.holdfast.kernel.LogEvent.Level;
import org.jspecify.annotations.Nullable;

/**
 * Where lines go, by their priority. Priorities are the numbers of syslog(3): 0 is an emergency, 7
 * is debugging; a line goes to a place if its number is not above that place's.
 *
 * @param stderrMax for standard error, {@link #NOWHERE} for none
 * @param file the log file, or null
 * @param fileMax for the file
 * @param facility the system log's facility as syslog(3) gives it, not shifted: 3 is daemon, 16 is
 *     local0
 * @param syslogMax for the system's log, {@link #NOWHERE} for none
 */
public record LogRoute(
        int stderrMax, @Nullable Path file, int fileMax, int facility, int syslogMax) {

    /** No line goes there. */
    public static final int NOWHERE = -1;

    /** The facility of daemons. */
    public static final int DAEMON = 3;

    /** No line goes anywhere. */
    public static LogRoute nowhere() {
        return new LogRoute(NOWHERE, null, NOWHERE, DAEMON, NOWHERE);
    }

    /** Into a file alone, lines of that level and above. */
    public static LogRoute toFile(Path file, Level lowest) {
        return new LogRoute(NOWHERE, file, priority(lowest), DAEMON, NOWHERE);
    }

    /** Whether a line of that priority goes anywhere. */
    boolean wants(int priority) {
        return priority <= stderrMax
                || priority <= syslogMax
                || file != null && priority <= fileMax;
    }

    /** A level's number. */
    public static int priority(Level level) {
        return switch (level) {
            case CRITICAL -> 2;
            case ERROR -> 3;
            case WARNING -> 4;
            case NOTICE -> 5;
            case INFO -> 6;
            case DEBUG -> 7;
        };
    }
}
