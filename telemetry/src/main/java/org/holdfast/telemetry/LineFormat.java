package org.holdfast.telemetry;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.holdfast.kernel.LogEvent.Level;

/**
 * Lines in the shapes that Corosync's have: on standard error time, level, subsystem, text; in
 * files the process as well; in the system's log without a level. Line ends within a text cannot
 * make it look like two events.
 *
 * @param program who logs: the program's name
 * @param pid its process id
 * @param host the machine's name, up to the first dot
 * @param zone of the times
 */
record LineFormat(LogSetup.Style style, String program, long pid, String host, ZoneId zone) {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    /** Detail is sent as information: systems' logs throw debugging away. */
    private static final int SYSLOG_PRIORITY_MAX = 6;

    /** For standard error. */
    String terminal(Line line) {
        return time(line) + level(line) + rest(line) + "\n";
    }

    /** For standard error that the journal reads, which knows time, machine and process. */
    String journal(Line line) {
        return "<" + line.priority() + ">" + rest(line) + "\n";
    }

    /** For a file. */
    String file(Line line) {
        String process = "[" + pid + "] " + host + " " + program + " ";
        return time(line) + process + level(line) + rest(line) + "\n";
    }

    /** For the system's log, by RFC 3164. */
    String syslog(Line line, int facility) {
        int priority = facility << 3 | Math.min(line.priority(), SYSLOG_PRIORITY_MAX);
        String when = SYSLOG.format(local(line));
        return "<" + priority + ">" + when + " " + program + "[" + pid + "]:   " + rest(line);
    }

    private ZonedDateTime local(Line line) {
        return line.when().atZone(zone);
    }

    private String time(Line line) {
        return switch (style.timestamp()) {
            case OFF -> "";
            case SECONDS -> SECONDS.format(local(line)) + " ";
            case MILLIS -> MILLIS.format(local(line)) + " ";
        };
    }

    private static String level(Line line) {
        Level level = line.event().level();
        String name = level == Level.CRITICAL ? "crit" : level.name().toLowerCase(Locale.ROOT);
        return String.format(Locale.ROOT, "%-8s", name);
    }

    private String rest(Line line) {
        return String.format(Locale.ROOT, "[%-6s] ", line.event().subsystem())
                + origin(line)
                + line.event().text().replace("\n", "\\n").replace("\r", "\\r");
    }

    private String origin(Line line) {
        StackTraceElement origin = line.origin();
        if (origin == null || !style.hasOrigin()) {
            return "";
        }
        String method = style.function() ? Origins.methodName(origin.getMethodName()) : "";
        if (!style.fileLine()) {
            return method + " ";
        }
        String between = method.isEmpty() ? ":" : ":" + method + ":";
        return origin.getFileName() + between + origin.getLineNumber() + " ";
    }
}
