package org.holdfast.simulator.run;

import org.holdfast.kernel.SeededRandom;
import org.holdfast.simulator.GroupLoad;
import org.holdfast.simulator.InvariantBroken;
import org.holdfast.simulator.Probe;
import org.holdfast.simulator.SimulatedCluster;
import org.holdfast.simulator.SimulatedNode;
import org.holdfast.simulator.Trace;
import org.holdfast.simulator.Workload;
import org.holdfast.simulator.manager.WholeLoad;
import org.holdfast.testkit.VirtualTime;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.layer.ClusterLayer;
import org.jspecify.annotations.Nullable;

/** One run from one seed: a cluster, a workload, faults; then peace, and progress is owed. */
public final class Simulation {

    private static final long MILLI = 1_000_000L;
    private static final long EVENTS_MAX = 20_000_000L;

    /** How much of a node is simulated. */
    public enum Layer {
        /** The cluster layer with messages that check its promises. */
        RING,
        /** The same with 8 to 32 nodes. */
        LARGE,
        /** Whole nodes: resource managers on the cluster layer, with agents and administration. */
        WHOLE
    }

    private final long seed;
    private final Layer layer;
    private final Trace trace;
    private final SeededRandom random;

    /**
     * What came out.
     *
     * @param failure what went wrong, or null
     * @param simulatedNanos the virtual time that passed
     * @param events how many events happened
     * @param probe the rare paths that were reached
     */
    public record Result(
            long seed, @Nullable Throwable failure, long simulatedNanos, long events, Probe probe) {

        /** Whether all went well. */
        public boolean passed() {
            return failure == null;
        }
    }

    private Simulation(long seed, Layer layer, Trace trace) {
        this.seed = seed;
        this.layer = layer;
        this.trace = trace;
        this.random = new SeededRandom(seed);
    }

    /** Runs a seed without a trace. */
    public static Result run(long seed) {
        return run(seed, Trace.off());
    }

    /** Runs a seed and tells its story. */
    public static Result run(long seed, Trace trace) {
        return run(seed, Layer.RING, trace);
    }

    /** Runs a seed on a layer and tells its story. */
    public static Result run(long seed, Layer layer, Trace trace) {
        return new Simulation(seed, layer, trace).run();
    }

    private Result run() {
        SimulatedCluster.Settings settings =
                layer == Layer.LARGE ? randomLargeSettings() : randomSettings();
        Workload workload =
                switch (layer) {
                    case RING ->
                            new GroupLoad(
                                    random.chance(0.5) ? 20 : 200,
                                    random.chance(0.2) ? 100_000 : 10_000);
                    case LARGE -> new GroupLoad(random.chance(0.5) ? 100 : 1000, 10_000);
                    case WHOLE -> new WholeLoad(settings.nodes(), random.split());
                };
        SimulatedCluster cluster = new SimulatedCluster(settings, random.split(), workload, trace);
        trace.line(0, "seed", seed + " " + settings);
        Throwable failure = null;
        try {
            play(cluster, workload);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            trace.line(cluster.time().nowNanos(), "FAILED", e.toString());
            failure = e;
        }
        cluster.up().forEach(SimulatedNode::crash);
        VirtualTime time = cluster.time();
        return new Result(seed, failure, time.nowNanos(), time.happened(), cluster.probe());
    }

    private void play(SimulatedCluster cluster, Workload workload) {
        long faultsEnd = random.nextBetween(3_000, layer == Layer.WHOLE ? 40_000 : 12_000) * MILLI;
        FaultPlan faults = new FaultPlan(cluster, random.split(), faultsEnd);
        faults.start();
        runUntil(cluster, workload, faultsEnd);
        faults.stop();
        workload.onFaultsStopped(cluster);
        // A crashed node's reboot may still be planned; nothing else is.
        TotemConfig totem = cluster.settings().totem();
        long formation = (long) totem.tokenTimeoutMillis() + totem.consensusMillis();
        long patience = (20 * formation + 20_000) * MILLI + workload.settleNanos();
        long deadline = faultsEnd + patience;
        String open = "";
        while (cluster.time().nowNanos() < deadline) {
            long held = longestHoldOff(cluster);
            if (held > 0) {
                deadline = Math.max(deadline, cluster.time().nowNanos() + held + patience);
            }
            runUntil(cluster, workload, cluster.time().nowNanos() + 50 * MILLI);
            open = workload.unfinished(cluster);
            if (open.isEmpty()) {
                workload.checkAtEnd(cluster);
                return;
            }
        }
        throw new InvariantBroken("no progress after the faults: " + open);
    }

    /** Nodes that faults made fall out of the ring again and again are kept out for a while. */
    private static long longestHoldOff(SimulatedCluster cluster) {
        long longest = 0;
        for (SimulatedNode node : cluster.up()) {
            ClusterLayer layer = node.clusterLayer();
            if (layer != null) {
                for (HoldOff held : layer.heldOff()) {
                    longest = Math.max(longest, held.remainingNanos());
                }
            }
        }
        return longest;
    }

    private void runUntil(SimulatedCluster cluster, Workload workload, long untilNanos) {
        while (cluster.time().runNext(untilNanos)) {
            workload.checkAfterEvent(cluster);
            if (cluster.time().happened() > EVENTS_MAX) {
                throw new InvariantBroken("more than " + EVENTS_MAX + " events");
            }
        }
    }

    private SimulatedCluster.Settings randomSettings() {
        int nodes = 1 + random.nextInt(random.chance(0.1) ? 9 : 5);
        int token = (int) random.nextBetween(100, 1000);
        TotemConfig.Builder totem =
                TotemConfig.builder()
                        .tokenMillis(token)
                        .tokenCoefficientMillis(0)
                        .joinMillis((int) random.nextBetween(10, 50))
                        .mergeMillis((int) random.nextBetween(30, 200))
                        .sendJoinMillis(random.chance(0.2) ? 1 + random.nextInt(40) : 0)
                        .windowSize((int) random.nextBetween(5, 100))
                        .maxMessages((int) random.nextBetween(1, 20))
                        .missCountConst(random.nextInt(6))
                        .seqnoUnchangedConst((int) random.nextBetween(2, 30))
                        .failToReceiveConst(random.chance(0.3) ? 10 + random.nextInt(30) : 2500)
                        .cancelTokenHoldOnRetransmit(random.chance(0.5))
                        .holdAsCorosync(holdsAsCorosync())
                        .netMtuBytes(
                                random.chance(0.5) ? 1500 : (int) random.nextBetween(400, 9000));
        return new SimulatedCluster.Settings(
                nodes,
                totem.build(nodes),
                randomQuorum(nodes),
                randomFirstSequence(),
                random.nextBetween(100_000, 20_000_000),
                random.chance(0.5));
    }

    /** Some runs begin shortly before sequence numbers wrap, or change their sign. */
    private int randomFirstSequence() {
        return switch (random.nextInt(4)) {
            case 0 -> -200;
            case 1 -> Integer.MAX_VALUE - 200;
            default -> 0;
        };
    }

    /** Some rings have to do with what real nodes know. */
    private boolean holdsAsCorosync() {
        return Math.floorMod(seed, 3) == 0;
    }

    /** A long ring's token needs time: the timeouts are near those that a real one would have. */
    private SimulatedCluster.Settings randomLargeSettings() {
        int nodes = 8 * (1 + random.nextInt(4));
        TotemConfig.Builder totem =
                TotemConfig.builder()
                        .tokenMillis((int) random.nextBetween(1000, 3000))
                        .tokenCoefficientMillis((int) random.nextBetween(0, 100))
                        .sendJoinMillis(random.chance(0.5) ? 1 + random.nextInt(80) : 0)
                        .failToReceiveConst(random.chance(0.3) ? 50 : 2500)
                        .cancelTokenHoldOnRetransmit(random.chance(0.5))
                        .holdAsCorosync(holdsAsCorosync())
                        .netMtuBytes(random.chance(0.5) ? 1500 : 9000);
        return new SimulatedCluster.Settings(
                nodes,
                totem.build(nodes),
                randomQuorum(nodes),
                randomFirstSequence(),
                random.nextBetween(100_000, 20_000_000),
                random.chance(0.5));
    }

    private QuorumConfig randomQuorum(int nodes) {
        if (nodes == 2 && random.chance(0.5)) {
            return QuorumConfig.ofTwoNodes();
        }
        return random.chance(0.2) ? QuorumConfig.ofWaitForAll() : QuorumConfig.majority();
    }
}
