package org.holdfast.scheduler.assignment;

import java.util.Map;
import org.holdfast.cib.value.IntegerText;
import org.holdfast.scheduler.model.Node;
import org.jspecify.annotations.Nullable;

/** Arithmetic of utilization attributes: whole numbers by name, where a missing one is 0. */
public final class Capacity {

    private Capacity() {}

    /**
     * The number that an attribute's text begins with, brought into the range of int. A text that
     * does not begin with one counts as the least number there is.
     */
    static int value(@Nullable String text) {
        return text == null ? 0 : clamp(IntegerText.valueOf(text, Integer.MIN_VALUE));
    }

    private static int clamp(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    /**
     * Negative if {@code a} has more than {@code b} of more attributes than the other way around.
     */
    static int compare(Node a, Node b) {
        int result = 0;
        for (Map.Entry<String, String> entry : a.utilization.entrySet()) {
            int left = value(entry.getValue());
            int right = value(b.utilization.get(entry.getKey()));
            result -= Integer.compare(left, right);
        }
        for (Map.Entry<String, String> entry : b.utilization.entrySet()) {
            if (!a.utilization.containsKey(entry.getKey())) {
                result -= Integer.compare(0, value(entry.getValue()));
            }
        }
        return result;
    }

    /** Subtracts what a resource uses. */
    static void take(Map<String, String> from, Map<String, String> used) {
        change(from, used, -1);
    }

    /** Adds what a resource uses. */
    public static void give(Map<String, String> to, Map<String, String> used) {
        change(to, used, 1);
    }

    private static void change(Map<String, String> capacity, Map<String, String> used, int sign) {
        for (Map.Entry<String, String> entry : used.entrySet()) {
            long sum =
                    (long) value(capacity.get(entry.getKey()))
                            + (long) sign * value(entry.getValue());
            capacity.put(entry.getKey(), Integer.toString(clamp(sum)));
        }
    }

    /** Whether a node has at least what is required of each attribute. */
    public static boolean suffices(Node node, Map<String, String> required) {
        for (Map.Entry<String, String> entry : required.entrySet()) {
            if (value(entry.getValue()) > value(node.utilization.get(entry.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code a} is more capable than {@code b}. */
    public static boolean isGreater(Node a, Node b) {
        return compare(a, b) < 0;
    }
}
