package org.holdfast.scheduler.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpKeyTest {

    @Test
    void aKeyHasThreeParts() {
        assertThat(OpKey.parse("my_rsc_monitor_10000"))
                .isEqualTo(new OpKey.Parts("my_rsc", "monitor", 10_000));
        assertThat(OpKey.parse("a_migrate_to_0")).isEqualTo(new OpKey.Parts("a", "migrate_to", 0));
        assertThat(OpKey.parse("a__0")).isNull();
        assertThat(OpKey.parse("_b_0")).isNull();
    }

    @Test
    void whatIsNoNumberIsTheIntervalZero() {
        assertThat(OpKey.parse("a_monitor_x")).isEqualTo(new OpKey.Parts("a", "monitor", 0));
        assertThat(OpKey.parse("a_monitor_5x")).isEqualTo(new OpKey.Parts("a", "monitor", 5));
        assertThat(OpKey.parse("a_monitor_99999999999999999999")).isNull();
    }
}
