package org.holdfast.tools.report;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a log that lies between two times. Knows syslog's stamps ({@code Nov 21 03:43:53})
 * and ISO 8601's; a line without one belongs to the line before it. Times are local ones.
 */
final class LogExtract {

    private static final Pattern SYSLOG =
            Pattern.compile("^([A-Z][a-z]{2}) +(\\d{1,2}) (\\d{2}):(\\d{2}):(\\d{2}).*");
    private static final Pattern ISO =
            Pattern.compile("^(\\d{4})-(\\d{2})-(\\d{2})[T ](\\d{2}):(\\d{2}):(\\d{2}).*");
    private static final List<String> MONTHS =
            List.of(
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec");

    private final LocalDateTime from;
    private final LocalDateTime to;

    /** What lies between two times, both included. */
    LogExtract(LocalDateTime from, LocalDateTime to) {
        this.from = from;
        this.to = to;
    }

    /** The lines of a log that belong to the time. */
    String of(String log) {
        StringBuilder kept = new StringBuilder();
        boolean inside = false;
        for (String line : log.split("\n")) {
            LocalDateTime at = stamp(line);
            if (at != null) {
                inside = !at.isBefore(from) && !at.isAfter(to);
            }
            if (inside) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString();
    }

    private @org.jspecify.annotations.Nullable LocalDateTime stamp(String line) {
        try {
            Matcher iso = ISO.matcher(line);
            if (iso.matches()) {
                return LocalDateTime.of(
                        number(iso, 1),
                        number(iso, 2),
                        number(iso, 3),
                        number(iso, 4),
                        number(iso, 5),
                        number(iso, 6));
            }
            Matcher syslog = SYSLOG.matcher(line);
            int month = syslog.matches() ? MONTHS.indexOf(syslog.group(1)) : -1;
            if (month < 0) {
                return null;
            }
            LocalDateTime at =
                    LocalDateTime.of(
                            to.getYear(),
                            Month.of(month + 1),
                            number(syslog, 2),
                            number(syslog, 3),
                            number(syslog, 4),
                            number(syslog, 5));
            // Such a stamp has no year: December in a report of January is last year's.
            return at.isAfter(to.plusMonths(1)) ? at.minusYears(1) : at;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * Reads a time as users type it: {@code YYYY-M-D H:M:S}, {@code YYYY-M-D} or {@code H:M:S}.
     *
     * @param now the local time now, for the day where none is given
     * @throws DateTimeException if it is none
     */
    static LocalDateTime parse(String text, LocalDateTime now) {
        Matcher matcher =
                Pattern.compile(
                                "(?:(\\d{4})-(\\d{1,2})-(\\d{1,2}))?[ T]*"
                                        + "(?:(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2}))?)?")
                        .matcher(text.strip());
        if (text.isBlank() || !matcher.matches()) {
            throw new DateTimeException("not a time: " + text);
        }
        boolean hasDay = matcher.group(1) != null;
        boolean hasTime = matcher.group(4) != null;
        return LocalDateTime.of(
                hasDay ? number(matcher, 1) : now.getYear(),
                hasDay ? number(matcher, 2) : now.getMonthValue(),
                hasDay ? number(matcher, 3) : now.getDayOfMonth(),
                hasTime ? number(matcher, 4) : 0,
                hasTime ? number(matcher, 5) : 0,
                matcher.group(6) == null ? 0 : number(matcher, 6));
    }

    /** The local time of a moment. */
    static LocalDateTime local(long epochSeconds, int offsetSeconds) {
        return LocalDateTime.ofEpochSecond(
                epochSeconds, 0, ZoneOffset.ofTotalSeconds(offsetSeconds));
    }

    /** A time as the report's texts show it. */
    static String show(LocalDateTime time) {
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02d %02d:%02d:%02d",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour(),
                time.getMinute(),
                time.getSecond());
    }
}
