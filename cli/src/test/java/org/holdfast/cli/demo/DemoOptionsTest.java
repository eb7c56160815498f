package org.holdfast.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void readsTheCommandLine() throws DemoException {
        DemoOptions options =
                DemoOptions.parse(
                        List.of("--once", "--network"), Map.of("HOLDFAST_DEMO_PORT", "8099"));
        assertThat(options).isEqualTo(new DemoOptions(true, true, false, 8099));
        assertThat(DemoOptions.parse(List.of(), Map.of()).servicePort()).isEqualTo(8080);
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--twice"), Map.of()))
                .hasMessageContaining("--twice")
                .hasMessageContaining("usage");
        assertThatThrownBy(
                        () -> DemoOptions.parse(List.of(), Map.of("HOLDFAST_DEMO_PORT", "seventy")))
                .hasMessageContaining("seventy");
    }
}
