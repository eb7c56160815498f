package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.fail;

import org.holdfast.simulator.run.Simulation;

/** A short run of seeds, as a check for a fault that random runs must find. */
final class Seeds {

    private static final int COUNT = 60;

    private Seeds() {}

    static void play() {
        for (long seed = 1; seed <= COUNT; seed++) {
            Simulation.Result result = Simulation.run(seed);
            if (result.failure() != null) {
                fail("seed " + seed + ": " + result.failure(), result.failure());
            }
        }
    }
}
