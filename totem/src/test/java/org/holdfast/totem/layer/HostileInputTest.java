package org.holdfast.totem.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.ring.RingStats.Counter;
import org.junit.jupiter.api.Test;

/**
 * A listed node that sends damaged, invented and repeated datagrams makes this node drop, count and
 * look for a new ring, but neither fail nor grow. Raise {@code holdfast.fuzz.rounds} for a long
 * run.
 */
class HostileInputTest {

    private static final GroupName GROUP = new GroupName("g");

    private final SeededRandom random = new SeededRandom(0xBAD);
    private final List<byte[]> seen = new ArrayList<>();
    private final Node[] nodes = {new Node(1), new Node(2)};
    private long nowNanos;

    private final class Node {
        final int id;
        final ClusterLayer layer;
        final long[] deadlines = new long[ClusterTimer.values().length];
        final Deque<ClusterInput> inputs = new ArrayDeque<>();

        Node(int id) {
            this.id = id;
            List<ClusterNode> list =
                    List.of(
                            new ClusterNode(new NodeId(1), "a", 1),
                            new ClusterNode(new NodeId(2), "b", 1));
            layer =
                    new ClusterLayer(
                            new ClusterConfig(
                                    new NodeId(id),
                                    list,
                                    TotemConfig.builder().tokenMillis(200).build(2),
                                    QuorumConfig.majority(),
                                    0),
                            null,
                            id);
            Arrays.fill(deadlines, Long.MAX_VALUE);
        }

        void run() {
            for (int i = 0; i < deadlines.length; i++) {
                if (deadlines[i] <= nowNanos) {
                    deadlines[i] = Long.MAX_VALUE;
                    inputs.add(new ClusterInput.TimerFired(ClusterTimer.values()[i]));
                }
            }
            for (int i = 0; i < 200 && !inputs.isEmpty(); i++) {
                List<ClusterEffect> effects = new ArrayList<>();
                layer.step(nowNanos, inputs.remove(), effects::add);
                effects.forEach(this::carryOut);
            }
        }

        private void carryOut(ClusterEffect effect) {
            switch (effect) {
                case ClusterEffect.SendTo send -> arrive(send.bytes());
                case ClusterEffect.SendToAll send -> arrive(send.bytes());
                case ClusterEffect.SetTimer set ->
                        deadlines[set.timer().ordinal()] = set.deadlineNanos();
                case ClusterEffect.PersistRingId persist ->
                        inputs.add(new ClusterInput.RingIdPersisted(persist.ticket()));
                default -> {
                    // Nothing that matters here.
                }
            }
        }

        private void arrive(byte[] bytes) {
            if (seen.size() < 2000) {
                seen.add(bytes.clone());
            } else {
                seen.set(random.nextInt(seen.size()), bytes.clone());
            }
            nodes[2 - id].inputs.add(new ClusterInput.Datagram(bytes.clone()));
        }
    }

    @Test
    void hostileDatagramsAreDroppedOrSurvived() {
        for (Node node : nodes) {
            node.inputs.add(new ClusterInput.Start());
            node.inputs.add(new ClusterInput.JoinGroup(GROUP, 1));
        }
        int rounds = Integer.getInteger("holdfast.fuzz.rounds", 100_000);
        int intoRingsInForce = 0;
        for (int round = 0; round < rounds; round++) {
            nowNanos += random.nextBetween(10_000, 2_000_000);
            Node victim = nodes[random.nextInt(2)];
            byte[] datagram =
                    seen.isEmpty() ? new byte[0] : mutate(seen.get(random.nextInt(seen.size())));
            if (round % 50 > 25) {
                intoRingsInForce += victim.layer.ringState().equals("OPERATIONAL") ? 1 : 0;
                victim.inputs.add(new ClusterInput.Datagram(datagram));
            }
            if (round % 20 == 0 && victim.layer.canMulticast(4000)) {
                victim.inputs.add(
                        new ClusterInput.Multicast(GROUP, 1, new byte[random.nextInt(4000)]));
            }
            try {
                nodes[0].run();
                nodes[1].run();
            } catch (RuntimeException e) {
                fail("round " + round + ": " + HexFormat.of().formatHex(datagram), e);
            }
        }
        assertThat(nodes[0].layer.ringStats().of(Counter.RX_MSG_DROPPED)).isPositive();
        assertThat(nodes[0].layer.ringStats().of(Counter.OPERATIONAL_ENTERED)).isGreaterThan(10);
        assertThat(nodes[0].layer.groups().size()).isLessThan(1000);
        assertThat(intoRingsInForce)
                .as("datagrams that met a ring in force")
                .isGreaterThan(rounds / 10);
    }

    private byte[] mutate(byte[] original) {
        byte[] bytes =
                random.chance(0.1)
                        ? Arrays.copyOf(original, random.nextInt(original.length + 40))
                        : original.clone();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at]++;
                case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xFF);
                default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0);
            }
        }
        return bytes;
    }
}
