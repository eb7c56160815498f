package org.holdfast.corosyncconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.holdfast.corosyncconf.LoggingSettings.Timestamp;
import org.holdfast.corosyncconf.TotemSettings.Transport;
import org.holdfast.kernel.NodeId;
import org.junit.jupiter.api.Test;

class ClusterConfTest {

    private static ClusterConf conf(String text) {
        try {
            return new ClusterConf(ConfParser.parse(text));
        } catch (ConfSyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static final ClusterConf CONF =
            conf(
                    """
                    totem {
                        version: 2
                        transport: udpu
                        token: 1000
                        config_version: 18446744073709551615
                        interface {
                            mcastport: 5500
                        }
                    }
                    nodelist {
                        node {
                            ring0_addr: 10.0.0.1
                            name: alpha.example.org
                            nodeid: 4294967295
                        }
                        node {
                            ring0_addr: 10.0.0.2
                            quorum_votes: 3
                        }
                    }
                    logging {
                        to_logfile: yes
                        logfile: /tmp/x.log
                        logger_subsys {
                            subsys: QUORUM
                            debug: on
                        }
                    }
                    """);

    @Test
    void readsTotem() {
        assertThat(CONF.totem().transport()).isEqualTo(Transport.UDPU);
        assertThat(CONF.totem().number("token")).hasValue(1000);
        assertThat(CONF.totem().number("join")).isEmpty();
        assertThat(CONF.totem().port()).isEqualTo(5500);
        assertThat(Long.toUnsignedString(CONF.totem().configVersion()))
                .isEqualTo("18446744073709551615");
        assertThat(conf("").totem().transport()).isEqualTo(Transport.KNET);
    }

    @Test
    void readsNodesAndDerivesMissingNumbers() {
        assertThat(CONF.nodes())
                .containsExactly(
                        new ConfiguredNode(
                                0, new NodeId(-1), "alpha.example.org", "10.0.0.1", 1, 11),
                        new ConfiguredNode(
                                1, new NodeId(0x0A000002), "10.0.0.2", "10.0.0.2", 3, 16));
    }

    @Test
    void findsTheLocalNodeByNameThenByAddress() {
        assertThat(local("alpha", "")).contains("10.0.0.1");
        assertThat(local("alpha.example.org", "")).contains("10.0.0.1");
        assertThat(local("other", "10.0.0.2")).contains("10.0.0.2");
        assertThat(local("other", "10.0.0.9")).isEmpty();
    }

    private static Optional<String> local(String host, String address) {
        return CONF.localNode(host, address::equals).map(ConfiguredNode::address);
    }

    @Test
    void readsLoggingWithDefaultsAndSubsystems() {
        LoggingSettings logging = CONF.logging();
        assertThat(logging.sinks().logFile()).contains("/tmp/x.log");
        assertThat(logging.timestamp()).isEqualTo(Timestamp.HIRES);
        assertThat(logging.sinks().toStderr()).isTrue();
        assertThat(logging.sinks().logFilePriority()).isEqualTo("info");
        assertThat(logging.subsystems()).containsOnlyKeys("QUORUM");
        assertThat(logging.subsystems().get("QUORUM").logFilePriority()).isEqualTo("debug");
        assertThat(logging.subsystems().get("QUORUM").logFile()).contains("/tmp/x.log");
    }

    @Test
    void readsCodePointsAndAddressFamilies() {
        assertThat(totem("ip_dscp: ef").codePoint()).hasValue(46);
        assertThat(totem("ip_dscp: cs3").codePoint()).hasValue(24);
        assertThat(totem("ip_dscp: af42").codePoint()).hasValue(36);
        assertThat(totem("ip_dscp: 0x2e").codePoint()).hasValue(46);
        assertThat(totem("token: 1").codePoint()).isEmpty();
        assertThat(totem("transport: udpu").ipVersion()).isEqualTo("ipv6-4");
        assertThat(totem("transport: udp").ipVersion()).isEqualTo("ipv4");
    }

    private static TotemSettings totem(String line) {
        return conf("totem {\n" + line + "\n}").totem();
    }
}
