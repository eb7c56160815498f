package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The usual first service, a floating address with nginx, by Debian's own agents on three nodes:
 * one story whose steps build on each other.
 */
@Tag("interop")
@TestMethodOrder(OrderAnnotation.class)
class RealAgentsTest {

    private static final String VIP = "10.88.0.100";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(3, 1000);
        for (String node : cluster.nodes()) {
            Files.writeString(cluster.home(node).resolve("run/nginx.conf"), nginxConfiguration());
            cluster.start(node);
        }
        Shell.await(
                "a quorate ring of three",
                LIMIT,
                () ->
                        cluster.holdfast("n1", "crm_mon", "-1")
                                .output()
                                .contains("Online: [ n1 n2 n3 ]"),
                () -> cluster.holdfast("n1", "crm_mon", "-1").output() + cluster.log("n1"));
        pcs("property", "set", "stonith-enabled=false");
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    @Test
    @Order(1)
    void theGroupStartsInOrder() {
        pcs(
                "resource",
                "create",
                "vip",
                "ocf:heartbeat:IPaddr2",
                "ip=" + VIP,
                "cidr_netmask=24",
                "nic=eth0",
                "op",
                "monitor",
                "interval=5s",
                "--group",
                "web");
        pcs(
                "resource",
                "create",
                "nginx",
                "ocf:heartbeat:nginx",
                "configfile=/run/nginx.conf",
                "op",
                "monitor",
                "interval=2s",
                "--group",
                "web");
        pcs(
                "resource",
                "create",
                "last",
                "ocf:pacemaker:Dummy",
                "op",
                "monitor",
                "interval=5s",
                "--group",
                "web");
        awaitAnswerFrom(cluster.nodes());
        awaitStarted("vip", "nginx", "last");
        String history = cluster.holdfast("n1", "cibadmin", "-Q", "-o", "status").output();
        assertThat(history).contains("vip_start_0", "nginx_start_0", "last_start_0");
    }

    @Test
    @Order(2)
    void aCrashedNodesServicesMove() {
        String before = awaitAnswerFrom(cluster.nodes());
        cluster.crash(before);
        List<String> others = cluster.nodes().stream().filter(n -> !n.equals(before)).toList();
        awaitAnswerFrom(others);
        cluster.boot(before);
        cluster.start(before);
        Shell.await(
                "return of " + before,
                LIMIT,
                () -> status(others.getFirst()).contains("Online: [ n1 n2 n3 ]"),
                () -> status(others.getFirst()) + cluster.log(before));
    }

    @Test
    @Order(3)
    void aKilledNginxIsStartedAgain() {
        String node = awaitAnswerFrom(cluster.nodes());
        cluster.inNode(node, "pkill", "-KILL", "nginx").orFail();
        Shell.await(
                "a failure of nginx in the status",
                LIMIT,
                () -> status(node).contains("nginx 2s-interval monitor"),
                () -> status(node));
        awaitAnswerFrom(List.of(node));
    }

    @Test
    @Order(4)
    void standbyMovesTheService() {
        String node = awaitAnswerFrom(cluster.nodes());
        cluster.holdfast(node, "pcs", "node", "standby", node).orFail();
        awaitAnswerFrom(cluster.nodes().stream().filter(n -> !n.equals(node)).toList());
        cluster.holdfast(node, "pcs", "node", "unstandby", node).orFail();
    }

    @Test
    @Order(5)
    void allSurvivesAFullStopAndStart() {
        awaitAnswerFrom(cluster.nodes());
        String before = configuration("n1");
        cluster.nodes().parallelStream().forEach(cluster::stop);
        cluster.nodes().forEach(cluster::start);
        awaitAnswerFrom(cluster.nodes());
        awaitStarted("vip", "nginx", "last");
        assertThat(configuration("n2")).isEqualTo(before);
    }

    private static void pcs(String... arguments) {
        cluster.holdfast("n1", "pcs", arguments).orFail();
    }

    private static String status(String node) {
        return cluster.holdfast(node, "crm_mon", "-1").output();
    }

    private static String configuration(String node) {
        return cluster.holdfast(node, "cibadmin", "-Q", "-o", "configuration").orFail().output();
    }

    private static void awaitStarted(String... resources) {
        for (String resource : resources) {
            Shell.await(
                    "start of " + resource,
                    LIMIT,
                    () -> status("n1").matches("(?s).*\\b" + resource + "\\s.*Started n.*"),
                    () -> status("n1") + cluster.log("n1"));
        }
    }

    /** Waits until the floating address answers from one of these nodes, and says which. */
    private static String awaitAnswerFrom(List<String> nodes) {
        String[] answer = {""};
        Shell.await(
                "an answer of the service from one of " + nodes,
                LIMIT,
                () -> {
                    answer[0] =
                            cluster.inSwitch("curl", "-s", "--max-time", "1", "http://" + VIP + "/")
                                    .output()
                                    .strip();
                    return nodes.contains(answer[0]);
                },
                () -> answer[0] + "\n" + status(nodes.getFirst()) + cluster.log(nodes.getFirst()));
        return answer[0];
    }

    private static String nginxConfiguration() {
        Path run = Path.of("/run");
        return """
        user root;
        worker_processes 1;
        pid %1$s/nginx.pid;
        error_log %1$s/nginx-error.log;
        events { worker_connections 64; }
        http {
            access_log off;
            server { listen %2$s:80; location / { root %1$s/www; } }
        }
        """
                .formatted(run, VIP);
    }
}
