package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
import org.holdfast.storage.NodeFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

    private static final String CONF =
            """
            totem {
                version: 2
                cluster_name: demo
                transport: udpu
                token: 1000
            }
            nodelist {
                node {
                    ring0_addr: 127.0.0.11
                    name: n1
                    nodeid: 1
                }
                node {
                    ring0_addr: 127.0.0.12
                    name: n2
                    nodeid: 2
                    quorum_votes: 2
                }
                node {
                    ring0_addr: 127.0.0.13
                    name: n3
                    nodeid: 3
                }
            }
            quorum {
                provider: corosync_votequorum
                auto_tie_breaker: 1
                auto_tie_breaker_node: 3 1
            }
            """;

    @TempDir private Path root;

    private NodeConfiguration read(String text, String name)
            throws IOException, ConfigurationException {
        Path file = new NodeFiles(root).corosyncConf();
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return new ConfigurationReader(new NodeFiles(root), name).read();
    }

    @Test
    void resolvesNodesAndDerivesTimeouts() throws Exception {
        NodeConfiguration configuration = read(CONF, "n2");
        assertThat(configuration.self().id()).isEqualTo(new NodeId(2));
        assertThat(configuration.ownAddress()).hasToString("/127.0.0.12:5405");
        assertThat(configuration.peers()).containsOnlyKeys(new NodeId(1), new NodeId(3));
        assertThat(configuration.cluster().totem().tokenTimeoutMillis()).isEqualTo(1650);
        assertThat(configuration.cluster().nodes().get(1).votes()).isEqualTo(2);
        assertThat(configuration.cluster().quorum().autoTieBreakerNode()).isEqualTo("3 1");
    }

    @Test
    void takesTheRootsOwnHostName() throws Exception {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/hostname"), "n3\n");
        Path file = new NodeFiles(root).corosyncConf();
        Files.createDirectories(file.getParent());
        Files.writeString(file, CONF);
        assertThat(new ConfigurationReader(new NodeFiles(root), null).read().self().name())
                .isEqualTo("n3");
    }

    @Test
    void saysWhatIsWrongByLine() {
        assertThatThrownBy(() -> read(CONF.replace("token:", "tokn:"), "n1"))
                .hasMessageContaining("corosync.conf:5: unknown key \"tokn\"")
                .hasMessageContaining("\"token\"");
        assertThatThrownBy(() ->
                        read(CONF.replace("token: 1000", "token: 20\ntoken_coefficient: 0"), "n1"))
                .hasMessageContaining("may not be less than (30 ms)");
        assertThatThrownBy(() -> read(CONF, "n9")).hasMessageContaining("named n9");
        assertThatThrownBy(() -> read("totem {", "n1"))
                .hasMessageContaining("parser error: ")
                .hasMessageContaining("Missing closing brace");
    }

    @Test
    void saysWhereTheFileIsMissing() {
        assertThatThrownBy(() -> new ConfigurationReader(new NodeFiles(root), null).read())
                .hasMessageContaining("Can't read file " + root);
    }

    @Test
    void derivesTheMulticastGroupAsCorosyncDoes() throws Exception {
        InetAddress four = InetAddress.getByName("127.0.0.1");
        assertThat(RingSockets.derived("demo", four)).isEqualTo("239.192.5.3");
        assertThat(RingSockets.derived("demo", InetAddress.getByName("::1")))
                .isEqualTo("ff15::5fd");
    }

    @Test
    void readsTheCommandLine() throws Exception {
        DaemonOptions options =
                DaemonOptions.parse(
                        List.of("-f", "--only", "cluster-layer", "--name", "x"),
                        Map.of("HOLDFAST_ROOT", "/tmp/r"));
        assertThat(options.root()).isEqualTo(Path.of("/tmp/r"));
        assertThat(options.clusterLayerOnly()).isTrue();
        assertThatThrownBy(() -> DaemonOptions.parse(List.of("--rot", "x"), Map.of()))
                .hasMessage("unknown argument --rot");
        assertThatThrownBy(() -> DaemonOptions.parse(List.of("--root"), Map.of()))
                .hasMessage("--root needs a value");
    }
}
