package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.kernel.SeededRandom;
import org.junit.jupiter.api.Test;

/** Files that are bent in every way end in a reason, never in another exception. */
class ConfFuzzTest {

    private static final String WHOLE =
            """
            totem {
                version: 2
                transport: udpu
                ip_dscp: af11
                interface {
                    linknumber: 0
                    mcastport: 5405
                }
            }
            nodelist {
                node {
                    ring0_addr: 10.0.0.1
                    nodeid: 1
                    quorum_votes: 2
                }
            }
            quorum {
                provider: corosync_votequorum
                expected_votes: 3
                device {
                    net {
                        host: q
                    }
                }
            }
            logging {
                timestamp: hires
                logger_subsys {
                    subsys: CPG
                    debug: on
                }
            }
            """;

    private static final String PIECES = "{}:#\n\r\t \u00a0a0-9_.\u0000\ud83d";

    @Test
    void neverFailsInAnUnexpectedWay() {
        SeededRandom random = new SeededRandom(7);
        int accepted = 0;
        for (int i = 0; i < 5_000; i++) {
            String text = bend(random);
            try {
                ConfSection file = ConfParser.parse(text);
                if (ConfChecker.check(file).stream().noneMatch(Finding::fatal)) {
                    accepted++;
                    use(new ClusterConf(file));
                }
                String printed = ConfPrinter.print(file);
                assertThat(ConfPrinter.print(ConfParser.parse(printed))).isEqualTo(printed);
            } catch (ConfSyntaxException refused) {
                assertThat(refused.line()).as(text).isPositive();
            }
        }
        assertThat(accepted).isGreaterThan(20);
    }

    private static void use(ClusterConf conf) {
        assertThat(conf.nodes()).isNotNull();
        assertThat(conf.totem().port()).isPositive();
        assertThat(conf.totem().codePoint()).isNotNull();
        assertThat(conf.quorum().number("expected_votes")).isNotNull();
        assertThat(conf.logging().subsystems()).isNotNull();
    }

    private static String bend(SeededRandom random) {
        StringBuilder text = new StringBuilder(WHOLE);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            int kind = random.nextInt(3);
            if (kind == 0) {
                text.deleteCharAt(at);
            } else if (kind == 1) {
                text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            } else {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(60));
                text.insert(at, text.substring(from, to));
            }
        }
        return text.toString();
    }
}
