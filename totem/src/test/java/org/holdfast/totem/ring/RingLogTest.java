package org.holdfast.totem.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedSet;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.RingId;
import org.junit.jupiter.api.Test;

/** The log against the obvious set of numbers, also where numbers wrap around (be835fb3). */
class RingLogTest {

    private static final RingId RING = new RingId(new NodeId(1), 4);

    @Test
    void agreesWithASetOfNumbersWhateverArrives() {
        for (int first : new int[] {0, -100, Integer.MAX_VALUE - 100, 5_000}) {
            for (long seed = 1; seed <= 50; seed++) {
                compare(first, new SeededRandom(seed));
            }
        }
    }

    private static void compare(int first, SeededRandom random) {
        RingLog log = new RingLog(RING, first);
        SortedSet<Integer> arrived = new TreeSet<>();
        int released = 0;
        for (int i = 0; i < 400; i++) {
            int distance = 1 + released + random.nextInt(120);
            boolean isNew = !arrived.contains(distance) && distance > released;
            assertThat(log.add(message(first + distance))).isEqualTo(isNew);
            arrived.add(distance);
            int aru = released;
            while (arrived.contains(aru + 1)) {
                aru++;
            }
            assertThat(log.aru()).isEqualTo(first + aru);
            assertThat(log.highest()).isEqualTo(first + arrived.last());
            if (random.chance(0.1)) {
                log.markDelivered(log.aru());
                released = aru;
                log.release(first + released);
            }
            int probe = 1 + released + random.nextInt(120);
            assertThat(log.has(first + probe)).isEqualTo(arrived.contains(probe));
        }
    }

    @Test
    void keepsNoMoreThanItsCapacityBeyondWhatIsReleased() {
        RingLog log = new RingLog(RING, -10);

        assertThat(log.add(message(-10 + RingLog.CAPACITY_MAX))).isTrue();
        assertThat(log.add(message(-10 + RingLog.CAPACITY_MAX + 1))).isFalse();
        assertThat(log.add(message(-10))).isFalse();
    }

    @Test
    void comparesNumbersAcrossTheWrap() {
        assertThat(Sequences.before(0xFFFFFFF5, 5)).isTrue();
        assertThat(Sequences.before(5, 0xFFFFFFF5)).isFalse();
        assertThat(Sequences.atMost(Integer.MAX_VALUE, Integer.MIN_VALUE)).isTrue();
        assertThat(Sequences.later(0xFFFFFFF5, 5)).isEqualTo(5);
    }

    private static Mcast message(int sequence) {
        Mcast message = Mcast.allocate(new NodeId(1), false, 4);
        message.number(RING, sequence, 0);
        return message;
    }
}
