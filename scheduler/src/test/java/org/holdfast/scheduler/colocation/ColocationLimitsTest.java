package org.holdfast.scheduler.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.junit.jupiter.api.Test;

/** Configurations that must neither hang nor overflow. */
class ColocationLimitsTest {

    private static final int LENGTH = 1500;

    private static Scenario line(int first, int step) {
        Scenario scenario = Scenario.of("n1", "n2");
        for (int i = 0; i < LENGTH; i++) {
            scenario.primitive("r" + i);
        }
        for (int i = 0; i + 1 < LENGTH; i++) {
            scenario.together("r" + (i + first), "r" + (i + first + step), "INFINITY");
        }
        return scenario;
    }

    @Test
    void longChainsInTheOrderOfTheConfiguration() {
        Placed placed = line(0, 1).prefer("r0", "n2", "5").place();
        assertThat(placed.cluster().resources)
                .allMatch(resource -> placed.node(resource.id).equals("n2"));
    }

    @Test
    void longChainsAgainstTheOrderOfTheConfiguration() {
        Placed placed = line(1, -1).prefer("r" + (LENGTH - 1), "n2", "5").place();
        assertThat(placed.cluster().resources)
                .allMatch(resource -> placed.node(resource.id).equals("n2"));
    }

    @Test
    void longLoops() {
        Placed placed = line(0, 1).together("r" + (LENGTH - 1), "r0", "INFINITY").place();
        assertThat(placed.cluster().resources).hasSize(LENGTH);
    }

    @Test
    void everythingWithEverything() {
        Scenario scenario = Scenario.of("n1", "n2");
        for (int i = 0; i < 14; i++) {
            scenario.primitive("r" + i);
            for (int j = 0; j < 14; j++) {
                scenario.together("r" + i, "r" + j, (i + j) % 3 == 0 ? "-500" : "700");
            }
        }
        assertThat(scenario.place().cluster().resources).hasSize(14);
    }
}
