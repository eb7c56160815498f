package org.holdfast.cib.time;

import org.holdfast.cib.value.IntegerText;

/**
 * Unsigned numbers found in a text by a pattern, with the tolerance of sscanf(3), which accepts
 * white space and a sign before each number.
 *
 * @param count how many numbers were found before the text stopped matching
 * @param values the numbers, as unsigned 32-bit values; 0 where none was found
 */
record Scanned(int count, long[] values) {

    long value(int index) {
        return values[index];
    }

    /**
     * Matches a text with a pattern, in which {@code %} is a number, {@code 2%} one of at most two
     * characters, and anything else stands for itself.
     */
    static Scanned scan(String text, String pattern) {
        long[] values = new long[3];
        int count = 0;
        int at = 0;
        int widthMax = Integer.MAX_VALUE;
        for (int i = 0; i < pattern.length(); i++) {
            char expected = pattern.charAt(i);
            if (IntegerText.isDigit(expected)) {
                widthMax = expected - '0';
            } else if (expected == '%') {
                at = IntegerText.skipSpace(text, at);
                int end = endOfNumber(text, at, widthMax);
                if (end < 0) {
                    break;
                }
                values[count++] = toUnsigned32(text.substring(at, end));
                at = end;
                widthMax = Integer.MAX_VALUE;
            } else if (at < text.length() && text.charAt(at) == expected) {
                at++;
            } else {
                break;
            }
        }
        return new Scanned(count, values);
    }

    private static int endOfNumber(String text, int start, int widthMax) {
        int limit = widthMax > text.length() - start ? text.length() : start + widthMax;
        int at = start;
        if (at < limit && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        int firstDigit = at;
        while (at < limit && IntegerText.isDigit(text.charAt(at))) {
            at++;
        }
        return at == firstDigit ? -1 : at;
    }

    /** The number modulo 2^32, after clipping to 64 bits, as C's conversion does it. */
    private static long toUnsigned32(String number) {
        boolean negative = number.charAt(0) == '-';
        long value = 0;
        for (int i = 0; i < number.length(); i++) {
            if (!IntegerText.isDigit(number.charAt(i))) {
                continue;
            }
            int digit = number.charAt(i) - '0';
            if (Long.compareUnsigned(value, Long.divideUnsigned(-1L - digit, 10)) > 0) {
                return 0xFFFFFFFFL;
            }
            value = value * 10 + digit;
        }
        return (negative ? -value : value) & 0xFFFFFFFFL;
    }
}
