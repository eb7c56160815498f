package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.stream.IntStream;
import org.holdfast.simulator.run.Simulation;
import org.holdfast.simulator.run.Simulation.Layer;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rings of 8 to 32 nodes: step by step, and at random. */
class LargeRingsTest {

    private static final int FIXED_SEEDS = 6;
    private static final int FRESH_SEEDS = 2;

    private static Integer[] range(int first, int last) {
        return IntStream.rangeClosed(first, last).boxed().toArray(Integer[]::new);
    }

    /** Sequence numbers wrap on the way. */
    private static Scenario ringOf(int nodes) {
        return new Scenario(
                new SimulatedCluster.Settings(
                        nodes,
                        TotemConfig.builder()
                                .tokenMillis(Scenario.TOKEN_MILLIS)
                                .tokenCoefficientMillis(0)
                                .build(nodes),
                        QuorumConfig.majority(),
                        -50,
                        1_000_000,
                        false),
                2000);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 24, 32})
    void crashesCutsLossAndPauses(int nodes) {
        Scenario scenario = ringOf(nodes);
        scenario.bootAll();
        scenario.runUntilRing(5000, range(1, nodes));

        for (int node = 1; node <= nodes / 4; node++) {
            scenario.node(node).crash();
        }
        scenario.runUntilRing(10_000, range(nodes / 4 + 1, nodes));
        assertThat(scenario.layer(nodes).quorate()).isTrue();
        scenario.bootAll();
        scenario.runUntilRing(10_000, range(1, nodes));

        int half = nodes / 2;
        for (int one = 1; one <= half; one++) {
            for (int other = half + 1; other <= nodes; other++) {
                scenario.cluster.network().setCut(one, other, true);
                scenario.cluster.network().setCut(other, one, true);
            }
        }
        scenario.runUntilRing(10_000, range(1, half));
        scenario.runUntilRing(10_000, range(half + 1, nodes));
        assertThat(scenario.layer(1).quorate()).isFalse();
        assertThat(scenario.layer(nodes).quorate()).isFalse();
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, range(1, nodes));

        scenario.quality(0.05, 0.02, 0.05);
        scenario.runMillis(2000);
        scenario.node(2).setPaused(true);
        scenario.runMillis(3000);
        scenario.node(2).setPaused(false);
        scenario.quality(0, 0, 0);
        scenario.runUntilRing(15_000, range(1, nodes));
        scenario.finish();
    }

    @Test
    void fixedSeedsPass() {
        play(1, FIXED_SEEDS);
    }

    /**
     * 23 nodes had a thousand messages each that one lacked: when all resent them, the new ring's
     * log was full of copies before the end, and RECOVERY never ended.
     */
    @ParameterizedTest
    @ValueSource(longs = {77000049, 77000303})
    void manyNodesWithMuchToResendRecover(long seed) {
        play(seed, 1);
    }

    @Test
    void freshSeedsPass() {
        play(System.nanoTime() & 0xFFFF_FFFFL, FRESH_SEEDS);
    }

    private static void play(long from, int count) {
        for (long seed = from; seed < from + count; seed++) {
            Simulation.Result result = Simulation.run(seed, Layer.LARGE, Trace.off());
            if (result.failure() != null) {
                fail(
                        "repeat with: holdfast simulate --seed " + seed + " --layer large",
                        result.failure());
            }
        }
    }
}
