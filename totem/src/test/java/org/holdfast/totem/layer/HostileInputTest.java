package org.holdfast.totem.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.testkit.Captures;
import org.holdfast.testkit.Mutations;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ring.RingStats.Counter;
import org.junit.jupiter.api.Test;

/**
 * Somebody who can send from a listed node's address sends damaged, invented, recorded and repeated
 * datagrams to a ring at work. The nodes drop, count, and look for a new ring where the datagram
 * asks for one; they neither fail nor grow, and as soon as it is over they are one ring that
 * delivers. {@code -Dholdfast.fuzz.rounds=10000000} for a long run.
 */
class HostileInputTest {

    private static final int BURST_MAX = 400;

    /** Twenty formations of a ring. */
    private static final long PEACE_NANOS = 20_000_000_000L;

    private static final long GROWTH_BYTES_MAX = 16 << 20;

    private final SeededRandom random = new SeededRandom(0xBAD);
    private final Mutations mutations = new Mutations(random);
    private final HostileRing ring = new HostileRing(random);
    private final Map<Counter, Long> counted = new EnumMap<>(Counter.class);
    private int intoRingsInForce;
    private int stuck;

    @Test
    void hostileDatagramsAreDroppedOrSurvived() {
        List<byte[]> recorded = new ArrayList<>(Captures.ofProject());
        Captures.recordings().forEach(recording -> recorded.addAll(Captures.read(recording)));
        int rounds = Integer.getInteger("holdfast.fuzz.rounds", 100_000);
        long start = System.nanoTime();
        ring.start();
        peace(0);
        int sent = 0;
        int bursts = 0;
        long usedEarly = 0;
        while (sent < rounds) {
            int burst = 1 + random.nextInt(BURST_MAX);
            attack(burst, sent, recorded);
            sent += burst;
            bursts++;
            peace(sent);
            if (usedEarly == 0 && sent > rounds / 10) {
                usedEarly = usedBytes();
            }
        }
        long growth = usedBytes() - usedEarly;
        ring.nodes().forEach(this::count);
        System.out.printf(
                "%,d hostile datagrams in %,d bursts into three nodes in %.1f s, %,d into rings in"
                        + " force, %,d dropped as malformed or unlisted, %,d rings formed, %,d nodes"
                        + " told to stop, %,d rings that only a restart mended; memory grew by %,d KiB%n",
                sent,
                bursts,
                (System.nanoTime() - start) / 1e9,
                intoRingsInForce,
                counted.get(Counter.RX_MSG_DROPPED),
                counted.get(Counter.OPERATIONAL_ENTERED),
                ring.stopped(),
                stuck,
                growth >> 10);

        assertThat(counted.get(Counter.RX_MSG_DROPPED)).isGreaterThan(rounds / 20);
        assertThat(intoRingsInForce).isGreaterThan(rounds / 10);
        assertThat(stuck).isLessThanOrEqualTo(1 + sent / 1_000_000);
        assertThat(growth).as("growth in bytes").isLessThan(GROWTH_BYTES_MAX);
    }

    private void attack(int burst, int sentBefore, List<byte[]> recorded) {
        boolean fast = random.chance(0.5);
        for (int i = 0; i < burst; i++) {
            HostileRing.Node victim = ring.nodes().get(random.nextInt(3));
            byte[] datagram = mutations.next(random.chance(0.3) ? recorded : ring.heard());
            intoRingsInForce += victim.layer().ringState().equals("OPERATIONAL") ? 1 : 0;
            try {
                ring.give(victim, new ClusterInput.Datagram(datagram));
                ring.run(fast ? 20_000 : random.nextBetween(20_000, 3_000_000));
            } catch (RuntimeException e) {
                fail("datagram " + (sentBefore + i) + ": " + HexFormat.of().formatHex(datagram), e);
            }
        }
    }

    /** One ring of all must come, and deliver what each sends. */
    private void peace(int sent) {
        try {
            if (!ring.settles(PEACE_NANOS)) {
                // What was forged in the ring's own order is as good as any member's word there.
                stuck++;
                ring.restart(ring.nodes().get(random.nextInt(3)));
                boolean settled = ring.settles(PEACE_NANOS);
                assertThat(settled).as("peace after %d datagrams: %s", sent, ring).isTrue();
            }
        } catch (RuntimeException e) {
            fail("after " + sent + " datagrams", e);
        }
        for (HostileRing.Node node : ring.nodes()) {
            assertThat(node.layer().groups().size()).as("groups").isLessThan(5000);
            assertThat(node.layer().members()).contains(new NodeId(1));
        }
    }

    private void count(HostileRing.Node node) {
        for (Counter counter : Counter.values()) {
            counted.merge(counter, node.counted(counter), Long::sum);
        }
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
