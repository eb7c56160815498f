package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random mixes of real and our nodes under faults and load, round by round. By default two short
 * rounds; {@code holdfast.soak.minutes}, {@code holdfast.soak.seed} (the first round's), {@code
 * holdfast.soak.seconds} (of faults a round), {@code holdfast.soak.loss} (largest percentage),
 * {@code holdfast.soak.mix} ({@code REAL} or {@code OURS}: only such nodes, for comparison) and
 * {@code holdfast.soak.logs} (a directory to keep the logs of failed rounds in) make it longer.
 */
@Tag("interop")
class RingSoakTest {

    private static final int ROUNDS_MIN = 2;

    @Test
    void noNodeStaysOutAndNoMessageIsLost() {
        long first = Long.getLong("holdfast.soak.seed", 1);
        long end =
                System.nanoTime()
                        + Duration.ofMinutes(Long.getLong("holdfast.soak.minutes", 0)).toNanos();
        Duration faultTime = Duration.ofSeconds(Long.getLong("holdfast.soak.seconds", 15));
        RingSoak.Mix mix =
                RingSoak.Mix.valueOf(
                        System.getProperty("holdfast.soak.mix", RingSoak.Mix.RANDOM.name()));
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < ROUNDS_MIN || System.nanoTime() < end; i++) {
            LoadedRing.Plan plan = RingSoak.plan(first + i, mix);
            try (RingSoak soak = new RingSoak(plan, Integer.getInteger("holdfast.soak.loss", 20))) {
                play(soak, plan, faultTime, failed);
            }
        }
        assertThat(failed).isEmpty();
    }

    private static void play(
            RingSoak soak, LoadedRing.Plan plan, Duration faultTime, List<String> failed) {
        String result;
        boolean passed = false;
        try {
            RingSoak.Report report = soak.play(faultTime);
            passed = report.wrong().isEmpty();
            result = report.toString();
        } catch (AssertionError e) {
            result = "seed " + plan.seed() + ": " + e.getMessage();
        }
        System.out.println(result);
        if (!passed) {
            failed.add(result);
            String logs = System.getProperty("holdfast.soak.logs");
            if (logs != null) {
                soak.keepLogs(Path.of(logs, "seed" + plan.seed()));
            }
        }
    }
}
