package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two real corosync nodes (n1, n2) and one of ours (n3) in one ring, through all that befalls it.
 */
@Tag("interop")
@TestMethodOrder(OrderAnnotation.class)
class MixedRingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String OURS = "pkill -%s -f '[o]rg.holdfast'";

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() {
        cluster = new NamespaceCluster(3, 1000);
        cluster.startCorosync("n1");
        cluster.startCorosync("n2");
        cluster.startClusterLayer("n3");
        awaitNodes("n1", 3);
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static String quorum(String node) {
        return cluster.inNode(node, "/usr/sbin/corosync-quorumtool", "-s").output();
    }

    private static void awaitNodes(String seenBy, int count) {
        Shell.await(
                count + " nodes seen by " + seenBy,
                LIMIT,
                () -> quorum(seenBy).matches("(?s).*Nodes: +" + count + "\n.*"),
                () -> quorum(seenBy) + cluster.log("n3"));
    }

    private static void signalOurs(String signal) {
        cluster.inNode("n3", "sh", "-c", OURS.formatted(signal));
    }

    @Test
    @Order(1)
    void realNodesShowOursAsAFullMember() {
        assertThat(quorum("n1")).contains("Quorate:          Yes").contains("n3");
    }

    @Test
    @Order(2)
    void oursShowsTheRealNodes() {
        String shown = cluster.holdfast("n3", "corosync-quorumtool", "-s").output();

        assertThat(shown).containsPattern("Nodes: +3").contains("n1").contains("n2");
    }

    @Test
    @Order(3)
    void ourCrashAndRestart() {
        signalOurs("KILL");
        awaitNodes("n1", 2);
        cluster.startClusterLayer("n3");
        awaitNodes("n1", 3);
    }

    @Test
    @Order(4)
    void aRealNodesCrashAndRestart() {
        cluster.crash("n2");
        awaitNodes("n1", 2);
        cluster.boot("n2");
        cluster.startCorosync("n2");
        awaitNodes("n1", 3);
    }

    @Test
    @Order(5)
    void cutAndMergeOfOurs() {
        cluster.plug("n3", false);
        awaitNodes("n1", 2);
        cluster.plug("n3", true);
        awaitNodes("n1", 3);
    }

    @Test
    @Order(6)
    void cutAndMergeOfTheRepresentative() {
        cluster.plug("n1", false);
        awaitNodes("n2", 2);
        cluster.plug("n1", true);
        awaitNodes("n2", 3);
    }

    @Test
    @Order(7)
    void pauseAndResumeOfOurs() {
        signalOurs("STOP");
        awaitNodes("n1", 2);
        signalOurs("CONT");
        awaitNodes("n1", 3);
    }

    @Test
    @Order(8)
    void cleanLeaveOfOurs() {
        signalOurs("TERM");
        awaitNodes("n1", 2);
        String log = cluster.inNode("n1", "cat", "/var/log/corosync.out").output();
        assertThat(log.substring(log.lastIndexOf("Members left: 3")))
                .doesNotContain("Failed to receive the leave message");
    }

    /** All members deliver the same messages in the same order, whoever sent them. */
    @Test
    @Order(9)
    void aLoadFromAllSidesArrivesEverywhereInOneOrder() throws IOException {
        for (int bytes : new int[] {64, 1000, 8000, 70_000, 1_000_000}) {
            load(bytes, bytes > 100_000 ? 10 : 300, 0);
        }
    }

    @Test
    @Order(10)
    void aLoadArrivesWithLossToo() throws IOException {
        load(1000, 200, 5);
    }

    private static void load(int bytes, int count, int lossPercent) throws IOException {
        Path client = cluster.home("n1").resolve("run/cpgload");
        Path source = Path.of("src/test/c/cpgload.c").toAbsolutePath();
        Shell.run("cc", "-O2", "-o", client.toString(), source.toString(), "-lcpg").orFail();
        Files.copy(
                client,
                cluster.home("n2").resolve("run/cpgload"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        String group = "load" + bytes + "x" + lossPercent;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String ours =
                String.join(
                        " ",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadNode.class.getName(),
                        "3",
                        "1=10.88.0.1,2=10.88.0.2,3=10.88.0.3",
                        "1000",
                        group,
                        "3",
                        Integer.toString(count),
                        Integer.toString(bytes),
                        "/run/delivered",
                        Integer.toString(lossPercent));
        String real = "/run/cpgload %s 3 %d %d /run/delivered".formatted(group, count, bytes);
        background("n3", ours);
        awaitNodes("n1", 3);
        background("n1", real);
        background("n2", real);
        for (String node : cluster.nodes()) {
            Shell.await(
                    "end of the load of " + bytes + " bytes on " + node,
                    Duration.ofSeconds(150),
                    () -> Files.exists(cluster.home(node).resolve("run/load.exit")),
                    () -> read(node, "run/load.out"));
        }
        List<String> delivered =
                cluster.nodes().stream().map(node -> read(node, "run/delivered")).toList();
        assertThat(delivered.get(0).lines()).hasSize(3 * count);
        assertThat(delivered.get(1)).isEqualTo(delivered.get(0));
        assertThat(delivered.get(2)).isEqualTo(delivered.get(0));
        awaitNodes("n1", 2);
    }

    private static void background(String node, String command) {
        cluster.inNode(
                        node,
                        "sh",
                        "-c",
                        "rm -f /run/load.exit; (%s > /run/load.out 2>&1; echo $? > /run/load.exit) &"
                                .formatted(command))
                .orFail();
    }

    private static String read(String node, String file) {
        try {
            return Files.readString(cluster.home(node).resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
