package org.holdfast.scheduler.sorting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stable top-down merge sort that accepts any comparison, even one that is not transitive, and
 * compares the same pairs in the same order as a linked-list merge sort that gives the smaller half
 * to the front. {@link List#sort} would either order such lists differently or refuse them.
 *
 * <p>Costs at most {@code n log n} comparisons. Stateless; usable from any thread.
 */
public final class MergeSort {

    private MergeSort() {}

    /** Sorts {@code list} in place; equal elements keep their order. */
    public static <T> void sort(List<T> list, Comparator<? super T> comparison) {
        int size = list.size();
        if (size < 2) {
            return;
        }
        List<T> source = new ArrayList<>(list);
        List<T> target = new ArrayList<>(list);
        sort(source, target, 0, size, comparison);
        for (int i = 0; i < size; i++) {
            list.set(i, target.get(i));
        }
    }

    /**
     * Sorts the range into {@code target}; both lists hold the same elements in that range on
     * entry.
     */
    private static <T> void sort(
            List<T> source, List<T> target, int from, int to, Comparator<? super T> comparison) {
        if (to - from < 2) {
            return;
        }
        int middle = from + (to - from) / 2;
        sort(target, source, from, middle, comparison);
        sort(target, source, middle, to, comparison);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeLeft =
                    right >= to
                            || (left < middle
                                    && comparison.compare(source.get(left), source.get(right))
                                            <= 0);
            target.set(i, takeLeft ? source.get(left++) : source.get(right++));
        }
    }
}
