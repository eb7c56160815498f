package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Corosync's commands on real nodes (n1, n2) and on ours (n3) show each other in full, and what is
 * changed on one side takes effect on both.
 */
@Tag("interop")
@TestMethodOrder(OrderAnnotation.class)
class MixedCommandsTest {

    private static final List<String> THREE = List.of("-", "-", "-");
    private static final List<String> FOUR = List.of("-", "-", "-", "-");

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(4, 1000);
        configure(THREE);
        cluster.startCorosync("n1");
        cluster.startCorosync("n2");
        cluster.start("n3");
        await("three nodes", () -> real("n1", "quorumtool", "-s").matches("(?s).*Nodes: +3\n.*"));
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static void configure(List<String> votes) throws IOException {
        for (String node : cluster.nodes()) {
            Files.writeString(
                    cluster.home(node).resolve("etc/corosync/corosync.conf"),
                    QuorumScenario.configuration("10.88.0.", votes, List.of()));
        }
    }

    private static String real(String node, String command, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "/usr/sbin/corosync-" + command;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return cluster.inNode(node, all).output();
    }

    private static String ours(String command, String... arguments) {
        return cluster.holdfast("n3", "corosync-" + command, arguments).output();
    }

    private static void await(String what, BooleanSupplier condition) {
        Shell.await(
                what,
                Duration.ofSeconds(20),
                condition,
                () -> real("n1", "quorumtool", "-s") + ours("quorumtool", "-s"));
    }

    private static String members(String list) {
        return list.replace(" (local)", "");
    }

    @Test
    @Order(1)
    void namesAndVotesAreTheSameOnBothSides() {
        assertThat(members(ours("quorumtool", "-l")))
                .isEqualTo(members(real("n1", "quorumtool", "-l")))
                .contains("n1", "n2", "n3");
    }

    @Test
    @Order(2)
    void linksAreUpOnBothSides() {
        assertThat(real("n1", "cfgtool", "-s")).contains("3:\tconnected");
        assertThat(ours("cfgtool", "-s")).contains("1:\tconnected", "2:\tconnected");
        assertThat(real("n1", "cfgtool", "-n")).contains("nodeid: 3 reachable");
        assertThat(ours("cfgtool", "-n")).contains("nodeid: 1 reachable", "nodeid: 2 reachable");
    }

    @Test
    @Order(3)
    void groupsOfOursAreSeenOnRealNodes() {
        await(
                "our groups on n1",
                () -> groups(real("n1", "cpgtool")).equals(groups(ours("cpgtool"))));
        assertThat(groups(real("n1", "cpgtool")))
                .hasSize(4)
                .allMatch(members -> members.contains("10.88.0.3"));
    }

    /** Each group with its members; a node lists groups as it learned of them. */
    private static Set<String> groups(String listing) {
        String body = listing.substring(listing.indexOf('\n') + 1).strip();
        return new TreeSet<>(List.of(body.split("\n(?=\\S)")));
    }

    @Test
    @Order(4)
    void membersStandInTheConfigurationMap() {
        String prefix = "runtime.members.";
        assertThat(ours("cmapctl", prefix + "1.status", prefix + "2.status"))
                .isEqualTo(real("n1", "cmapctl", prefix + "1.status", prefix + "2.status"))
                .contains("joined");
        assertThat(real("n2", "cmapctl", prefix + "3")).contains("(str) = joined", "10.88.0.3");
    }

    @Test
    @Order(5)
    void votesChangeOnBothSides() {
        ours("quorumtool", "-e", "5");
        await("5 on n1", () -> real("n1", "quorumtool", "-s").contains("Expected votes:   5"));
        real("n1", "quorumtool", "-e", "3");
        await("3 on n3", () -> ours("quorumtool", "-s").contains("Expected votes:   3"));
        real("n1", "quorumtool", "-n", "3", "-v", "2");
        await("2 votes on n3", () -> ours("quorumtool", "-s").contains("Total votes:      4"));
        ours("quorumtool", "-v", "1");
        await("1 vote on n1", () -> real("n1", "quorumtool", "-s").contains("Total votes:      3"));
    }

    @Test
    @Order(6)
    void aNodeIsAddedAndRemovedWhileAllRun() throws IOException {
        configure(FOUR);
        assertThat(ours("cfgtool", "-R")).contains("Done");
        cluster.startCorosync("n4");
        await("four nodes", () -> ours("quorumtool", "-s").matches("(?s).*Nodes: +4\n.*"));
        assertThat(members(real("n1", "quorumtool", "-l")))
                .isEqualTo(members(ours("quorumtool", "-l")));
        cluster.inNode("n4", "pkill", "-TERM", "-x", "corosync");
        await("three nodes", () -> ours("quorumtool", "-s").matches("(?s).*Nodes: +3\n.*"));
        configure(THREE);
        assertThat(real("n1", "cfgtool", "-R")).contains("Done");
        await("3 expected", () -> ours("quorumtool", "-s").contains("Expected votes:   3"));
        assertThat(real("n1", "quorumtool", "-s")).contains("Expected votes:   3");
    }

    @Test
    @Order(7)
    void aFileThatCannotBeUsedIsReportedWhereItIsAsked() throws IOException {
        Files.writeString(
                cluster.home("n3").resolve("etc/corosync/corosync.conf"),
                QuorumScenario.configuration("10.88.0.", THREE, List.of()) + "nonsense\n");
        Shell.Outcome outcome = cluster.holdfast("n3", "corosync-cfgtool", "-R");
        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.output())
                .contains("Could not reload configuration. Error CS_ERR_INVALID_PARAM")
                .contains("Line is not opening or closing section or key value");
        configure(THREE);
    }

    @Test
    @Order(8)
    void aRealNodeKillsOurs() {
        real("n1", "cfgtool", "-k", "3");
        await("two nodes", () -> real("n1", "quorumtool", "-s").matches("(?s).*Nodes: +2\n.*"));
        assertThat(cluster.log("n3")).contains("Killed by node 1");
    }
}
