package org.holdfast.telemetry;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
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

    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");

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
        StringBuilder when = new StringBuilder();
        appendTime(when, local(line), ' ');
        return "<" + priority + ">" + when + " " + program + "[" + pid + "]:   " + rest(line);
    }

    private LocalDateTime local(Line line) {
        return LocalDateTime.ofInstant(line.when(), zone);
    }

    private String time(Line line) {
        if (style.timestamp() == LogSetup.Timestamp.OFF) {
            return "";
        }
        StringBuilder text = new StringBuilder(24);
        LocalDateTime time = local(line);
        appendTime(text, time, '0');
        if (style.timestamp() == LogSetup.Timestamp.MILLIS) {
            text.append('.');
            appendNumber(text, time.getNano() / 1_000_000, 3, '0');
        }
        return text.append(' ').toString();
    }

    // Not with a formatter: the rules for all languages that it looks up take longer than all else
    // that a start logs.
    private static void appendTime(StringBuilder text, LocalDateTime time, char dayFiller) {
        text.append(MONTHS.get(time.getMonthValue() - 1)).append(' ');
        appendNumber(text, time.getDayOfMonth(), 2, dayFiller);
        text.append(' ');
        appendNumber(text, time.getHour(), 2, '0');
        text.append(':');
        appendNumber(text, time.getMinute(), 2, '0');
        text.append(':');
        appendNumber(text, time.getSecond(), 2, '0');
    }

    private static void appendNumber(StringBuilder text, int value, int digits, char filler) {
        String number = Integer.toString(value);
        text.repeat(filler, Math.max(0, digits - number.length())).append(number);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String level(Line line) {
        Level level = line.event().level();
        String name = level == Level.CRITICAL ? "crit" : level.name().toLowerCase(Locale.ROOT);
        return padded(name, 8);
    }

    private String rest(Line line) {
        return "["
                + padded(line.event().subsystem(), 6)
                + "] "
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
