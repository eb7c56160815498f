package org.holdfast.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SystemCallsTest {

    @Test
    void knowsGroups() {
        assertThat(UserGroups.of("root")).first().isEqualTo("root");
        assertThat(UserGroups.of("no-such-user-here")).isEmpty();
    }

    @Test
    void saysWhenNobodyListens() {
        assertThatThrownBy(() -> ServiceManager.notify("@holdfast-nobody", "READY=1"))
                .isInstanceOf(LinuxException.class);
    }
}
