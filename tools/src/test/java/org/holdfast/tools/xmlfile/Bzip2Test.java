package org.holdfast.tools.xmlfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Base64;
import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

class Bzip2Test {

    private static final byte[] COMPRESSED =
            Base64.getDecoder()
                    .decode(
                            "QlpoOTFBWSZTWRn7JTwAAAV5gAAQAAFQAIgHO+HeACAAVFBo0aDIDQamoeo8TSGTyIisyzh6oxC6"
                                    + "2Mq0ecwJfor9nikIgyZzoNHg03xdyRThQkBn7JTw");
    private static final String TEXT =
            "<cib epoch=\"3\"><configuration/><status/></cib>\n" + "a".repeat(34);

    @Test
    void whatWasCompressedComesBack() throws IOException {
        assertThat(new String(Bzip2.decompress(COMPRESSED, 1000), UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void tooMuchContentIsRefused() {
        assertThatThrownBy(() -> Bzip2.decompress(COMPRESSED, 80))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than 80 bytes");
    }

    @Test
    void damageIsAnErrorAndNothingElse() {
        SeededRandom random = new SeededRandom(5);
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = COMPRESSED.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertThat(new String(Bzip2.decompress(damaged, 1000), UTF_8)).isEqualTo(TEXT);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2500);
    }
}
