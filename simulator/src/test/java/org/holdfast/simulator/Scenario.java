package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.SimulatedNetwork;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.totem.ring.RingStats;

/** A cluster that a test leads by hand, with all of the simulator's checks. */
final class Scenario {

    static final int TOKEN_MILLIS = 1000;

    private static final long SLICE_NANOS = 100_000;

    /** A token that multiplies would otherwise never let virtual time go on. */
    private static final long EVENTS_MAX = 5_000_000;

    final SimulatedCluster cluster;
    private final GroupLoad load;

    Scenario(int nodes) {
        this(nodes, TotemConfig.builder(), QuorumConfig.majority());
    }

    Scenario(int nodes, TotemConfig.Builder totem, QuorumConfig quorum) {
        this(nodes, totem, quorum, nodes > 9 ? 3000 : 20);
    }

    Scenario(int nodes, TotemConfig.Builder totem, QuorumConfig quorum, int meanGapMillis) {
        this(
                new SimulatedCluster.Settings(
                        nodes,
                        totem.tokenMillis(TOKEN_MILLIS).tokenCoefficientMillis(0).build(nodes),
                        quorum,
                        0,
                        1_000_000,
                        false),
                meanGapMillis);
    }

    Scenario(SimulatedCluster.Settings settings, int meanGapMillis) {
        int nodes = settings.nodes();
        load = new GroupLoad(meanGapMillis, 3000);
        cluster =
                new SimulatedCluster(
                        settings,
                        new SeededRandom(nodes),
                        load,
                        System.getenv("SCENARIO_TRACE") == null
                                ? Trace.off()
                                : Trace.to(System.out::println));
    }

    SimulatedNode node(int id) {
        return cluster.nodes().get(id - 1);
    }

    ClusterLayer layer(int id) {
        ClusterLayer layer = node(id).clusterLayer();
        assertThat(layer).as("node " + id + " is up").isNotNull();
        return Objects.requireNonNull(layer);
    }

    long count(int id, RingStats.Counter counter) {
        return layer(id).ringStats().of(counter);
    }

    Scenario bootAll() {
        cluster.nodes().forEach(SimulatedNode::boot);
        return this;
    }

    long nowMillis() {
        return cluster.time().nowNanos() / 1_000_000;
    }

    void runMillis(long millis) {
        long end = cluster.time().nowNanos() + millis * 1_000_000;
        runTo(end);
    }

    private void runTo(long endNanos) {
        while (cluster.time().runNext(endNanos)) {
            if (cluster.time().happened() > EVENTS_MAX) {
                fail("more than " + EVENTS_MAX + " events; " + describe());
            }
        }
    }

    /** Runs until it is so; answers how many milliseconds that took, and fails after the limit. */
    long runUntil(String what, long limitMillis, BooleanSupplier isSo) {
        long start = cluster.time().nowNanos();
        long end = start + limitMillis * 1_000_000;
        while (!isSo.getAsBoolean()) {
            if (cluster.time().nowNanos() >= end) {
                fail("no %s within %d ms; %s".formatted(what, limitMillis, describe()));
            }
            long slice = cluster.time().nowNanos() + SLICE_NANOS;
            // Checked when the slice is over: a look at all nodes costs more than an event.
            runTo(slice);
        }
        return (cluster.time().nowNanos() - start) / 1_000_000;
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (SimulatedNode node : cluster.up()) {
            ClusterLayer layer = layer(node.id().value());
            text.append(
                    "node %s: %s %s %s; "
                            .formatted(
                                    node.id(), layer.ringState(), layer.ringId(), layer.members()));
        }
        return text.toString();
    }

    /** Runs until exactly these nodes are in one ring that is ready. */
    long runUntilRing(long limitMillis, Integer... ids) {
        return runUntil("ring of " + List.of(ids), limitMillis, () -> isRing(ids));
    }

    boolean isRing(Integer... ids) {
        for (int id : ids) {
            ClusterLayer layer = node(id).clusterLayer();
            boolean in =
                    layer != null
                            && layer.isReady()
                            && layer.ringId().equals(layer(ids[0]).ringId())
                            && layer.members().stream()
                                    .map(node -> node.value())
                                    .toList()
                                    .equals(List.of(ids));
            if (!in) {
                return false;
            }
        }
        return true;
    }

    void quality(double loss, double duplication, double reordering) {
        cluster.network()
                .setQuality(
                        new SimulatedNetwork.Quality(
                                loss, duplication, reordering, 20_000, 200_000));
    }

    /** Stops the load and waits for the end that every run must come to. */
    void finish() {
        cluster.network().mendAll();
        cluster.network().setQuality(SimulatedNetwork.Quality.GOOD);
        load.onFaultsStopped(cluster);
        String[] open = {""};
        runUntil(
                "rest",
                30_000,
                () -> {
                    open[0] = load.unfinished(cluster);
                    return open[0].isEmpty();
                });
        load.checkAtEnd(cluster);
    }
}
