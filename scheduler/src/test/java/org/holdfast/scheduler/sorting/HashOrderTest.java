package org.holdfast.scheduler.sorting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashOrderTest {

    @Test
    void ordersByHashNotByEntry() {
        assertThat(HashOrder.of(List.of("ticketA", "ticketB")))
                .isEqualTo(HashOrder.of(List.of("ticketB", "ticketA")));
    }

    @Test
    void keepsEveryNameAsTheTableGrows() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            names.add("name" + i);
            if (i < 40 || i % 500 == 0) {
                assertThat(HashOrder.of(names)).containsExactlyInAnyOrderElementsOf(names);
            }
        }
        assertThat(HashOrder.of(names)).containsExactlyInAnyOrderElementsOf(names);
    }
}
