package org.holdfast.scheduler.model;

/** Compares names without regard to case, runs of digits by their value. */
public final class NaturalOrder {

    private NaturalOrder() {}

    /** Negative, zero or positive, as comparators do. */
    public static int compare(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() && j < other.length()) {
            if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
                int endOne = digitsEnd(one, i);
                int endOther = digitsEnd(other, j);
                int order = compareNumbers(one, i, endOne, other, j, endOther);
                if (order != 0) {
                    return order;
                }
                i = endOne;
                j = endOther;
            } else {
                int order = Character.compare(lower(one.charAt(i)), lower(other.charAt(j)));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        return Integer.compare(one.length() - i, other.length() - j);
    }

    /** By value; of equal values the one with fewer leading zeros comes first. */
    private static int compareNumbers(
            String one, int from, int to, String other, int otherFrom, int otherTo) {
        int a = from;
        int b = otherFrom;
        while (a < to && one.charAt(a) == '0') {
            a++;
        }
        while (b < otherTo && other.charAt(b) == '0') {
            b++;
        }
        int order = Integer.compare(to - a, otherTo - b);
        if (order == 0) {
            order = one.substring(a, to).compareTo(other.substring(b, otherTo));
        }
        return order != 0 ? order : Integer.compare(to - from, otherTo - otherFrom);
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
