package org.holdfast.totem.layer;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** Three nodes without anything that judges what they deliver: others may speak in their names. */
final class HostileRing {

    private static final GroupName GROUP = new GroupName("g");
    private static final int NODES = 3;
    private static final int HEARD_MAX = 3000;
    private static final int INPUTS_A_RUN_MAX = 20_000;
    private static final long HOP_NANOS = 50_000;

    private final SeededRandom random;
    private final List<Node> nodes = new ArrayList<>();
    private final List<byte[]> heard = new ArrayList<>();
    private final Deque<Arrival> onTheWay = new ArrayDeque<>();
    private Tampering tampering = (_, bytes) -> bytes;
    private long nowNanos;
    private long lastToken;
    private int stopped;

    /** Changes what is on the way. */
    interface Tampering {
        byte[] change(int to, byte[] bytes);
    }

    private record Arrival(long nanos, int node, byte[] bytes) {}

    HostileRing(SeededRandom random) {
        this.random = random;
        for (int id = 1; id <= NODES; id++) {
            nodes.add(new Node(id));
        }
    }

    /** One machine, which boots again when it has been told to stop. */
    final class Node {
        private final int id;
        private final long[] deadlines = new long[ClusterTimer.values().length];
        private final Deque<ClusterInput> inputs = new ArrayDeque<>();
        private final Map<Counter, Long> countedBefore = new EnumMap<>(Counter.class);
        private final Set<Long> delivered = new LinkedHashSet<>();
        private ClusterLayer layer;
        private @Nullable RingId disk;
        private boolean ends;
        private int lives;

        private Node(int id) {
            this.id = id;
            this.layer = boot();
        }

        ClusterLayer layer() {
            return layer;
        }

        private boolean isInGroup() {
            return layer.groups()
                    .getOrDefault(GROUP, List.of())
                    .contains(new GroupMember(new NodeId(id), lives));
        }

        long counted(Counter counter) {
            return countedBefore.getOrDefault(counter, 0L) + layer.ringStats().of(counter);
        }

        private ClusterLayer boot() {
            List<ClusterNode> list = new ArrayList<>();
            for (int node = 1; node <= NODES; node++) {
                list.add(new ClusterNode(new NodeId(node), "n" + node, 1));
            }
            Arrays.fill(deadlines, Long.MAX_VALUE);
            inputs.clear();
            inputs.add(new ClusterInput.Start());
            inputs.add(new ClusterInput.JoinGroup(GROUP, ++lives));
            return new ClusterLayer(
                    new ClusterConfig(
                            new NodeId(id),
                            list,
                            TotemConfig.builder()
                                    .tokenMillis(200)
                                    .tokenCoefficientMillis(0)
                                    .build(NODES),
                            QuorumConfig.majority(),
                            0),
                    disk,
                    id * 1000L + lives);
        }

        private void run() {
            for (int timer = 0; timer < deadlines.length; timer++) {
                if (deadlines[timer] <= nowNanos) {
                    deadlines[timer] = Long.MAX_VALUE;
                    inputs.add(new ClusterInput.TimerFired(ClusterTimer.values()[timer]));
                }
            }
            int budget = INPUTS_A_RUN_MAX;
            while (!inputs.isEmpty()) {
                if (budget-- == 0) {
                    throw new IllegalStateException("node " + id + " has no end of inputs");
                }
                List<ClusterEffect> effects = new ArrayList<>();
                layer.step(nowNanos, inputs.remove(), effects::add);
                effects.forEach(this::carryOut);
                if (ends) {
                    reboot();
                }
            }
        }

        private void reboot() {
            ends = false;
            stopped++;
            for (Counter counter : Counter.values()) {
                countedBefore.merge(counter, layer.ringStats().of(counter), Long::sum);
            }
            layer = boot();
        }

        private void carryOut(ClusterEffect effect) {
            switch (effect) {
                case ClusterEffect.SendTo send -> send(id, send.node().value(), send.bytes());
                case ClusterEffect.SendToAll send -> {
                    for (int node = 1; node <= NODES; node++) {
                        if (node != id) {
                            send(id, node, send.bytes());
                        }
                    }
                }
                case ClusterEffect.SetTimer set ->
                        deadlines[set.timer().ordinal()] = set.deadlineNanos();
                case ClusterEffect.CancelTimer cancel ->
                        deadlines[cancel.timer().ordinal()] = Long.MAX_VALUE;
                case ClusterEffect.PersistRingId persist -> {
                    disk = persist.ringId();
                    inputs.add(new ClusterInput.RingIdPersisted(persist.ticket()));
                }
                case ClusterEffect.GroupMessage message -> {
                    if (message.payload().length == Long.BYTES) {
                        delivered.add(ByteBuffer.wrap(message.payload()).getLong());
                    }
                }
                case ClusterEffect.Killed _, ClusterEffect.Stopped _ -> ends = true;
                default -> {
                    // Nothing that matters here.
                }
            }
        }
    }

    List<Node> nodes() {
        return nodes;
    }

    /** What the nodes have sent lately, mostly. */
    List<byte[]> heard() {
        return heard;
    }

    /** How often a node was told to stop. */
    int stopped() {
        return stopped;
    }

    void tamper(Tampering with) {
        tampering = with;
    }

    void start() {
        nodes.forEach(Node::run);
    }

    void give(Node node, ClusterInput input) {
        node.inputs.add(input);
        node.run();
    }

    /** Ends a node's process and starts it again. */
    void restart(Node node) {
        node.reboot();
        node.run();
    }

    private void send(int from, int to, byte[] bytes) {
        if (heard.size() < HEARD_MAX) {
            heard.add(bytes.clone());
        } else if (random.nextInt(20) == 0) {
            heard.set(random.nextInt(HEARD_MAX), bytes.clone());
        }
        if (to >= 1 && to <= NODES && to != from) {
            byte[] changed = tampering.change(to, bytes.clone());
            onTheWay.add(new Arrival(nowNanos + HOP_NANOS, to, changed));
        }
    }

    /** Lets so much time pass. */
    void run(long nanos) {
        long end = nowNanos + nanos;
        while (true) {
            long next = onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.getFirst().nanos();
            for (Node node : nodes) {
                for (long deadline : node.deadlines) {
                    next = Math.min(next, deadline);
                }
            }
            if (next > end) {
                nowNanos = end;
                return;
            }
            nowNanos = Math.max(nowNanos, next);
            while (!onTheWay.isEmpty() && onTheWay.getFirst().nanos() <= nowNanos) {
                Arrival arrival = onTheWay.removeFirst();
                nodes.get(arrival.node() - 1)
                        .inputs
                        .add(new ClusterInput.Datagram(arrival.bytes()));
            }
            nodes.forEach(Node::run);
        }
    }

    /** Whether all come into one ring within the time, and deliver a message of each. */
    boolean settles(long limitNanos) {
        // Nodes that others made fall out of the ring again and again are held off for long.
        nodes.forEach(node -> give(node, new ClusterInput.Reconfigured(node.layer.config())));
        long end = nowNanos + limitNanos;
        while (nowNanos < end) {
            run(1_000_000);
            if (isOneRing() && deliversAll()) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneRing() {
        RingId first = nodes.getFirst().layer.ringId();
        return nodes.stream()
                .allMatch(node ->
                        node.layer.isReady()
                                && node.layer.quorate()
                                && node.layer.ringId().equals(first)
                                && node.layer.members().size() == NODES);
    }

    private boolean deliversAll() {
        Set<Long> sent = new LinkedHashSet<>();
        for (Node node : nodes) {
            long token = ++lastToken;
            node.delivered.clear();
            if (!node.isInGroup()) {
                // It was told that it has left, in its own name.
                give(node, new ClusterInput.JoinGroup(GROUP, node.lives));
            }
            localRequest(node);
            byte[] payload = ByteBuffer.allocate(Long.BYTES).putLong(token).array();
            if (node.layer.canMulticast(payload.length)) {
                sent.add(token);
                give(node, new ClusterInput.Multicast(GROUP, node.lives, payload));
            }
        }
        run(50_000_000);
        return sent.size() == NODES
                && nodes.stream().allMatch(node -> node.delivered.containsAll(sent));
    }

    /** So that messages of all kinds are on the way. */
    private void localRequest(Node node) {
        switch (random.nextInt(12)) {
            case 0 -> give(node, new ClusterInput.SetVotes(new NodeId(2), 1));
            case 1 -> give(node, new ClusterInput.SetExpectedVotes(NODES));
            case 2 -> give(node, new ClusterInput.RequestReload());
            case 3 -> give(node, new ClusterInput.JoinGroup(new GroupName("other"), node.lives));
            case 4 ->
                    give(
                            node,
                            new ClusterInput.LeaveGroup(
                                    new GroupName("other"), node.lives, GroupChange.Reason.LEAVE));
            case 5 -> {
                if (node.layer.canMulticast(9000)) {
                    give(node, new ClusterInput.Multicast(GROUP, node.lives, new byte[9000]));
                }
            }
            default -> {
                // Quiet.
            }
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Node node : nodes) {
            text.append(
                    "node %d: %s %s of %s, quorate %s, group %s, delivers %s, ready %s; "
                            .formatted(
                                    node.id,
                                    node.layer.ringState(),
                                    node.layer.ringId(),
                                    node.layer.members(),
                                    node.layer.quorate(),
                                    node.layer.groups().get(GROUP),
                                    node.delivered,
                                    node.layer.isReady()));
        }
        return text.toString();
    }
}
