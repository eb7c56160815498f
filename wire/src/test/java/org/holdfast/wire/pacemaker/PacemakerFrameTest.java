package org.holdfast.wire.pacemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacemakerFrameTest {

    @Test
    void headerIsLaidOutAsPacemakerSendsIt() {
        byte[] text = "<a/>".getBytes(StandardCharsets.UTF_8);
        byte[] bytes =
                PacemakerFrame.ofText(
                                1,
                                PacemakerAddress.all(PacemakerAddress.ATTRIBUTES),
                                new PacemakerAddress(0, 27, PacemakerAddress.ATTRIBUTES, "n2"),
                                text)
                        .encode();

        assertThat(bytes).hasSize(592 + 5);
        assertThat(bytes[8] & 0xff | (bytes[9] & 0xff) << 8).isEqualTo(597); // size
        assertThat(bytes[16]).isEqualTo((byte) 1); // CS_OK
        assertThat(bytes[24]).isEqualTo((byte) 1); // message number
        assertThat(bytes[44]).isEqualTo((byte) 5); // receiver's daemon
        assertThat(bytes[312]).isEqualTo((byte) 27); // sender's pid
        assertThat(new String(bytes, 328, 2, StandardCharsets.UTF_8)).isEqualTo("n2");
        assertThat(bytes[584]).isEqualTo((byte) 5); // text with NUL
        assertThat(bytes[596]).isZero();
    }

    @Test
    void decodeGivesBackWhatWasEncoded() throws Exception {
        PacemakerFrame frame =
                PacemakerFrame.ofText(
                        9,
                        new PacemakerAddress(3, 0, PacemakerAddress.CONTROLLER, "n3"),
                        new PacemakerAddress(0, 4711, PacemakerAddress.CONTROLLER, "n1"),
                        "<x y='ä'/>".getBytes(StandardCharsets.UTF_8));

        PacemakerFrame read = PacemakerFrame.decode(frame.encode());

        assertThat(read.text()).isEqualTo("<x y='ä'/>");
        assertThat(read.target()).isEqualTo(frame.target());
        assertThat(read.sender()).isEqualTo(frame.sender());
        assertThat(read.number()).isEqualTo(9);
    }

    @Test
    void everyTruncationIsRefused() {
        byte[] bytes =
                PacemakerFrame.ofText(
                                1,
                                PacemakerAddress.all(3),
                                PacemakerAddress.all(3),
                                new byte[] {'x'})
                        .encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PacemakerFrame.decode(cut))
                    .isInstanceOf(MalformedFrameException.class);
        }
    }
}
