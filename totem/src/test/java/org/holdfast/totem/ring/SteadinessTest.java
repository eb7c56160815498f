package org.holdfast.totem.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;
import org.junit.jupiter.api.Test;

class SteadinessTest {

    private static final NodeId NODE = new NodeId(3);
    private static final long SECOND = 1_000_000_000L;

    private final Steadiness steadiness = new Steadiness();

    /** Lost, and back at once; answers for how many seconds it would have been kept out. */
    private long secondsHeld(long nowSeconds, boolean restarted) {
        steadiness.onLost(NODE, restarted, nowSeconds * SECOND);
        long held =
                steadiness.heldOff(nowSeconds * SECOND).stream()
                                .mapToLong(HoldOff::remainingNanos)
                                .sum()
                        / SECOND;
        steadiness.onJoined(List.of(NODE), nowSeconds * SECOND);
        return held;
    }

    @Test
    void threeLossesAreFreeThenTheTimeDoublesUpToABound() {
        assertThat(secondsHeld(1, false)).isZero();
        assertThat(secondsHeld(2, false)).isZero();
        assertThat(secondsHeld(3, false)).isZero();
        for (long seconds = 2; seconds <= 16; seconds *= 2) {
            assertThat(secondsHeld(4, false)).isEqualTo(seconds);
        }
        assertThat(secondsHeld(8, false)).isEqualTo(30);
        assertThat(secondsHeld(9, false)).isEqualTo(30);
        assertThat(steadiness.isHeldOff(NODE, 38 * SECOND)).isTrue();
        assertThat(steadiness.isHeldOff(NODE, 39 * SECOND)).isFalse();
        assertThat(steadiness.isHeldOff(new NodeId(4), 9 * SECOND)).isFalse();
    }

    @Test
    void whoIsRestartedWaitsForSecondsAtMost() {
        assertThat(secondsHeld(1, true)).isZero();
        assertThat(secondsHeld(2, true)).isZero();
        assertThat(secondsHeld(3, true)).isZero();
        assertThat(secondsHeld(4, true)).isEqualTo(1);
        assertThat(secondsHeld(5, true)).isEqualTo(2);
        assertThat(secondsHeld(6, true)).isEqualTo(4);
        assertThat(secondsHeld(7, true)).isEqualTo(8);
        assertThat(secondsHeld(8, true)).isEqualTo(8);
    }

    @Test
    void whoStaysForSomeMinutesIsSteady() {
        secondsHeld(1, false);
        secondsHeld(2, false);
        secondsHeld(3, false);

        assertThat(secondsHeld(200, false)).isZero();
    }

    @Test
    void theReasonIsShownAndForgottenWhenAsked() {
        for (int i = 1; i <= 4; i++) {
            secondsHeld(i, false);
        }

        assertThat(steadiness.heldOff(4 * SECOND))
                .containsExactly(new HoldOff(NODE, 4, 2 * SECOND))
                .allMatch(held -> held.text().startsWith("Node 3 was lost 4 times in a row"));
        assertThat(steadiness.heldOff(6 * SECOND)).isEmpty();

        steadiness.forget();

        assertThat(steadiness.isHeldOff(NODE, 4 * SECOND)).isFalse();
        assertThat(secondsHeld(5, false)).isZero();
    }

    @Test
    void callsOfWhoDoesNotAnswerAreNotFollowedUntilItDoes() {
        steadiness.onNoAnswer(NODE, 0);
        assertThat(steadiness.isDeaf(NODE, SECOND - 1)).isTrue();
        assertThat(steadiness.isDeaf(NODE, SECOND)).isFalse();
        for (int i = 0; i < 9; i++) {
            steadiness.onNoAnswer(NODE, SECOND);
        }
        assertThat(steadiness.isDeaf(NODE, 9 * SECOND - 1)).isTrue();
        assertThat(steadiness.isDeaf(NODE, 9 * SECOND)).isFalse();

        steadiness.onAnswer(NODE);

        assertThat(steadiness.isDeaf(NODE, SECOND)).isFalse();
    }
}
