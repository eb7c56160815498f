package org.holdfast.scheduler.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the value types of CIB options: booleans, whole numbers, time spans. */
public final class Values {

    /** Time spans in milliseconds end here. */
    public static final long MAX_INTERVAL_MILLIS = 0xFFFFFFFFL;

    private Values() {}

    /** Whether the text is one of the words for true. */
    public static boolean isTrue(@Nullable String text) {
        return Boolean.TRUE.equals(bool(text));
    }

    /** True or false, or null for text that is neither. */
    public static @Nullable Boolean bool(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "y", "1" -> true;
            case "false", "off", "no", "n", "0" -> false;
            default -> null;
        };
    }

    /** Whether the text is there and equal but for case. */
    public static boolean same(@Nullable String text, String word) {
        return text != null && text.equalsIgnoreCase(word);
    }

    /**
     * The number at the beginning of the text, at least {@code minimum}, which also is the
     * fallback.
     */
    public static int atLeast(@Nullable String text, int minimum) {
        long value = number(text, minimum);
        return (int) Math.max(minimum, Math.min(Integer.MAX_VALUE, value));
    }

    /** The number at the beginning of the text, or the fallback. */
    public static long number(@Nullable String text, long fallback) {
        if (text == null) {
            return fallback;
        }
        int end = numberEnd(text);
        String digits = text.substring(0, end).strip();
        if (digits.isEmpty() || digits.equals("-") || digits.equals("+")) {
            return fallback;
        }
        try {
            return Long.parseLong(digits.startsWith("+") ? digits.substring(1) : digits);
        } catch (NumberFormatException e) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Whether the text begins with a number. */
    public static boolean isNumber(@Nullable String text) {
        return text != null && number(text, Long.MIN_VALUE + 1) != Long.MIN_VALUE + 1;
    }

    private static int numberEnd(String text) {
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /**
     * A time span with a unit (seconds if there is none) or as ISO 8601 duration.
     *
     * @return milliseconds, 0 for null and for text that is no time span
     */
    public static long intervalMillis(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        long millis = text.startsWith("P") ? durationMillis(text) : spanMillis(text);
        return Math.max(0, Math.min(MAX_INTERVAL_MILLIS, millis));
    }

    /** Milliseconds in whole seconds, rounded, but never to zero. */
    public static long seconds(long millis) {
        if (millis <= 0) {
            return 0;
        }
        return millis < 1000 ? 1 : (millis + 500) / 1000;
    }

    /** A time span with a unit; -1 for text that is none. */
    public static long spanMillis(String text) {
        int end = numberEnd(text);
        long number = number(text, Long.MIN_VALUE);
        if (number == Long.MIN_VALUE) {
            return -1;
        }
        while (end < text.length()
                && (text.charAt(end) == '.' || Character.isDigit(text.charAt(end)))) {
            end++;
        }
        String unit = text.substring(end).strip().toLowerCase(Locale.ROOT);
        if (unit.isEmpty() || unit.startsWith("s")) {
            return saturated(number, 1000);
        }
        if (unit.startsWith("ms")) {
            return number;
        }
        if (unit.startsWith("us")) {
            return number / 1000;
        }
        if (unit.startsWith("m")) {
            return saturated(number, 60_000);
        }
        return unit.startsWith("h") ? saturated(number, 3_600_000) : -1;
    }

    private static long saturated(long number, long factor) {
        return number > Long.MAX_VALUE / factor ? Long.MAX_VALUE : number * factor;
    }

    /** Days and times of an ISO 8601 duration; months count 30 days, years 365. */
    private static long durationMillis(String text) {
        long seconds = 0;
        boolean time = false;
        long number = -1;
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'T') {
                time = true;
            } else if (c >= '0' && c <= '9') {
                number = Math.min(1_000_000_000_000L, Math.max(0, number) * 10 + (c - '0'));
            } else {
                long unit = unitSeconds(c, time);
                if (unit == 0 || number < 0) {
                    return -1;
                }
                seconds += number * unit;
                number = -1;
            }
        }
        return number >= 0 ? -1 : seconds * 1000;
    }

    private static long unitSeconds(char unit, boolean time) {
        return switch (unit) {
            case 'Y' -> 365 * 86_400L;
            case 'M' -> time ? 60 : 30 * 86_400L;
            case 'W' -> 7 * 86_400L;
            case 'D' -> 86_400;
            case 'H' -> 3600;
            case 'S' -> 1;
            default -> 0;
        };
    }
}
