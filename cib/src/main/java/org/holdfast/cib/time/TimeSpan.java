package org.holdfast.cib.time;

import java.util.Locale;
import org.holdfast.cib.value.IntegerText;
import org.jspecify.annotations.Nullable;

/** Spans of time as options give them: a number with an optional unit, or an ISO 8601 duration. */
public final class TimeSpan {

    /** The longest interval, in milliseconds: 2^32 - 1. */
    public static final long INTERVAL_MAX_MILLIS = 0xFFFFFFFFL;

    private TimeSpan() {}

    /**
     * Milliseconds of a number with unit (none and s, ms, us, m, h and longer spellings); fractions
     * of the number are ignored.
     *
     * @return milliseconds (clipped to the range of {@code long}), or null if there is no number or
     *     the unit is unknown
     */
    public static @Nullable Long parseMillis(String text) {
        IntegerText number = IntegerText.read(text, 0);
        if (number.status() == IntegerText.Status.NO_DIGITS) {
            return null;
        }
        int at = number.end();
        while (at < text.length()
                && (IntegerText.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        at = IntegerText.skipSpace(text, at);
        return scale(number.value(), text.substring(at).toLowerCase(Locale.ROOT));
    }

    private static @Nullable Long scale(long number, String unit) {
        if (unit.isEmpty() || unit.startsWith("s")) {
            return multiply(number, 1000);
        }
        if (unit.startsWith("ms")) {
            return number;
        }
        if (unit.startsWith("us")) {
            return number / 1000;
        }
        if (unit.startsWith("m")) {
            return multiply(number, 60_000);
        }
        return unit.startsWith("h") ? multiply(number, 3_600_000) : null;
    }

    private static long multiply(long number, long factor) {
        if (number > Long.MAX_VALUE / factor) {
            return Long.MAX_VALUE;
        }
        return number < Long.MIN_VALUE / factor ? Long.MIN_VALUE : number * factor;
    }

    /**
     * An interval in milliseconds from 0 to {@link #INTERVAL_MAX_MILLIS}: what {@link #parseMillis}
     * reads, or an ISO 8601 duration; no text is 0.
     *
     * @return the interval, or null if the text is neither or negative
     */
    public static @Nullable Long parseInterval(@Nullable String text) {
        if (text == null) {
            return 0L;
        }
        Long millis = text.startsWith("P") ? durationMillis(text) : parseMillis(text);
        if (millis == null || millis < 0) {
            return null;
        }
        return Math.min(millis, INTERVAL_MAX_MILLIS);
    }

    /** As {@link #parseInterval}, with 0 for everything that is not an interval. */
    public static long intervalMillis(@Nullable String text) {
        Long millis = parseInterval(text);
        return millis == null ? 0 : millis;
    }

    private static @Nullable Long durationMillis(String text) {
        try {
            CibTime duration = TimeParser.parseDuration(text);
            return Math.min(duration.seconds(), INTERVAL_MAX_MILLIS / 1000) * 1000;
        } catch (TimeSyntaxException e) {
            return null;
        }
    }

    /** An interval for people: {@code 1d2h3m4.005s}, {@code 250ms}; 0 is {@code 0s}. */
    public static String readable(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        long rest = millis;
        long[] sizes = {86_400_000, 3_600_000, 60_000};
        char[] units = {'d', 'h', 'm'};
        for (int i = 0; i < sizes.length; i++) {
            if (rest >= sizes[i]) {
                out.append(rest / sizes[i]).append(units[i]);
                rest %= sizes[i];
            }
        }
        if (rest >= 1000) {
            out.append(rest / 1000);
            rest %= 1000;
            if (rest > 0) {
                out.append('.').append(String.format(Locale.ROOT, "%03d", rest));
            }
            out.append('s');
        } else if (rest > 0) {
            out.append(rest).append("ms");
        }
        return out.toString();
    }
}
