package org.holdfast.cib.value;

import org.jspecify.annotations.Nullable;

/**
 * A decimal integer at the start of a text, as strtoll(3) reads it: white space, a sign, digits;
 * the rest is not looked at.
 *
 * @param status whether there was one, and whether it fitted
 * @param value the number; clipped to the range of {@code long} if it did not fit, the fallback if
 *     there was none
 * @param end index behind the last character used; 0 if there was no number
 */
public record IntegerText(Status status, long value, int end) {

    /** How reading went. */
    public enum Status {
        /** A number was read, or there was no text and the fallback counts. */
        OK,
        /** No digits were found. */
        NO_DIGITS,
        /** The number was clipped. */
        CLIPPED
    }

    /** Whether a number was read without clipping, or the fallback counts because of no text. */
    public boolean ok() {
        return status == Status.OK;
    }

    /** Reads the number at the start of a text; no text at all is the fallback. */
    public static IntegerText read(@Nullable String text, long fallback) {
        if (text == null) {
            return new IntegerText(Status.OK, fallback, 0);
        }
        int at = skipSpace(text, 0);
        boolean negative = false;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        int first = at;
        long value = 0; // kept negative: its range is the larger one
        boolean clipped = false;
        while (at < text.length() && isDigit(text.charAt(at))) {
            int digit = text.charAt(at++) - '0';
            if (clipped || value < (Long.MIN_VALUE + digit) / 10) {
                clipped = true;
            } else {
                value = value * 10 - digit;
            }
        }
        if (at == first) {
            return new IntegerText(Status.NO_DIGITS, fallback, 0);
        }
        if (!negative && value == Long.MIN_VALUE) {
            clipped = true;
        }
        if (clipped) {
            return new IntegerText(Status.CLIPPED, negative ? Long.MIN_VALUE : Long.MAX_VALUE, at);
        }
        return new IntegerText(Status.OK, negative ? value : -value, at);
    }

    /** The number at the start of a text, or the fallback where there is none. */
    public static long valueOf(@Nullable String text, long fallback) {
        return read(text, fallback).value();
    }

    /** C's isdigit in the C locale. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** C's isspace in the C locale. */
    public static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Index of the first character from {@code at} on that is not white space. */
    public static int skipSpace(String text, int at) {
        int i = at;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
