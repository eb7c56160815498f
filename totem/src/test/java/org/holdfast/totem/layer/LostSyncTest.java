package org.holdfast.totem.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.TotemCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A forged message takes the place of one that the sync step waits for. */
class LostSyncTest {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /**
     * The ring has that message, so nobody sends it again; the other nodes have the true one and go
     * on, one waits.
     *
     * @param number of the message to the last node that is not what its sender sent
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 6, 9})
    void theStepBeginsAnewInAnotherRing(int number) {
        HostileRing ring = new HostileRing(new SeededRandom(number));
        int[] seen = {0};
        ring.tamper((to, bytes) -> {
            if (to == 3
                    && TotemCodec.decode(bytes.clone()) instanceof Mcast message
                    && isOfAllThree(ring)
                    && ++seen[0] == number) {
                Arrays.fill(bytes, bytes.length - message.payloadBytes(), bytes.length, (byte) 0);
            }
            return bytes;
        });
        ring.start();

        assertThat(ring.settles(PATIENCE_NANOS)).as(ring.toString()).isTrue();
        assertThat(seen[0]).isGreaterThan(number);
    }

    private static boolean isOfAllThree(HostileRing ring) {
        return ring.nodes().stream().allMatch(node -> node.layer().members().size() == 3);
    }
}
