package org.holdfast.interop;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.kernel.SeededRandom;

/**
 * One round of the ring's soak, all from one seed: a mix of real and our nodes under load, faults
 * of all kinds, then peace; all must come back into one ring, and {@link LoadHistory} must find
 * nothing wrong.
 */
final class RingSoak implements AutoCloseable {

    /** Whose nodes a round has. */
    enum Mix {
        /** Every number of our nodes is equally likely, none and all included. */
        RANDOM,
        /** Only real ones: what happens then is Corosync's own. */
        REAL,
        /** Only ours. */
        OURS
    }

    static LoadedRing.Plan plan(long seed, Mix mix) {
        SeededRandom random = new SeededRandom(seed);
        int nodes = 2 + random.nextInt(7);
        Set<Integer> ours = new TreeSet<>();
        int count = random.nextInt(nodes + 1);
        while (ours.size() < count) {
            ours.add(1 + random.nextInt(nodes));
        }
        String transport = random.chance(0.7) ? "udpu" : "udp";
        switch (mix) {
            case RANDOM -> {
                // As it came.
            }
            case REAL -> ours.clear();
            case OURS -> {
                for (int node = 1; node <= nodes; node++) {
                    ours.add(node);
                }
            }
        }
        return new LoadedRing.Plan(seed, nodes, ours, transport);
    }

    /** What a round has shown. */
    record Report(
            LoadedRing.Plan plan,
            int faults,
            LoadHistory history,
            int ghosts,
            Duration together,
            List<String> wrong) {

        @Override
        public String toString() {
            return "seed %d: %s; %d faults, %d lives, %d deliveries, %d cut by a join, %s, %d ghosts, together again after %d ms%s"
                    .formatted(
                            plan.seed(),
                            plan.title(),
                            faults,
                            history.lives(),
                            history.delivered(),
                            history.lackingCut(),
                            history.faultsOfReal(),
                            ghosts,
                            together.toMillis(),
                            wrong.isEmpty() ? "" : "; WRONG: " + String.join("\n  ", wrong));
        }
    }

    private final LoadedRing.Plan plan;
    private final LoadedRing ring;
    private final SeededRandom random;
    private final int lossPercentMax;
    private int faults;

    RingSoak(LoadedRing.Plan plan, int lossPercentMax) {
        this.plan = plan;
        this.ring = new LoadedRing(plan);
        this.random = new SeededRandom(plan.seed() ^ 0x50A4);
        this.lossPercentMax = lossPercentMax;
    }

    /**
     * Plays the round.
     *
     * @param faultTime how long things are broken
     */
    Report play(Duration faultTime) {
        boolean together = random.chance(0.5);
        for (int node = 1; node <= plan.nodes(); node++) {
            ring.start(node);
            if (!together) {
                LoadedRing.sleep(random.nextInt(1500));
            }
        }
        ring.awaitTogether();
        long end = System.nanoTime() + faultTime.toNanos();
        while (System.nanoTime() < end) {
            breakSomething();
            LoadedRing.sleep(random.chance(0.3) ? random.nextInt(100) : random.nextInt(2000));
        }
        note("peace");
        ring.network().mendAll();
        ring.network().setQuality(LossySwitch.Quality.GOOD);
        Duration healed = ring.awaitTogether();
        LoadedRing.sleep(1000);
        List<String> wrong = ring.judge();
        LoadHistory history = ring.history();
        history.check();
        return new Report(plan, faults, history, ring.ghosts(), healed, wrong);
    }

    private int any() {
        return 1 + random.nextInt(plan.nodes());
    }

    private void breakSomething() {
        int node = any();
        faults++;
        switch (random.nextInt(9)) {
            case 0 -> restart(node, "KILL", random.nextInt(300));
            case 1 -> restart(node, "KILL", 1000 + random.nextInt(2500));
            case 2 -> {
                note("power cut " + node);
                ring.powerCut(node, random.nextInt(2500));
            }
            case 3 -> partition();
            case 4 -> cutOneWay(node);
            case 5 -> {
                int millis = random.nextInt(random.chance(0.5) ? 600 : 4000);
                note("pause " + node + " for " + millis + " ms");
                ring.pause(node, millis);
            }
            case 6 -> restart(node, "TERM", random.nextInt(2000));
            default -> changeQuality();
        }
    }

    private void restart(int node, String signal, int millis) {
        note(signal + " " + node + ", back after " + millis + " ms");
        ring.restart(node, signal, millis);
    }

    private void partition() {
        boolean[] side = new boolean[plan.nodes() + 1];
        for (int i = 1; i < side.length; i++) {
            side[i] = random.chance(0.5);
        }
        note("partition " + Arrays.toString(side));
        ring.partition(side, random.nextInt(4500));
    }

    private void cutOneWay(int node) {
        int to = any();
        if (to != node) {
            note("cut " + node + " -> " + to);
            ring.network().setCut(node, to, true);
            LoadedRing.sleep(random.nextInt(3000));
            ring.network().setCut(node, to, false);
        }
    }

    private void changeQuality() {
        LossySwitch.Quality quality =
                new LossySwitch.Quality(
                        random.chance(0.5) ? 0 : random.nextInt(lossPercentMax + 1),
                        random.chance(0.5) ? 0 : random.nextInt(10),
                        random.chance(0.5) ? 0 : random.nextInt(20),
                        random.chance(0.5) ? 0 : 1000,
                        random.chance(0.5) ? 1000 : 3000);
        note(quality.toString());
        ring.network().setQuality(quality);
    }

    private static void note(String text) {
        if (Boolean.getBoolean("holdfast.soak.verbose")) {
            System.out.println(java.time.LocalTime.now() + " " + text);
        }
    }

    /** Keeps the logs where the caller wants to read them. */
    void keepLogs(Path directory) {
        ring.keepLogs(directory);
    }

    @Override
    public void close() {
        ring.close();
    }
}
