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

    private List<Long> secondsHeld(long nowSeconds) {
        return steadiness.onLost(List.of(NODE), nowSeconds * SECOND).stream()
                .map(held -> held.remainingNanos() / SECOND)
                .toList();
    }

    @Test
    void threeLossesAreFreeThenTheTimeDoublesUpToABound() {
        assertThat(secondsHeld(1)).isEmpty();
        assertThat(secondsHeld(2)).isEmpty();
        assertThat(secondsHeld(3)).isEmpty();
        assertThat(secondsHeld(4)).containsExactly(1L);
        assertThat(secondsHeld(5)).containsExactly(2L);
        assertThat(secondsHeld(6)).containsExactly(4L);
        assertThat(secondsHeld(7)).containsExactly(8L);
        assertThat(secondsHeld(8)).containsExactly(8L);
        assertThat(steadiness.isHeldOff(NODE, 15 * SECOND)).isTrue();
        assertThat(steadiness.isHeldOff(NODE, 16 * SECOND)).isFalse();
        assertThat(steadiness.isHeldOff(new NodeId(4), 9 * SECOND)).isFalse();
    }

    @Test
    void oldLossesAreForgotten() {
        for (int i = 1; i <= 3; i++) {
            secondsHeld(i);
        }

        assertThat(secondsHeld(200)).isEmpty();
    }

    @Test
    void theReasonIsShown() {
        for (int i = 1; i <= 4; i++) {
            secondsHeld(i);
        }

        assertThat(steadiness.heldOff(4 * SECOND))
                .containsExactly(new HoldOff(NODE, 4, SECOND))
                .allMatch(held -> held.text().startsWith("Node 3 was lost 4 times"));
        assertThat(steadiness.heldOff(5 * SECOND)).isEmpty();
    }
}
