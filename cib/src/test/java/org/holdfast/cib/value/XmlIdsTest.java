package org.holdfast.cib.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class XmlIdsTest {

    @Test
    void charactersThatAnIdMayNotHaveAreReplaced() {
        assertThat(XmlIds.sanitized("1-fail-count-db#monitor_0"))
                .isEqualTo("_-fail-count-db.monitor_0");
        assertThat(XmlIds.sanitized("ip-fe80::1 x")).isEqualTo("ip-fe80::1.x");
    }

    @Test
    void nothingElseChanges() {
        assertThat(XmlIds.sanitized("_é:b-1.Ω")).isEqualTo("_é:b-1.Ω");
    }
}
