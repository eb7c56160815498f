package org.holdfast.scheduler.operations;

import java.util.Locale;

/** Intervals as messages show them: {@code 1m30s}, {@code 0s}, {@code 500ms}. */
public final class ReadableInterval {

    private ReadableInterval() {}

    /** An interval in milliseconds. */
    public static String of(long millis) {
        if (millis == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        long rest = append(text, millis, 86_400_000, 'd');
        rest = append(text, rest, 3_600_000, 'h');
        rest = append(text, rest, 60_000, 'm');
        if (rest >= 1000) {
            text.append(rest / 1000);
            if (rest % 1000 > 0) {
                text.append(String.format(Locale.ROOT, ".%03d", rest % 1000));
            }
            text.append('s');
        } else if (rest > 0) {
            text.append(rest).append("ms");
        }
        return text.toString();
    }

    private static long append(StringBuilder text, long millis, long unit, char letter) {
        if (millis < unit) {
            return millis;
        }
        text.append(millis / unit).append(letter);
        return millis % unit;
    }
}
