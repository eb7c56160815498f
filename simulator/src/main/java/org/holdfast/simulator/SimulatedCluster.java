package org.holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.SimulatedNetwork;
import org.holdfast.testkit.VirtualTime;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;

/** The machines, the network between them and the time in which they live. */
public final class SimulatedCluster {

    private static final long REFUSAL_NANOS = 50_000;
    private static final int UDP_IP_HEADER_BYTES = 28;

    /** The lists of nodes in longer clusters need more than the shortest MTU that is simulated. */
    private static final int NODES_WITH_SHORT_LISTS = 9;

    private static final int MTU_FOR_LONG_LISTS = 1500;

    private final VirtualTime time = new VirtualTime();
    private final SimulatedNetwork network;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Workload workload;
    private final Trace trace;
    private final Probe probe = new Probe();
    private final RingChecks ringChecks;
    private final Settings settings;
    private int lives;

    /**
     * What a cluster is made with.
     *
     * @param nodes how many
     * @param totem the ring's tunables
     * @param quorum the quorum rules
     * @param firstSequence the number before each ring's first message
     * @param diskNanosMax the longest time that a write takes
     * @param hostsRefuse whether a crash leaves the host alive, which then refuses datagrams
     */
    public record Settings(
            int nodes,
            TotemConfig totem,
            QuorumConfig quorum,
            int firstSequence,
            long diskNanosMax,
            boolean hostsRefuse) {}

    /** Makes the nodes, none of them running yet. */
    public SimulatedCluster(
            Settings settings, SeededRandom random, Workload workload, Trace trace) {
        this.settings = settings;
        this.workload = workload;
        this.trace = trace;
        this.ringChecks = new RingChecks(settings);
        this.network = new SimulatedNetwork(time, random.split(), this::arrive);
        List<ClusterNode> list = new ArrayList<>();
        for (int i = 1; i <= settings.nodes(); i++) {
            list.add(new ClusterNode(new NodeId(i), "n" + i, 1));
        }
        for (ClusterNode node : list) {
            ClusterConfig config =
                    new ClusterConfig(node.id(), list, settings.totem(), settings.quorum(), 0);
            nodes.add(new SimulatedNode(this, config, random.split()));
        }
    }

    private void arrive(int from, int to, byte[] datagram) {
        SimulatedNode target = nodes.get(to - 1);
        if (target.isUp()) {
            target.arrive(datagram);
        } else if (settings.hostsRefuse() && !network.isCut(to, from)) {
            // The process is dead, its host answers that nobody listens on the port.
            time.after(REFUSAL_NANOS, () -> nodes.get(from - 1).refusedBy(target.id()));
        }
    }

    /** No datagram may need more than one IP packet, not even one that is wrapped for recovery. */
    private void checkLength(NodeId from, byte[] datagram) {
        int room = settings.totem().netMtuBytes() - UDP_IP_HEADER_BYTES;
        boolean listsFit =
                nodes.size() <= NODES_WITH_SHORT_LISTS
                        || settings.totem().netMtuBytes() >= MTU_FOR_LONG_LISTS;
        if (datagram.length > room && listsFit) {
            throw new InvariantBroken(
                    "node %s sent a datagram of %d bytes, there is room for %d"
                            .formatted(from, datagram.length, room));
        }
    }

    void send(NodeId from, NodeId to, byte[] datagram) {
        checkLength(from, datagram);
        if (to.value() >= 1 && to.value() <= nodes.size()) {
            network.send(from.value(), to.value(), datagram);
        }
    }

    void sendToAll(NodeId from, byte[] datagram) {
        checkLength(from, datagram);
        for (SimulatedNode node : nodes) {
            if (!node.id().equals(from)) {
                network.send(from.value(), node.id().value(), datagram);
            }
        }
    }

    void observe(SimulatedNode node, ClusterEffect effect) {
        ringChecks.observe(node.id(), effect);
        if (trace.isOn()) {
            switch (effect) {
                case ClusterEffect.QuorumChanged changed -> node.trace(changed.toString());
                case ClusterEffect.GroupConfiguration changed -> node.trace(changed.toString());
                default -> {
                    // Messages are too many, memberships are logged.
                }
            }
        }
    }

    /** A node's life has ended. */
    void ended(NodeId node) {
        ringChecks.ended(node);
    }

    /** Whether the node last told its programs that they are in a quorate component. */
    boolean claimsQuorum(NodeId node) {
        return ringChecks.claimsQuorum(node);
    }

    int nextLife() {
        return ++lives;
    }

    /** The clock. */
    public VirtualTime time() {
        return time;
    }

    /** The network. */
    public SimulatedNetwork network() {
        return network;
    }

    /** All machines; the node with id {@code n} is at {@code n - 1}. */
    public List<SimulatedNode> nodes() {
        return nodes;
    }

    /** The machines that are up. */
    public List<SimulatedNode> up() {
        return nodes.stream().filter(SimulatedNode::isUp).toList();
    }

    /** How the cluster was made. */
    public Settings settings() {
        return settings;
    }

    /** The rare paths that were reached. */
    public Probe probe() {
        return probe;
    }

    Workload workload() {
        return workload;
    }

    /** What happened so far. */
    public Trace trace() {
        return trace;
    }

    boolean tracesDebug() {
        return trace.isOn();
    }

    int firstSequence() {
        return settings.firstSequence();
    }

    long diskNanosMax() {
        return settings.diskNanosMax();
    }
}
