package org.holdfast.totem.ring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.TotemConfig;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.RingId;

/** Some rings' cores with wires between them, and nothing on top but counting. */
final class WiredRings {

    private static final long HOP_NANOS = 50_000;
    private static final long MILLI = 1_000_000;

    private final List<Node> nodes = new ArrayList<>();
    private final Deque<Arrival> onTheWay = new ArrayDeque<>();
    private Loss loss = (_, _, _) -> false;
    private long nowNanos;

    /** Decides which frames do not arrive. */
    interface Loss {
        boolean isLost(int from, int to, byte[] frame);
    }

    private record Arrival(long nanos, int node, byte[] frame) {}

    WiredRings(int count, TotemConfig.Builder totem) {
        TreeSet<NodeId> all = new TreeSet<>();
        for (int id = 1; id <= count; id++) {
            all.add(new NodeId(id));
        }
        for (int id = 1; id <= count; id++) {
            nodes.add(new Node(id, totem.build(count), all));
        }
        nodes.forEach(node -> node.step(node.ring::start));
    }

    Node node(int id) {
        return nodes.get(id - 1);
    }

    void lose(Loss frames) {
        loss = frames;
    }

    long nowMillis() {
        return nowNanos / MILLI;
    }

    /** Runs until it is so; answers whether it came to that in time. */
    boolean runUntil(long limitMillis, BooleanSupplier isSo) {
        long end = nowNanos + limitMillis * MILLI;
        while (!isSo.getAsBoolean()) {
            long next = onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.getFirst().nanos();
            for (Node node : nodes) {
                next = Math.min(next, Arrays.stream(node.deadlines).min().orElseThrow());
            }
            if (next > end) {
                nowNanos = end;
                return isSo.getAsBoolean();
            }
            nowNanos = Math.max(nowNanos, next);
            while (!onTheWay.isEmpty() && onTheWay.getFirst().nanos() <= nowNanos) {
                Arrival arrival = onTheWay.removeFirst();
                Node node = node(arrival.node());
                node.step(() -> node.ring.receive(arrival.frame()));
            }
            nodes.forEach(Node::fireTimers);
        }
        return true;
    }

    boolean isRing(Integer... ids) {
        List<NodeId> members = Arrays.stream(ids).map(NodeId::new).toList();
        return members.stream()
                .map(member -> node(member.value()).ring)
                .allMatch(ring ->
                        ring.isOperational()
                                && ring.members().equals(members)
                                && ring.ringId().equals(node(ids[0]).ring.ringId()));
    }

    /** One machine: a disk that is as fast as one likes, and messages without content. */
    final class Node implements RingPort, RingUser {
        final Ring ring;
        final List<Integer> delivered = new ArrayList<>();
        final List<String> log = new ArrayList<>();
        private final int id;
        private final TotemConfig totem;
        private final TreeSet<NodeId> all;
        private final long[] deadlines = new long[ClusterTimer.values().length];
        private final Deque<Long> writes = new ArrayDeque<>();
        private int toSend;
        private boolean diskStands;
        private long ticket;

        private Node(int id, TotemConfig totem, TreeSet<NodeId> all) {
            this.id = id;
            this.totem = totem;
            this.all = all;
            Arrays.fill(deadlines, Long.MAX_VALUE);
            NodeId self = new NodeId(id);
            ring =
                    new Ring(
                            self,
                            totem,
                            all,
                            new RingId(self, 0),
                            0,
                            new SeededRandom(id),
                            this,
                            this);
        }

        void step(Runnable work) {
            ring.beginStep();
            work.run();
            ring.endStep();
            while (!writes.isEmpty() && !diskStands) {
                long done = writes.remove();
                step(() -> ring.onPersisted(done));
            }
        }

        /** From now on writes do not end. */
        void stopDisk() {
            diskStands = true;
        }

        /** Sends so many messages of its own. */
        void send(int messages) {
            step(() -> toSend += messages);
        }

        /** Reads its configuration again, which has not changed. */
        void reload() {
            step(() -> ring.reconfigure(totem, all));
        }

        boolean hasSentAll() {
            return toSend == 0;
        }

        private void fireTimers() {
            for (ClusterTimer timer : ClusterTimer.values()) {
                if (deadlines[timer.ordinal()] <= nowNanos) {
                    deadlines[timer.ordinal()] = Long.MAX_VALUE;
                    step(() -> ring.onTimer(timer));
                }
            }
        }

        @Override
        public long nowNanos() {
            return nowNanos;
        }

        @Override
        public void sendTo(NodeId to, byte[] frame) {
            if (!loss.isLost(id, to.value(), frame)) {
                onTheWay.add(new Arrival(nowNanos + HOP_NANOS, to.value(), frame.clone()));
            }
        }

        @Override
        public void sendToAll(byte[] frame) {
            for (Node other : nodes) {
                if (other != this) {
                    sendTo(new NodeId(other.id), frame);
                }
            }
        }

        @Override
        public void setTimer(ClusterTimer timer, long deadlineNanos) {
            deadlines[timer.ordinal()] = deadlineNanos;
        }

        @Override
        public long persist(RingId ringId) {
            writes.add(++ticket);
            return ticket;
        }

        @Override
        public void log(Level level, String text) {
            if (level != Level.DEBUG) {
                log.add(text);
            }
        }

        @Override
        public void deliver(Mcast message) {
            delivered.add(message.from().value() * 1_000_000 + message.sequence());
        }

        @Override
        public void transitional(List<NodeId> members, List<NodeId> left, RingId ringId) {
            // Only what is delivered counts.
        }

        @Override
        public void regular(List<NodeId> members, List<NodeId> joined, RingId ringId) {
            // Only what is delivered counts.
        }

        @Override
        public boolean hasQuorum() {
            return true;
        }

        @Override
        public boolean allAskEarly() {
            return false;
        }

        @Override
        public boolean senderHolds() {
            return false;
        }

        @Override
        public int backlogPackets() {
            return toSend;
        }

        @Override
        public Mcast nextPacket() {
            toSend--;
            return Mcast.allocate(new NodeId(id), false, 0);
        }
    }
}
