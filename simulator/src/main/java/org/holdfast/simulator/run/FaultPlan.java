package org.holdfast.simulator.run;

import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.simulator.SimulatedCluster;
import org.holdfast.simulator.SimulatedNode;
import org.holdfast.testkit.SimulatedNetwork;

/** Breaks a cluster at random, and mends it in the end. */
final class FaultPlan {

    private static final long MILLI = 1_000_000L;

    private final SimulatedCluster cluster;
    private final SeededRandom random;
    private final long untilNanos;

    /** Which kinds of fault this run has; a run with few kinds goes deeper. */
    private final boolean[] kinds = new boolean[10];

    FaultPlan(SimulatedCluster cluster, SeededRandom random, long untilNanos) {
        this.cluster = cluster;
        this.random = random;
        this.untilNanos = untilNanos;
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = random.chance(0.5);
        }
    }

    /** Boots the nodes and plans the first fault. */
    void start() {
        boolean together = random.chance(0.5);
        for (SimulatedNode node : cluster.nodes()) {
            long delay = together ? random.nextInt(5) : random.nextInt(2500);
            cluster.time().at(delay * MILLI, node::boot);
        }
        planNext();
    }

    private void planNext() {
        long gap = random.chance(0.3) ? random.nextInt(60) : random.nextInt(1500);
        long at = cluster.time().nowNanos() + gap * MILLI;
        if (at < untilNanos) {
            cluster.time()
                    .at(
                            at,
                            () -> {
                                breakSomething();
                                planNext();
                            });
        }
    }

    private SimulatedNode any() {
        List<SimulatedNode> nodes = cluster.nodes();
        return nodes.get(random.nextInt(nodes.size()));
    }

    private void breakSomething() {
        int kind = random.nextInt(kinds.length);
        if (!kinds[kind]) {
            return;
        }
        switch (kind) {
            case 0 -> crashSome();
            case 1 -> bootSome();
            case 2 -> partition();
            case 3 -> heal();
            case 4 -> cutOneWay();
            case 5 -> changeQuality();
            case 6 -> pauseOne();
            case 7 -> any().shutDown();
            case 8 -> shrinkMtu();
            default -> crashAndReboot();
        }
    }

    private void note(String text) {
        cluster.trace().line(cluster.time().nowNanos(), "fault", text);
    }

    private void crashSome() {
        int count = 1 + random.nextInt(cluster.nodes().size());
        for (int i = 0; i < (random.chance(0.8) ? 1 : count); i++) {
            SimulatedNode node = any();
            node.crash();
            bootLater(node, 5000);
        }
    }

    private void crashAndReboot() {
        SimulatedNode node = any();
        node.crash();
        bootLater(node, 100);
    }

    private void bootLater(SimulatedNode node, int millisMax) {
        cluster.time().after(random.nextInt(millisMax) * MILLI, node::boot);
    }

    private void bootSome() {
        cluster.nodes().forEach(SimulatedNode::boot);
    }

    private void partition() {
        boolean[] side = new boolean[cluster.nodes().size() + 1];
        for (int i = 1; i < side.length; i++) {
            side[i] = random.chance(0.5);
        }
        note("partition " + Arrays.toString(side));
        for (int from = 1; from < side.length; from++) {
            for (int to = 1; to < side.length; to++) {
                cluster.network().setCut(from, to, side[from] != side[to]);
            }
        }
        cluster.time().after(random.nextInt(4000) * MILLI, this::heal);
    }

    private void heal() {
        note("network mended");
        cluster.network().mendAll();
    }

    private void cutOneWay() {
        int from = any().id().value();
        int to = any().id().value();
        if (from != to) {
            note("cut " + from + " -> " + to);
            cluster.network().setCut(from, to, true);
            cluster.time()
                    .after(
                            random.nextInt(4000) * MILLI,
                            () -> cluster.network().setCut(from, to, false));
        }
    }

    private void shrinkMtu() {
        int to = any().id().value();
        int bytes = (int) random.nextBetween(120, 1200);
        note("nothing longer than " + bytes + " bytes reaches " + to);
        cluster.network().setBytesMax(to, bytes);
        cluster.time()
                .after(
                        random.nextInt(4000) * MILLI,
                        () -> cluster.network().setBytesMax(to, Integer.MAX_VALUE));
    }

    private void changeQuality() {
        double loss = random.chance(0.5) ? 0 : random.nextInt(20) / 100.0;
        double duplication = random.chance(0.7) ? 0 : random.nextInt(20) / 100.0;
        double reordering = random.chance(0.7) ? 0 : random.nextInt(30) / 100.0;
        long delayMin = random.nextBetween(10_000, 500_000);
        long delayMax = delayMin + random.nextBetween(0, random.chance(0.2) ? 20 * MILLI : MILLI);
        SimulatedNetwork.Quality quality =
                new SimulatedNetwork.Quality(loss, duplication, reordering, delayMin, delayMax);
        note(quality.toString());
        cluster.network().setQuality(quality);
    }

    private void pauseOne() {
        SimulatedNode node = any();
        if (node.isUp() && !node.isPaused()) {
            node.setPaused(true);
            cluster.time()
                    .after(
                            random.nextInt(3000) * MILLI,
                            () -> {
                                if (node.isPaused()) {
                                    node.setPaused(false);
                                }
                            });
        }
    }

    /** Ends all faults and boots everything. */
    void stop() {
        note("faults stop");
        heal();
        cluster.network().setQuality(SimulatedNetwork.Quality.GOOD);
        for (SimulatedNode node : cluster.nodes()) {
            if (node.isPaused()) {
                node.setPaused(false);
            }
            node.boot();
        }
    }
}
