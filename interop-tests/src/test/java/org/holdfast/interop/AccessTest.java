package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Who may use the cluster layer: the {@code uidgid} section, the directory {@code uidgid.d} and the
 * keys of the configuration map, on a real node (n1) and ours (n2).
 */
@Tag("interop")
class AccessTest {

    private static final List<String> TWO = List.of("-", "-");
    private static final List<String> BOTH = List.of("n1", "n2");

    /** No group has these numbers, no user but the first has a name. */
    private static final int USER = 65534;

    private static final int GROUP = 7654;

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(2, 1000);
        configure("");
        cluster.startCorosync("n1");
        cluster.startClusterLayer("n2");
        for (String node : BOTH) {
            Shell.await(
                    "two nodes on " + node,
                    Duration.ofSeconds(20),
                    () -> tool(node, "").output().matches("(?s).*Nodes: +2\n.*"),
                    () -> cluster.log("n2"));
        }
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static void configure(String more) throws IOException {
        for (String node : BOTH) {
            Files.writeString(
                    cluster.home(node).resolve("etc/corosync/corosync.conf"),
                    QuorumScenario.configuration("10.88.0.", TWO, List.of()) + more);
        }
    }

    private static Shell.Outcome tool(String node, String as) {
        return command(node, as, "corosync-quorumtool -s");
    }

    private static Shell.Outcome command(String node, String as, String command) {
        String directory = node.equals("n1") ? "/usr/sbin" : cluster.commands();
        return cluster.inNode(node, "sh", "-c", as + " " + directory + "/" + command);
    }

    private static String as(int uid, int gid) {
        return "setpriv --reuid=%d --regid=%d --clear-groups".formatted(uid, gid);
    }

    /** On each node: whether this user and group reach the cluster layer. */
    private static List<Boolean> reach(int uid, int gid) {
        return BOTH.stream()
                .map(node -> tool(node, as(uid, gid)).output().contains("Quorum information"))
                .toList();
    }

    private static void reload() {
        command("n1", "", "corosync-cfgtool -R").orFail();
    }

    private static void awaitReach(int uid, int gid, boolean wanted) {
        Shell.await(
                "reach " + wanted + " of " + uid + ":" + gid,
                Duration.ofSeconds(10),
                () -> reach(uid, gid).equals(List.of(wanted, wanted)),
                () ->
                        tool("n1", as(uid, gid)).output()
                                + tool("n2", as(uid, gid)).output()
                                + cluster.log("n2"));
    }

    @Test
    void listedUsersAndGroupsReachTheClusterLayerAndNothingElse() throws IOException {
        assertThat(reach(USER, GROUP)).containsExactly(false, false);
        configure("uidgid {\n    uid: nobody\n}\n");
        reload();
        awaitReach(USER, GROUP, true);
        awaitReach(1234, GROUP, false);
        for (String node : BOTH) {
            assertThat(command(node, "", "corosync-cmapctl uidgid.").output())
                    .isEqualTo("uidgid.config.uid." + USER + " (u8) = 1\n");
        }
        assertThat(
                        cluster.inNode(
                                        "n2",
                                        "sh",
                                        "-c",
                                        as(USER, GROUP) + " " + cluster.commands() + "/cibadmin -Q")
                                .exitCode())
                .isNotZero();

        configure("");
        for (String node : BOTH) {
            Path directory = cluster.home(node).resolve("etc/corosync/uidgid.d");
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("monitoring"), "uidgid {\n    gid: " + GROUP + "\n}\n");
        }
        reload();
        awaitReach(1234, GROUP, true);
        awaitReach(USER, USER, false);

        for (String node : BOTH) {
            Files.delete(cluster.home(node).resolve("etc/corosync/uidgid.d/monitoring"));
        }
        reload();
        awaitReach(1234, GROUP, false);
        for (String node : BOTH) {
            command(node, "", "corosync-cmapctl -s uidgid.uid.1234 u8 1").orFail();
        }
        awaitReach(1234, GROUP, true);
        for (String node : BOTH) {
            command(node, "", "corosync-cmapctl -d uidgid.uid.1234").orFail();
        }
        awaitReach(1234, GROUP, false);
    }
}
