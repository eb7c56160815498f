package org.holdfast.cib.value;

/** Dotted version numbers, compared number by number; what follows the numbers does not count. */
public final class Versions {

    private Versions() {}

    /** Negative, 0 or positive, as the first version is older, equal or newer. */
    public static int compare(String one, String other) {
        String[] left = segments(one);
        String[] right = segments(other);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = Long.compare(segment(left, i), segment(right, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static long segment(String[] segments, int index) {
        return index < segments.length ? IntegerText.valueOf(segments[index], 0) : 0;
    }

    private static String[] segments(String version) {
        int start = IntegerText.skipSpace(version, 0);
        int end = start;
        while (end < version.length()) {
            char c = version.charAt(end);
            boolean dotBetweenDigits =
                    c == '.'
                            && end > start
                            && end + 1 < version.length()
                            && IntegerText.isDigit(version.charAt(end - 1))
                            && IntegerText.isDigit(version.charAt(end + 1));
            if (!IntegerText.isDigit(c) && !dotBetweenDigits) {
                break;
            }
            end++;
        }
        return version.substring(start, end).split("\\.");
    }
}
