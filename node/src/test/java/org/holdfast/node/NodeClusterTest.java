package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.controlapi.Caller;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlRequest;
import org.holdfast.controlapi.ManagerRequest.CibAction;
import org.holdfast.controlapi.ManagerRequest.CibOperation;
import org.holdfast.controlapi.ManagerRequest.ControllerQuery;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.LogRoute;
import org.holdfast.telemetry.LogSetup;
import org.holdfast.telemetry.Telemetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three whole daemons in this process, on three loopback addresses, with real sockets, files and
 * agents: what the simulator cannot tell is whether they are wired.
 */
@Timeout(120)
class NodeClusterTest {

    private static final Caller ROOT = new Caller("root", List.of("root"), "test");
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** An agent whose service is a file. */
    private static final String AGENT =
            """
            #!/bin/sh
            state="$HA_RSCTMP/$OCF_RESOURCE_INSTANCE.state"
            case "$1" in
            start) echo "$OCF_RESKEY_word" > "$state" ;;
            stop) rm -f "$state" ;;
            monitor) [ -e "$state" ] || exit 7 ;;
            *) exit 3 ;;
            esac
            """;

    @TempDir private Path directory;

    private final Map<String, Running> nodes = new LinkedHashMap<>();

    private record Running(Daemon daemon, CompletableFuture<Integer> exit) {}

    private int portOf(String node) {
        return ask(node, new ClusterRequest.CmapQuery("totem.interface.0.mcastport"))
                .entries()
                .stream()
                .mapToInt(entry -> Integer.parseInt(entry.value()))
                .findFirst()
                .orElseThrow();
    }

    private void startAll(int count) throws Exception {
        int port = freePort();
        for (int i = 1; i <= count; i++) {
            prepare("n" + i, configuration(port, count));
            start("n" + i);
        }
        awaitOnline(count);
    }

    private void awaitOnline(int count) {
        await(
                count + " members",
                () -> nodes.keySet().stream().allMatch(node -> onlineSeenBy(node) == count));
    }

    private void prepare(String name, String configuration) throws IOException {
        NodeFiles files = new NodeFiles(directory.resolve(name));
        Files.createDirectories(files.below("/etc/corosync"));
        Files.writeString(files.corosyncConf(), configuration);
        Path agent = files.below("/usr/lib/ocf/resource.d/test/File");
        Files.createDirectories(agent.getParent());
        Files.writeString(agent, AGENT);
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stopAll() {
        nodes.values().forEach(node -> node.daemon.requestStop("end of the test"));
        nodes.values().forEach(node -> node.exit.join());
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.78.1"), 0))) {
            return socket.getLocalPort();
        }
    }

    private static String configuration(int port, int count) {
        StringBuilder text = new StringBuilder();
        text.append("totem {\nversion: 2\ncluster_name: t\ntransport: udpu\ntoken: 1000\n");
        text.append("interface {\nmcastport: ").append(port).append("\n}\n}\nnodelist {\n");
        for (int i = 1; i <= count; i++) {
            text.append("node {\nring0_addr: 127.0.78.").append(i);
            text.append("\nname: n").append(i).append("\nnodeid: ").append(i).append("\n}\n");
        }
        return text.append("}\nquorum {\nprovider: corosync_votequorum\n}\n").toString();
    }

    private void start(String name) throws Exception {
        DaemonOptions options =
                new DaemonOptions(directory.resolve(name), name, false, false, false);
        InstantSource clock = InstantSource.system();
        Telemetry telemetry = new Telemetry(new LogSetup(LogRoute.nowhere()), clock);
        NodeConfiguration configuration =
                new ConfigurationReader(new NodeFiles(options.root()), name).read();
        Daemon daemon = new Daemon(options, configuration, telemetry, clock, Map.of(), () -> {});
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("cluster-" + name)
                .start(() -> {
                    exit.complete(daemon.run());
                    telemetry.close();
                });
        nodes.put(name, new Running(daemon, exit));
    }

    private <A extends ControlAnswer> A ask(String node, ControlRequest<A> request) {
        try {
            Running running = nodes.get(node);
            assertThat(running).isNotNull();
            return running.daemon.connectionOf(ROOT).call(request, ANSWER);
        } catch (RequestRefused e) {
            throw new AssertionError(node + " refused " + request, e);
        }
    }

    private long onlineSeenBy(String node) {
        ControlAnswer.ControllerStatus status = ask(node, new ControllerQuery());
        return status.dc() == null
                ? 0
                : status.peers().stream().filter(peer -> peer.member() && peer.managed()).count();
    }

    private void configure(String node, String section, String xml) throws Exception {
        Element data = XmlParser.parse(xml);
        CibOperation create = new CibOperation(CibAction.CREATE, section, data, Set.of());
        assertThat(ask(node, create).returnCode()).isZero();
    }

    private Path stateFile(String node) {
        return directory.resolve(node).resolve("run/resource-agents/r.state");
    }

    private List<String> activeNodes() {
        return nodes.keySet().stream().filter(node -> Files.exists(stateFile(node))).toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String cib(String node) {
        Element cib = ask(node, CibOperation.queryAll()).output();
        return cib == null ? "" : XmlPrinter.compact(cib);
    }

    @Test
    void aResourceRunsMovesWhenItsNodeStopsAndTheConfigurationIsOnEveryDisk() throws Exception {
        startAll(3);
        configure(
                "n2",
                "crm_config",
                "<cluster_property_set id=\"p\">"
                        + "<nvpair id=\"p-s\" name=\"stonith-enabled\" value=\"false\"/>"
                        + "</cluster_property_set>");
        configure(
                "n2",
                "resources",
                "<primitive id=\"r\" class=\"ocf\" provider=\"test\" type=\"File\">"
                        + "<instance_attributes id=\"i\"><nvpair id=\"w\" name=\"word\""
                        + " value=\"hello\"/></instance_attributes>"
                        + "<operations><op id=\"m\" name=\"monitor\" interval=\"10s\"/></operations>"
                        + "</primitive>");
        await("start of r", () -> activeNodes().size() == 1);
        String first = activeNodes().getFirst();
        assertThat(Files.readString(stateFile(first)).strip()).isEqualTo("hello");

        Running left = nodes.get(first);
        assertThat(left).isNotNull();
        left.daemon.requestStop("asked by the test");
        assertThat(left.exit.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(stateFile(first)).doesNotExist();
        await("move of r", () -> activeNodes().size() == 1);
        nodes.remove(first);

        String survivor = nodes.keySet().iterator().next();
        // The agent is done a little before its result has gone through all nodes.
        await("result of the start", () -> cib(survivor).contains("r_start_0"));
        await(
                "a ring of two",
                () -> ask(survivor, new ClusterRequest.QuorumQuery()).totalVotes() == 2);
        for (String node : List.of("n1", "n2", "n3")) {
            assertThat(directory.resolve(node).resolve("var/lib/pacemaker/cib/cib.xml"))
                    .content()
                    .contains("stonith-enabled", "type=\"File\"");
        }
    }

    @Test
    void aNodeIsAddedAndRemovedWhileTheOthersRun() throws Exception {
        startAll(2);
        int port = portOf("n1");
        for (int i = 1; i <= 3; i++) {
            prepare("n" + i, configuration(port, 3));
        }
        ask("n2", new ClusterRequest.ReloadConfiguration());
        start("n3");
        awaitOnline(3);
        ControlAnswer.QuorumStatus quorum = ask("n1", new ClusterRequest.QuorumQuery());
        assertThat(quorum.expectedVotes()).isEqualTo(3);
        assertThat(ask("n1", new ControllerQuery()).peers())
                .extracting(ControlAnswer.Peer::name)
                .containsExactly("n1", "n2", "n3");

        Running third = nodes.get("n3");
        assertThat(third).isNotNull();
        third.daemon.requestStop("removed");
        assertThat(third.exit.get(60, TimeUnit.SECONDS)).isZero();
        nodes.remove("n3");
        for (int i = 1; i <= 2; i++) {
            prepare("n" + i, configuration(port, 2));
        }
        ask("n1", new ClusterRequest.ReloadConfiguration());
        await(
                "two expected votes",
                () -> ask("n2", new ClusterRequest.QuorumQuery()).expectedVotes() == 2);
    }
}
