package org.holdfast.cib.time;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Moments and durations to text. */
public final class TimeFormat {

    /** What a text shows. */
    public enum Part {
        /** The date, as year, month and day unless another form is asked for. */
        DATE,
        /** The time of day. */
        TIME,
        /** In its own zone instead of UTC. */
        ZONE,
        /** The date as year and day of the year. */
        ORDINAL,
        /** The date as year, week and weekday. */
        WEEKS,
        /** Nothing but the seconds since year 1. */
        SECONDS,
        /** Nothing but the seconds since 1970. */
        EPOCH,
        /** As a duration, with units. */
        DURATION
    }

    private TimeFormat() {}

    /** Date and time in the moment's own zone. */
    public static String local(CibTime time) {
        return format(time, EnumSet.of(Part.DATE, Part.TIME, Part.ZONE));
    }

    /** The text of a time; undefined times have one too. */
    public static String format(CibTime time, Set<Part> parts) {
        if (!time.isDefined()) {
            return "<undefined time>";
        }
        if (parts.contains(Part.DURATION)) {
            return duration(time);
        }
        if (parts.contains(Part.SECONDS)) {
            return Long.toString(time.seconds());
        }
        if (parts.contains(Part.EPOCH)) {
            return Long.toString(time.epochSeconds());
        }
        CibTime shown =
                time.offsetSeconds() != 0 && !parts.contains(Part.ZONE) ? time.toUtc() : time;
        StringBuilder out = new StringBuilder();
        if (parts.contains(Part.DATE)) {
            out.append(date(shown, parts));
        }
        if (parts.contains(Part.TIME)) {
            if (!out.isEmpty()) {
                out.append(' ');
            }
            int seconds = Math.abs(shown.secondsOfDay());
            out.append(clock("%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60));
            if (parts.contains(Part.ZONE) && shown.offsetSeconds() != 0) {
                int offset = Math.abs(shown.offsetSeconds());
                out.append(shown.offsetSeconds() < 0 ? " -" : " +")
                        .append(clock("%02d:%02d", offset / 3600, offset / 60 % 60));
            } else {
                out.append('Z');
            }
        }
        return out.toString();
    }

    private static String date(CibTime time, Set<Part> parts) {
        if (parts.contains(Part.WEEKS)) {
            if (time.days() <= 0) {
                return "";
            }
            CibTime.WeekDate date = time.weekDate();
            return clock("%d-W%02d-%d", date.year(), date.week(), date.day());
        }
        if (parts.contains(Part.ORDINAL)) {
            return clock("%d-%03d", unsigned(time.years()), unsigned(time.days()));
        }
        CibTime.MonthDate date = time.monthDate();
        return clock(
                "%04d-%02d-%02d",
                unsigned(date.year()), unsigned(date.month()), unsigned(date.day()));
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    private static String clock(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String duration(CibTime time) {
        StringBuilder out = new StringBuilder();
        unit(out, "%4d year%s ", time.years());
        unit(out, "%2d month%s ", time.months());
        unit(out, "%2d day%s ", time.days());
        int seconds = time.secondsOfDay();
        if (out.isEmpty() || seconds != 0) {
            out.append(seconds).append(" second").append(plural(seconds));
        }
        if (Math.abs((long) seconds) >= 60) {
            long left = Math.abs((long) seconds);
            StringBuilder units = new StringBuilder();
            appendUnit(units, left / 3600, "hour");
            appendUnit(units, left / 60 % 60, "minute");
            if (left % 60 != 0) {
                separate(units).append(left % 60).append(" second").append(plural(seconds));
            }
            out.append(" (").append(units).append(')');
        }
        return out.toString();
    }

    private static void unit(StringBuilder out, String format, int value) {
        if (value != 0) {
            out.append(clock(format, value, plural(value)));
        }
    }

    private static void appendUnit(StringBuilder out, long value, String name) {
        if (value != 0) {
            separate(out).append(value).append(' ').append(name).append(plural(value));
        }
    }

    private static StringBuilder separate(StringBuilder out) {
        return out.isEmpty() ? out : out.append(' ');
    }

    private static String plural(long value) {
        return value == 1 ? "" : "s";
    }
}
