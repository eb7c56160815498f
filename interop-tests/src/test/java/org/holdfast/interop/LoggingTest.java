package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The logging section of corosync.conf in a ring of a real node (n1) and ours (n2), which read the
 * same file: where lines go and what they look like, also after a reload and a rotation.
 */
@Tag("interop")
@TestMethodOrder(OrderAnnotation.class)
class LoggingTest {

    private static final List<String> TWO = List.of("-", "-");
    private static final List<String> BOTH = List.of("n1", "n2");
    private static final String FILE = "var/log/cluster.log";
    private static final String QUORUM_FILE = "var/log/quorum.log";
    private static final String SYSTEM_LOG = "run/syslog.txt";

    /** What a node's syslog would do, without one: a socket whose datagrams go to a file. */
    private static final String LISTENER =
            """
            import os, socket
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind('/dev/log')
            out = open('/run/syslog.txt', 'wb', buffering=0)
            while True:
                out.write(s.recv(65536) + b'\\n')
            """;

    private static final String FULL =
            """
            logging {
                to_stderr: no
                to_logfile: yes
                logfile: /var/log/cluster.log
                to_syslog: yes
                syslog_facility: local3
                syslog_priority: notice
                timestamp: on
                fileline: on
                function_name: on
                logger_subsys {
                    subsys: QUORUM
                    logfile: /var/log/quorum.log
                }
            }
            """;

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(2, 1000);
        configure(FULL);
        for (String node : BOTH) {
            Files.writeString(cluster.home(node).resolve("run/listener.py"), LISTENER);
            cluster.inNode(
                            node,
                            "sh",
                            "-ec",
                            "mkdir /run/dev; mount -t tmpfs dev /run/dev;"
                                    + " cp -a /dev/null /dev/zero /dev/urandom /dev/random /run/dev;"
                                    + " mkdir /run/dev/shm; mount --bind /run/dev /dev;"
                                    + " python3 /run/listener.py > /dev/null 2>&1 &"
                                    + " while [ ! -e /dev/log ]; do sleep 0.05; done")
                    .orFail();
        }
        cluster.startCorosync("n1");
        cluster.startClusterLayer("n2");
        await("both in one ring", FILE, "Completed service synchronization");
        await("both in one ring", QUORUM_FILE, "Members[2]: 1 2");
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static void configure(String logging) throws IOException {
        for (String node : BOTH) {
            String before = QuorumScenario.configuration("10.88.0.", TWO, List.of());
            int at = before.indexOf("logging {");
            Files.writeString(
                    cluster.home(node).resolve("etc/corosync/corosync.conf"),
                    (at < 0 ? before : before.substring(0, at)) + logging);
        }
    }

    private static String content(String node, String file) {
        try {
            Path path = cluster.home(node).resolve(file);
            return Files.exists(path) ? Files.readString(path, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until both nodes have written this. */
    private static void await(String what, String file, String text) {
        for (String node : BOTH) {
            Shell.await(
                    what + " on " + node,
                    Duration.ofSeconds(20),
                    () -> content(node, file).contains(text),
                    () -> content(node, file) + cluster.log(node));
        }
    }

    private static void reload() {
        cluster.holdfast("n2", "corosync-cfgtool", "-R").orFail();
    }

    @Test
    @Order(1)
    void linesHaveTheShapeOfTheRealOnes() {
        String time = "[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d";
        for (String node : BOTH) {
            String program = node.equals("n1") ? "corosync" : "holdfastd";
            // Corosync 3.1.7 forgets the facility when a subsystem has a section without one.
            String priority = node.equals("n1") ? "(157|156|29|28)" : "(157|156)";
            String origin = "[A-Za-z_]+\\.(c|java):[A-Za-z_]+:\\d+";
            assertThat(content(node, FILE).lines())
                    .as("lines of %s", node)
                    .isNotEmpty()
                    .allMatch(line ->
                            line.matches(
                                    time
                                            + " \\[\\d+\\] "
                                            + node
                                            + " "
                                            + program
                                            + " (notice |info   |warning) \\[[A-Z]+ *\\] "
                                            + origin
                                            + " .*"));
            assertThat(content(node, SYSTEM_LOG).lines())
                    .as("system log of %s", node)
                    .isNotEmpty()
                    .allMatch(line ->
                            line.matches(
                                    "<"
                                            + priority
                                            + ">[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d "
                                            + program
                                            + "\\[\\d+\\]:   \\[[A-Z]+ *\\] "
                                            + origin
                                            + " .*"));
        }
        assertThat(cluster.log("n2")).isEmpty();
    }

    @Test
    @Order(2)
    void aSubsystemHasAFileOfItsOwn() {
        for (String node : BOTH) {
            assertThat(content(node, QUORUM_FILE)).contains("[QUORUM]").doesNotContain("[MAIN");
            assertThat(content(node, FILE)).contains("[MAIN  ]").doesNotContain("[QUORUM]");
        }
    }

    @Test
    @Order(3)
    void filesAreLeftWhenFilesAreOpenedAnew() throws IOException {
        for (String node : BOTH) {
            Path file = cluster.home(node).resolve(QUORUM_FILE);
            Files.move(file, file.resolveSibling("quorum.log.1"));
        }
        cluster.inNode("n1", "/usr/sbin/corosync-cfgtool", "-L").orFail();
        cluster.holdfast("n2", "corosync-cfgtool", "-L").orFail();
        cluster.plug("n1", false);
        await("new files are written", QUORUM_FILE, "Members[1]: ");
        cluster.plug("n1", true);
        await("new files are written", QUORUM_FILE, "Members[2]: 1 2");
    }

    @Test
    @Order(4)
    void aHangUpOpensFilesAnew() throws IOException {
        Path file = cluster.home("n2").resolve(FILE);
        Files.move(file, file.resolveSibling("cluster.log.1"));
        cluster.inNode("n2", "pkill", "-HUP", "-f", "holdfastd").orFail();
        Shell.await(
                "the file of ours",
                Duration.ofSeconds(10),
                () -> Files.exists(file),
                () -> cluster.log("n2"));
        assertThat(cluster.holdfast("n2", "corosync-quorumtool", "-s").output()).contains("Nodes:");
    }

    @Test
    @Order(5)
    void aReloadChangesPlacesAndPriorities() throws IOException {
        configure(
                """
                logging {
                    to_stderr: no
                    to_logfile: yes
                    logfile: /var/log/other.log
                    logfile_priority: warning
                    to_syslog: no
                    timestamp: hires
                    logger_subsys {
                        subsys: TOTEM
                        debug: on
                    }
                }
                """);
        reload();
        cluster.plug("n1", false);
        await("detail of one subsystem", "var/log/other.log", " debug   [TOTEM ] ");
        cluster.plug("n1", true);
        for (String node : BOTH) {
            String shape =
                    "(?s)[A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\[\\d+\\] n\\d .*";
            assertThat(content(node, "var/log/other.log"))
                    .matches(shape)
                    .doesNotContain("notice  [QUORUM]");
        }
    }
}
