package org.holdfast.scheduler.operations;

import java.util.Comparator;
import org.holdfast.scheduler.model.Node;

/** Order of node names for lists that people read: numbers count as numbers, case does not. */
public final class NodeNames {

    /** By name. */
    public static final Comparator<Node> ORDER = (a, b) -> compare(a.name, b.name);

    private NodeNames() {}

    /** Compares two names. */
    public static int compare(String a, String b) {
        int i = 0;
        int k = 0;
        while (i < a.length() && k < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(k))) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, k);
                int numbers = compareNumbers(a.substring(i, endA), b.substring(k, endB));
                if (numbers != 0) {
                    return numbers;
                }
                i = endA;
                k = endB;
            } else {
                int letters = Character.toLowerCase(a.charAt(i)) - Character.toLowerCase(b.charAt(k));
                if (letters != 0) {
                    return letters;
                }
                i++;
                k++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - k);
    }

    /** By value, and with the same value the one with more zeros in front comes later. */
    private static int compareNumbers(String a, String b) {
        String plainA = a.replaceFirst("^0+(?=.)", "");
        String plainB = b.replaceFirst("^0+(?=.)", "");
        if (plainA.length() != plainB.length()) {
            return Integer.compare(plainA.length(), plainB.length());
        }
        int values = plainA.compareTo(plainB);
        return values != 0 ? values : Integer.compare(a.length(), b.length());
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
