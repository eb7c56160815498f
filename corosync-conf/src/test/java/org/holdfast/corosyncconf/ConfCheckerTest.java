package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.corosyncconf.Finding.Kind;
import org.junit.jupiter.api.Test;

class ConfCheckerTest {

    private static final String GOOD =
            """
            totem {
                version: 2
                cluster_name: demo
                transport: udpu
                crypto_cipher: none
                crypto_hash: none
                token: 1000
            }
            nodelist {
                node {
                    ring0_addr: 10.0.0.1
                    name: n1
                    nodeid: 1
                }
                node {
                    ring0_addr: 10.0.0.2
                    name: n2
                    nodeid: 2
                }
            }
            quorum {
                provider: corosync_votequorum
                two_node: 1
            }
            logging {
                to_logfile: yes
                logfile: /var/log/corosync/corosync.log
                timestamp: hires
            }
            """;

    private static List<Finding> check(String text) {
        try {
            return ConfChecker.check(ConfParser.parse(text));
        } catch (ConfSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Finding single(String text) {
        List<Finding> findings = check(text);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @Test
    void findsNothingInAGoodFile() {
        assertThat(check(GOOD)).isEmpty();
    }

    @Test
    void namesLineKeyAndNearestKnownKey() {
        Finding finding = single(GOOD.replace("two_node", "two_nodes"));
        assertThat(finding.fatal()).isTrue();
        assertThat(finding.describe("corosync.conf"))
                .isEqualTo(
                        "corosync.conf:23: unknown key \"two_nodes\" in section \"quorum\"."
                                + " Maybe you mean \"two_node\"?");
    }

    @Test
    void namesTheNearestSection() {
        assertThat(single(GOOD.replace("logging {", "loging {")).text())
                .isEqualTo("unknown section \"loging\". Maybe you mean \"logging\"?");
    }

    @Test
    void checksValues() {
        assertThat(single(GOOD.replace("token: 1000", "token: 1s")).text())
                .isEqualTo(
                        "Value of key \"totem.token\" is expected to be integer in range (0..4294967295), but \"1s\" was given");
        assertThat(single(GOOD.replace("timestamp: hires", "timestamp: yes")).text())
                .contains("must be one of on, off, hires");
    }

    @Test
    void refusesKnetAndEncryptionAndSaysWhy() {
        Finding knet = single(GOOD.replace("transport: udpu", "transport: knet"));
        assertThat(knet.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(knet.line()).isEqualTo(4);
        Finding byDefault = single(GOOD.replace("    transport: udpu\n", ""));
        assertThat(byDefault.text()).contains("which means knet");
        Finding crypto = single(GOOD.replace("crypto_cipher: none", "crypto_cipher: aes256"));
        assertThat(crypto.line()).isEqualTo(5);
        assertThat(crypto.text()).contains("only knet encrypts");
    }

    @Test
    void refusesNodesThatShareANumberOrAddress() {
        assertThat(single(GOOD.replace("nodeid: 2", "nodeid: 1")).text())
                .isEqualTo(
                        "Nodeid 1 appears twice in corosync.conf: nodeid 1 is already that of the node in line 13.");
        assertThat(single(GOOD.replace("10.0.0.2", "10.0.0.1")).text())
                .isEqualTo("address 10.0.0.1 is already that of the node in line 11.");
    }

    @Test
    void readsOldFormsWithADeprecation() {
        List<Finding> findings =
                check(
                        """
                        compatibility: whitetank
                        service {
                            name: pacemaker
                            ver: 1
                        }
                        aisexec {
                            user: root
                        }
                        """
                                + GOOD.replace(
                                        "token: 1000",
                                        "rrp_mode: none\ninterface {\nringnumber: 0\n"
                                                + "bindnetaddr: 10.0.0.0\nmcastport: 5405\n}"));
        assertThat(findings).extracting(Finding::kind).containsOnly(Kind.DEPRECATED);
        assertThat(findings)
                .extracting(Finding::path)
                .containsExactly(
                        "compatibility",
                        "service",
                        "aisexec",
                        "totem.rrp_mode",
                        "totem.interface.ringnumber",
                        "totem.interface.bindnetaddr");
    }

    @Test
    void knowsOptionsOfQuorumDevices() {
        List<Finding> findings =
                check(
                        GOOD.replace(
                                "two_node: 1",
                                "device {\nmodel: net\nvotes: 1\nnet {\nhost: q\nalgorithm: ffsplit\n}\n"
                                        + "heuristics {\nmode: sync\nexec_ping: /bin/ping\n}\n}"));
        assertThat(findings).extracting(Finding::kind).containsExactly(Kind.IGNORED);
    }

    @Test
    void swapsCountAsOneChange() {
        assertThat(NearestName.distance("tokne", "token")).isEqualTo(1);
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.of("xyzzy", List.of("token", "join"))).isEmpty();
    }
}
