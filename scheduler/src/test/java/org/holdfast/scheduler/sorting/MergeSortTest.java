package org.holdfast.scheduler.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MergeSortTest {

    @Test
    void sortsStably() {
        Random random = new Random(7);
        for (int size = 0; size < 60; size++) {
            List<String> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(random.nextInt(5) + ":" + i);
            }
            List<String> expected = new ArrayList<>(list);
            Comparator<String> byNumber = Comparator.comparing(text -> text.charAt(0));
            expected.sort(byNumber);
            MergeSort.sort(list, byNumber);
            assertThat(list).isEqualTo(expected);
        }
    }

    @Test
    void comparesThePairsOfAListMergeSort() {
        List<String> pairs = new ArrayList<>();
        List<String> list = new ArrayList<>(List.of("a", "b", "c", "d", "e"));
        MergeSort.sort(
                list,
                (x, y) -> {
                    pairs.add(x + y);
                    return -1;
                });
        // Halves of two and three; the three are one and two
        assertThat(pairs).containsExactly("ab", "de", "cd", "ac", "bc");
    }

    @Test
    void survivesComparisonsThatContradictThemselves() {
        List<Integer> list = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            list.add(i);
        }
        Random random = new Random(1);
        MergeSort.sort(list, (a, b) -> random.nextInt(3) - 1);
        assertThat(list).hasSize(1000).doesNotHaveDuplicates();
    }
}
