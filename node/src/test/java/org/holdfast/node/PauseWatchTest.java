package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only turns of the loop that took far longer than planned are pauses. */
class PauseWatchTest {

    private static final long MILLI = 1_000_000;

    private final List<String> lines = new ArrayList<>();
    private final PauseWatch watch =
            new PauseWatch(() -> 1000, InstantSource.fixed(Instant.ofEpochMilli(1234)), lines::add);

    @Test
    void longWaitsThatWerePlannedAreNone() {
        watch.turned(5000 * MILLI, 4900 * MILLI);
        watch.turned(800 * MILLI, 0);
        assertThat(watch.last()).isEmpty();
    }

    @Test
    void othersAreKeptTheLastFirst() {
        for (int i = 1; i <= 12; i++) {
            watch.turned((1000 + i) * MILLI, 100 * MILLI);
        }
        assertThat(watch.last()).hasSize(10);
        assertThat(watch.last().getFirst()).isEqualTo(new PauseWatch.Pause(1234, 912));
        assertThat(lines.getFirst())
                .isEqualTo(
                        "Main process was not scheduled (@1234) for 901.0000 ms (threshold is"
                                + " 800.0000 ms). Consider token timeout increase.");
        watch.clear();
        assertThat(watch.last()).isEmpty();
    }
}
