package org.holdfast.totem.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.TotemCodec;
import org.junit.jupiter.api.Test;

/** The ring's core alone: formation, recovery and nodes that cannot stay. */
class RingTest {

    private static TotemConfig.Builder totem() {
        return TotemConfig.builder().tokenMillis(1000).tokenCoefficientMillis(0);
    }

    private static void cutOff(WiredRings rings, int node) {
        rings.lose((from, to, _) -> from == node || to == node);
    }

    /**
     * Each of three nodes has thousands of messages above one that none of them has. If each sent
     * all of them again, and all were kept until the ring is in force, they would fill its log.
     */
    @Test
    void aGapThatAllHaveDoesNotStopRecovery() {
        WiredRings rings = new WiredRings(4, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2, 3, 4))).isTrue();
        rings.lose((from, _, frame) ->
                from == 4
                        && TotemCodec.decode(frame) instanceof Mcast message
                        && message.sequence() == 1);
        rings.node(4).send(1);
        assertThat(rings.runUntil(2000, () -> rings.node(4).hasSentAll())).isTrue();
        for (int node = 1; node <= 3; node++) {
            rings.node(node).send(2500);
        }
        assertThat(
                        rings.runUntil(
                                20_000,
                                () ->
                                        rings.node(1).hasSentAll()
                                                && rings.node(2).hasSentAll()
                                                && rings.node(3).hasSentAll()))
                .isTrue();
        assertThat(rings.node(1).delivered).isEmpty();

        cutOff(rings, 4);

        assertThat(rings.runUntil(20_000, () -> rings.isRing(1, 2, 3))).isTrue();
        List<Integer> delivered = rings.node(1).delivered;
        assertThat(delivered).hasSize(7500).doesNotHaveDuplicates();
        assertThat(rings.node(2).delivered).isEqualTo(delivered);
        assertThat(rings.node(3).delivered).isEqualTo(delivered);
    }

    /** Once it runs, a ring's number is reserved long before it is needed. */
    @Test
    void aNewRingDoesNotWaitForTheDisk() {
        WiredRings rings = new WiredRings(3, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2, 3))).isTrue();
        rings.node(1).stopDisk();
        rings.node(2).stopDisk();

        cutOff(rings, 3);

        assertThat(rings.runUntil(5000, () -> rings.isRing(1, 2))).isTrue();
    }

    @Test
    void aRingIsNotFormedWithoutADurableNumber() {
        WiredRings rings = new WiredRings(2, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2))).isTrue();
        rings.node(1).stopDisk();
        for (int i = 0; i < 40 && rings.node(1).ring.isOperational(); i++) {
            cutOff(rings, 2);
            rings.runUntil(5000, () -> rings.isRing(1));
            rings.lose((_, _, _) -> false);
            rings.node(1).reload();
            rings.node(2).reload();
            rings.runUntil(5000, () -> rings.isRing(1, 2));
        }

        assertThat(rings.node(1).ring.isOperational()).isFalse();
    }

    /** A node that starts beside a ring is heard even while that forms. */
    @Test
    void whoComesWhileARingFormsNeedNotAskAgain() {
        WiredRings rings = new WiredRings(3, totem().joinMillis(5000));

        // Nobody repeats a join message in this time.
        assertThat(rings.runUntil(100, () -> rings.isRing(1, 2, 3))).isTrue();
    }

    /**
     * One side hears the other, which does not hear it: it soon stops to look for it all the time.
     */
    @Test
    void callsOfANodeThatDoesNotAnswerAreFollowedLessAndLess() {
        WiredRings rings = new WiredRings(2, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2))).isTrue();
        rings.lose((from, _, _) -> from == 2);
        rings.runUntil(60_000, () -> false);

        Ring deaf = rings.node(2).ring;
        assertThat(deaf.stats().of(Counter.CALL_IGNORED)).isPositive();
        assertThat(deaf.stats().of(Counter.GATHER_ENTERED)).isLessThan(40);

        rings.lose((_, _, _) -> false);
        assertThat(rings.runUntil(1500, () -> rings.isRing(1, 2))).isTrue();
    }

    /** Of a cable with a loose contact, all notice some changes, and then few. */
    @Test
    void aFlappingNodeCausesTwoChangesInHalfAMinuteAtMost() {
        WiredRings rings = new WiredRings(3, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2, 3))).isTrue();
        Ring first = rings.node(1).ring;
        long before = first.stats().of(Counter.OPERATIONAL_ENTERED);
        long[] changes = new long[2];
        for (int flap = 0; flap < 160; flap++) {
            cutOff(rings, 3);
            rings.runUntil(2500, () -> false);
            rings.lose((_, _, _) -> false);
            rings.runUntil(1500, () -> false);
            changes[flap < 10 ? 0 : 1] = first.stats().of(Counter.OPERATIONAL_ENTERED) - before;
        }

        // Without this there would be two changes in each flap.
        assertThat(changes[0]).isLessThanOrEqualTo(14);
        long secondsAfter = 150 * 4;
        assertThat(changes[1] - changes[0]).isLessThanOrEqualTo(2 * secondsAfter / 30);
        assertThat(first.heldOff()).isNotEmpty();
        assertThat(rings.runUntil(900_000, () -> rings.isRing(1, 2, 3))).isTrue();
    }

    @Test
    void anAdministratorsReloadEndsTheWait() {
        WiredRings rings = new WiredRings(2, totem());
        assertThat(rings.runUntil(2000, () -> rings.isRing(1, 2))).isTrue();
        for (int flap = 0; flap < 8; flap++) {
            cutOff(rings, 2);
            rings.runUntil(5000, () -> false);
            rings.lose((_, _, _) -> false);
            rings.runUntil(60_000, () -> rings.isRing(1, 2));
        }
        cutOff(rings, 2);
        rings.runUntil(5000, () -> false);
        rings.lose((_, _, _) -> false);
        assertThat(rings.node(1).ring.heldOff()).isNotEmpty();

        for (int node = 1; node <= 2; node++) {
            rings.node(node).reload();
        }

        assertThat(rings.node(1).ring.heldOff()).isEmpty();
        assertThat(rings.runUntil(3000, () -> rings.isRing(1, 2))).isTrue();
    }
}
