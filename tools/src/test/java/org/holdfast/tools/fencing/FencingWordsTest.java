package org.holdfast.tools.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.cib.time.LocalZone;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FencingWordsTest {

    private static FencingEvent event(
            String action, @Nullable String delegate, String state, long completed) {
        return new FencingEvent(
                "n2", action, "fence1", "n1", "pacemaker-controld", delegate, state, completed);
    }

    private static FencingWords words(List<FencingEvent> events) {
        return new FencingWords(FencingLog.sorted(events), LocalZone.utc(), false, true);
    }

    @Test
    void describesEvents() {
        FencingEvent failed = event("reboot", "n1", "failed", 1_600_000_000);
        FencingEvent done = event("reboot", "n3", "success", 1_600_000_060);
        FencingEvent pending = event("off", null, "pending", 0);
        FencingWords words = words(List.of(failed, done, pending));
        assertThat(words.text(failed))
                .isEqualTo(
                        "reboot of n2 by n1 for pacemaker-controld@n1 failed"
                                + " at 2020-09-13 12:26:40.000000Z"
                                + " (a later attempt from n3 succeeded)");
        assertThat(words.text(done))
                .isEqualTo(
                        "reboot of n2 by n3 for pacemaker-controld@n1 successful"
                                + " at 2020-09-13 12:27:40.000000Z");
        assertThat(words.text(pending))
                .isEqualTo("turning off of n2 for pacemaker-controld@n1 pending");
    }

    @Test
    void putsPendingEventsAndNewOnesFirst() {
        FencingEvent older = event("reboot", "n1", "success", 1);
        FencingEvent newer = event("reboot", "n1", "success", 2);
        FencingEvent pending = event("reboot", null, "pending", 0);
        assertThat(FencingLog.sorted(List.of(older, newer, pending)).events())
                .containsExactly(pending, newer, older);
    }

    @Test
    void leavesOutRepetitions() {
        FencingEvent older = event("reboot", "n3", "success", 1);
        FencingEvent newer = event("reboot", "n1", "success", 2);
        FencingEvent byOne = event("reboot", "n1", "failed", 3);
        FencingEvent byAnother = event("reboot", "n3", "failed", 4);
        assertThat(FencingLog.sorted(List.of(older, newer, byOne, byAnother)).reduced().events())
                .containsExactly(byAnother, byOne, newer);
    }
}
