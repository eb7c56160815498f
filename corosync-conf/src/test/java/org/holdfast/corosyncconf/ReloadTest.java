package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys that are settled at the start keep their value when the file is read again. */
class ReloadTest {

    private static final String RUNNING =
            "totem {\n version: 2\n transport: udpu\n token: 1000\n}\nquorum {\n provider: corosync_votequorum\n}\n";

    private static Reload reload(String file) throws ConfSyntaxException {
        return Reload.of(ConfParser.parse(RUNNING), ConfParser.parse(file));
    }

    @Test
    void settledKeysStay() throws ConfSyntaxException {
        Reload reload =
                reload(
                        "totem {\n version: 2\n transport: udpu\n token: 2000\n}\n"
                                + "totem {\n transport: udp\n netmtu: 1400\n}\n");
        assertThat(reload.refused()).containsExactly("totem.netmtu", "totem.transport");
        ConfSection totem = Merged.section(reload.file(), "totem");
        assertThat(totem.value("transport")).isEqualTo(Optional.of("udpu"));
        assertThat(totem.value("netmtu")).isEmpty();
        assertThat(totem.value("token")).isEqualTo(Optional.of("2000"));
    }

    @Test
    void aFileWithTheSameValuesIsTakenAsItIs() throws ConfSyntaxException {
        Reload reload = reload(RUNNING);
        assertThat(reload.refused()).isEmpty();
        assertThat(reload.file()).isEqualTo(ConfParser.parse(RUNNING));
    }
}
