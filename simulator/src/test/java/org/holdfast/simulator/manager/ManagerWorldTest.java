package org.holdfast.simulator.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManagerWorldTest {

    private static final int SEEDS = Integer.getInteger("holdfast.manager.seeds", 40);
    private static final long FIRST = Long.getLong("holdfast.manager.seed", 1);

    @Test
    void randomClustersKeepTheirPromises() {
        Map<String, Integer> probes = new LinkedHashMap<>();
        long millis = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            ManagerWorld world = new ManagerWorld(seed);
            try {
                world.run();
            } catch (RuntimeException e) {
                int from = Math.max(0, world.trace().size() - 400);
                throw new AssertionError(
                        "seed "
                                + seed
                                + ": "
                                + e.getMessage()
                                + "\n"
                                + String.join(
                                        "\n", world.trace().subList(from, world.trace().size())),
                        e);
            }
            millis += world.elapsedMillis();
            world.probes().forEach((name, count) -> probes.merge(name, count, Integer::sum));
        }
        assertThat(millis).isPositive();
        if (SEEDS >= 40) {
            assertThat(probes).containsKeys("crash", "split", "clean stop");
        }
    }

    @Test
    void aSeedIsTheSameRunTwice() {
        ManagerWorld one = new ManagerWorld(7);
        ManagerWorld two = new ManagerWorld(7);
        one.run();
        two.run();

        assertThat(one.trace()).isEqualTo(two.trace());
    }
}
