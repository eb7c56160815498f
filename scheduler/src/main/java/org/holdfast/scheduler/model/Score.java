package org.holdfast.scheduler.model;

import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of scores: whole numbers from minus INFINITY to INFINITY, where minus INFINITY always
 * wins.
 */
public final class Score {

    /** The largest score. */
    public static final int INFINITY = 1_000_000;

    /** The smallest score: never. */
    public static final int MINUS_INFINITY = -INFINITY;

    private Score() {}

    /** The sum; minus INFINITY beats INFINITY, and both absorb every other number. */
    public static int add(int a, int b) {
        if (a <= MINUS_INFINITY || b <= MINUS_INFINITY) {
            return MINUS_INFINITY;
        }
        if (a >= INFINITY || b >= INFINITY) {
            return INFINITY;
        }
        return clamp((long) a + b);
    }

    /** The number brought into the range of scores. */
    public static int clamp(long value) {
        return (int) Math.max(MINUS_INFINITY, Math.min(INFINITY, value));
    }

    /** As the CIB and the tools write it: {@code INFINITY}, {@code -INFINITY} or the number. */
    public static String text(int score) {
        if (score >= INFINITY) {
            return "INFINITY";
        }
        return score <= MINUS_INFINITY ? "-INFINITY" : Integer.toString(score);
    }

    /**
     * Reads a score; besides numbers and INFINITY, the node health colours {@code red}, {@code
     * yellow} and {@code green} count here as minus INFINITY, 0 and 0 unless the caller replaced
     * them before.
     *
     * @return the score, or {@code fallback} for null or text that is no score
     */
    public static int parse(@Nullable String text, int fallback) {
        if (text == null) {
            return fallback;
        }
        return switch (text) {
            case "INFINITY", "+INFINITY", "infinity", "+infinity" -> INFINITY;
            case "-INFINITY", "-infinity" -> MINUS_INFINITY;
            default -> parseNumber(text.strip(), fallback);
        };
    }

    private static int parseNumber(String text, int fallback) {
        int end = 0;
        if (end < text.length() && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            end++;
        }
        int digits = end;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        if (digits == end) {
            return fallback;
        }
        if (end - digits > 15) {
            return text.charAt(0) == '-' ? MINUS_INFINITY : INFINITY;
        }
        return clamp(Long.parseLong(text.substring(0, end)));
    }
}
