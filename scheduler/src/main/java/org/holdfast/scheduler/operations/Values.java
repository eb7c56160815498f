package org.holdfast.scheduler.operations;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads booleans, times and intervals as the CIB writes them. */
public final class Values {

    private Values() {}

    /** True or false in any of the accepted spellings; null for anything else. */
    public static @Nullable Boolean bool(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "y", "1" -> Boolean.TRUE;
            case "false", "off", "no", "n", "0" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** Whether the text says true. */
    public static boolean isTrue(@Nullable String text) {
        return Boolean.TRUE.equals(bool(text));
    }

    /** An interval of an operation in milliseconds; 0 for null or text that is none. */
    public static long intervalMillis(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        Long millis = text.charAt(0) == 'P' ? AttributeSource.durationMillis(text) : millis(text);
        return millis == null ? 0 : Math.clamp(millis, 0, 0xFFFF_FFFFL);
    }

    /** A whole number as history entries hold it; 0 for null or text that is none. */
    public static long unsigned(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** A number with an optional unit (seconds if none) in milliseconds; null if it is none. */
    public static @Nullable Long millis(String text) {
        int at = skipSpace(text, 0);
        int begin = at;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int digits = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (digits == at) {
            return null;
        }
        long number = parseLong(text.substring(begin, at));
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        at = skipSpace(text, at);
        String unit = text.substring(at).toLowerCase(Locale.ROOT);
        if (unit.isEmpty() || unit.startsWith("s")) {
            return times(number, 1000);
        }
        if (unit.startsWith("ms")) {
            return number;
        }
        if (unit.startsWith("us")) {
            return number / 1000;
        }
        if (unit.startsWith("m")) {
            return times(number, 60_000);
        }
        return unit.startsWith("h") ? times(number, 3_600_000) : null;
    }

    /** Milliseconds as whole seconds, rounded, and at least 1 unless 0. */
    public static long seconds(long millis) {
        return millis > 0 && millis < 1000 ? 1 : (millis + 500) / 1000;
    }

    /** A date and time as epoch seconds; null if it is none. */
    static @Nullable Long epochSeconds(String text) {
        return AttributeSource.epochSeconds(text);
    }

    private static long times(long number, long factor) {
        long limit = Long.MAX_VALUE / factor;
        return number > limit ? Long.MAX_VALUE : number < -limit ? Long.MIN_VALUE : number * factor;
    }

    private static long parseLong(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
