package org.holdfast.telemetry;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;

/** Lines in the shape of Corosync's log: time, level, subsystem, text. */
final class LineFormat {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("MMM dd HH:mm:ss.SSS", Locale.ROOT);

    private final LogSetup.Timestamp timestamp;
    private final boolean journal;
    private final ZoneId zone;

    LineFormat(LogSetup.Timestamp timestamp, boolean journal, ZoneId zone) {
        this.timestamp = timestamp;
        this.journal = journal;
        this.zone = zone;
    }

    /** The line with its end; line ends within the text cannot make it look like two events. */
    String format(Instant when, LogEvent event) {
        StringBuilder line = new StringBuilder(event.text().length() + 64);
        if (journal) {
            line.append('<').append(priority(event.level())).append('>');
        } else {
            switch (timestamp) {
                case OFF -> {}
                case SECONDS -> line.append(SECONDS.format(when.atZone(zone))).append(' ');
                case MILLIS -> line.append(MILLIS.format(when.atZone(zone))).append(' ');
            }
            line.append(String.format(Locale.ROOT, "%-8s", name(event.level())));
        }
        line.append('[').append(event.subsystem()).append("] ");
        line.append(event.text().replace("\n", "\\n").replace("\r", "\\r"));
        return line.append('\n').toString();
    }

    private static String name(Level level) {
        return switch (level) {
            case CRITICAL -> "crit";
            default -> level.name().toLowerCase(Locale.ROOT);
        };
    }

    /** The number of syslog(3). */
    static int priority(Level level) {
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
