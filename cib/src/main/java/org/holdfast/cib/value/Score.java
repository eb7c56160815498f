package org.holdfast.cib.value;

import org.jspecify.annotations.Nullable;

/** Scores: integers from -1,000,000 to 1,000,000, whose ends mean "never" and "always". */
public final class Score {

    /** As good as it gets; more is the same. */
    public static final int INFINITY = 1_000_000;

    private Score() {}

    /**
     * A score's value: an integer (clipped), {@code INFINITY}, {@code -INFINITY}, {@code
     * +INFINITY}, or a health colour (red as -INFINITY; yellow and green as 0).
     *
     * @return the score, or the fallback if there is no text or no number in it
     */
    public static int parse(@Nullable String text, int fallback) {
        if (text == null || !isValid(text)) {
            return clip(fallback);
        }
        return switch (text) {
            case "-INFINITY" -> -INFINITY;
            case "INFINITY", "+INFINITY" -> INFINITY;
            default -> {
                if (text.equalsIgnoreCase("red")) {
                    yield -INFINITY;
                }
                if (text.equalsIgnoreCase("yellow") || text.equalsIgnoreCase("green")) {
                    yield 0;
                }
                yield clip(IntegerText.valueOf(text, fallback));
            }
        };
    }

    /** Whether a text is read as a score, however much follows the number. */
    public static boolean isValid(String text) {
        return text.equals("INFINITY")
                || text.equals("+INFINITY")
                || text.equals("-INFINITY")
                || text.equalsIgnoreCase("red")
                || text.equalsIgnoreCase("yellow")
                || text.equalsIgnoreCase("green")
                || IntegerText.read(text, 0).status() != IntegerText.Status.NO_DIGITS;
    }

    /** The sum, where a negative infinity wins over everything and a positive one over the rest. */
    public static int add(int one, int other) {
        if (one <= -INFINITY || other <= -INFINITY) {
            return -INFINITY;
        }
        if (one >= INFINITY || other >= INFINITY) {
            return INFINITY;
        }
        return clip((long) one + other);
    }

    /** The text of a score, with the ends as words. */
    public static String text(int score) {
        if (score >= INFINITY) {
            return "INFINITY";
        }
        return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
    }

    private static int clip(long score) {
        return Math.clamp(score, -INFINITY, INFINITY);
    }
}
