package org.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.holdfast.storage.NodeFiles;
import org.holdfast.telemetry.LogRoute;
import org.holdfast.telemetry.LogSetup;
import org.holdfast.telemetry.Telemetry;
import org.holdfast.transport.client.ClusterClient;
import org.holdfast.transport.client.GroupClient;
import org.holdfast.transport.client.GroupEvent;
import org.holdfast.transport.client.GroupView;
import org.holdfast.transport.client.KeyChange;
import org.holdfast.transport.client.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs in process groups, on two daemons of this process with real sockets. */
@Timeout(120)
class GroupClientsTest {

    private static final int PROCESS_DOWN = 5;
    private static final int INVALID = 7;
    private static final int NOT_EXIST = 12;
    private static final int EXIST = 14;

    @TempDir private Path directory;

    private final List<Daemon> daemons = new ArrayList<>();
    private final List<CompletableFuture<Integer>> exits = new ArrayList<>();

    @BeforeEach
    void startTwo() throws Exception {
        int port = freePort();
        for (int i = 1; i <= 2; i++) {
            NodeFiles files = files(i);
            Files.createDirectories(files.below("/etc/corosync"));
            Files.writeString(
                    files.corosyncConf(),
                    """
                    totem {
                    version: 2
                    cluster_name: t
                    transport: udpu
                    token: 1000
                    interface {
                    mcastport: %d
                    }
                    }
                    nodelist {
                    node {
                    ring0_addr: 127.0.79.1
                    name: n1
                    nodeid: 1
                    }
                    node {
                    ring0_addr: 127.0.79.2
                    name: n2
                    nodeid: 2
                    }
                    }
                    quorum {
                    provider: corosync_votequorum
                    }
                    """
                            .formatted(port));
            start(i);
        }
    }

    private NodeFiles files(int node) {
        return new NodeFiles(directory.resolve("n" + node));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.79.1"), 0))) {
            return socket.getLocalPort();
        }
    }

    private void start(int node) throws Exception {
        DaemonOptions options =
                new DaemonOptions(files(node).root(), "n" + node, true, false, false);
        InstantSource clock = InstantSource.system();
        Telemetry telemetry = new Telemetry(new LogSetup(LogRoute.nowhere()), clock);
        NodeConfiguration configuration = new ConfigurationReader(files(node), "n" + node).read();
        Daemon daemon = new Daemon(options, configuration, telemetry, clock, Map.of(), () -> {});
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("cluster-n" + node)
                .start(() -> {
                    exit.complete(daemon.run());
                    telemetry.close();
                });
        daemons.add(daemon);
        exits.add(exit);
    }

    @AfterEach
    void stopAll() {
        daemons.forEach(daemon -> daemon.requestStop("end of the test"));
        exits.forEach(CompletableFuture::join);
    }

    /** The file is there a moment before anybody listens. */
    private static boolean isListening(Path path) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private Path socket(int node) {
        Path path = files(node).clientSocket();
        while (!isListening(path)) {
            LockSupport.parkNanos(5_000_000);
        }
        return path;
    }

    private GroupClient connect(int node) throws Exception {
        return GroupClient.connect(socket(node));
    }

    private static GroupView awaitMembers(GroupClient client, int count) throws IOException {
        while (true) {
            if (client.await(-1) instanceof GroupEvent.Configuration(GroupView view)
                    && view.members().size() == count) {
                return view;
            }
        }
    }

    /** What is delivered to one member, as sender and message, until there are so many. */
    private static List<String> messages(GroupClient client, int count) throws IOException {
        List<String> all = new ArrayList<>();
        while (all.size() < count) {
            if (client.await(-1) instanceof GroupEvent.Message message) {
                ByteBuffer payload = ByteBuffer.wrap(message.payload());
                all.add(message.node() + ": " + payload.getInt() + ", " + payload.limit());
            }
        }
        return all;
    }

    private static void send(GroupClient client, int count, int bytesMax) throws IOException {
        for (int i = 0; i < count; i++) {
            int bytes = 4 + i * 37 % bytesMax;
            client.multicast(ByteBuffer.allocate(bytes).putInt(i).array());
        }
        client.flush();
    }

    @Test
    void allMembersGetAllMessagesInOneOrder() throws Exception {
        try (GroupClient one = connect(1);
                GroupClient two = connect(2)) {
            one.join("load");
            two.join("load");
            awaitMembers(one, 2);
            awaitMembers(two, 2);
            CompletableFuture<List<String>> seenByTwo =
                    CompletableFuture.supplyAsync(() -> sendAndCollect(two));
            List<String> seenByOne = sendAndCollect(one);

            assertThat(seenByTwo.join()).isEqualTo(seenByOne);
            for (int node = 1; node <= 2; node++) {
                String sender = node + ": ";
                List<String> ofOne =
                        seenByOne.stream().filter(line -> line.startsWith(sender)).toList();
                assertThat(ofOne).hasSize(2001).first().isEqualTo(sender + "0, 4");
                assertThat(ofOne).last().isEqualTo(sender + "0, " + one.payloadBytesMax());
            }
        }
    }

    private static List<String> sendAndCollect(GroupClient client) {
        try {
            send(client, 1000, 200);
            send(client, 1000, 9000);
            client.multicast(new byte[client.payloadBytesMax()]);
            return messages(client, 4002);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theOthersHearWhenAProgramEnds() throws Exception {
        try (GroupClient one = connect(1)) {
            one.join("watched");
            try (GroupClient two = connect(2)) {
                assertThat(two.nodeId()).isEqualTo(2);
                two.join("watched");
                awaitMembers(one, 2);
            }
            GroupView after = awaitMembers(one, 1);

            int pid = (int) ProcessHandle.current().pid();
            assertThat(after.left()).containsExactly(new GroupView.Process(2, pid, PROCESS_DOWN));
            one.leave();
            assertThat(awaitMembers(one, 0).left()).hasSize(1);
        }
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        try (GroupClient one = connect(1)) {
            one.multicast(new byte[10]);
            assertThat(one.await(-1)).isEqualTo(new GroupEvent.Refused(NOT_EXIST, "in no group"));
            one.join("g");
            awaitMembers(one, 1);
            one.join("h");
            assertThat(one.await(-1))
                    .isInstanceOfSatisfying(
                            GroupEvent.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(EXIST));
        }
    }

    @Test
    void cutsOffWhoSendsNoFrames() throws Exception {
        try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(socket(1)))) {
            // A join without a hello is refused, a length of nothing ends the connection.
            raw.write(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 2, 'g', 0, 0, 0, 0}));
            ByteBuffer answer = ByteBuffer.allocate(1000);
            while (raw.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            assertThat(answer.position()).isGreaterThan(9);
            assertThat(answer.getInt(5)).isEqualTo(INVALID);
        }
        try (GroupClient next = connect(1)) {
            assertThat(next.nodeId()).isEqualTo(1);
        }
    }

    @Test
    void programsReadAndChangeTheConfigurationMap() throws Exception {
        try (ClusterClient cluster = ClusterClient.connect(socket(1))) {
            assertThat(cluster.nodeId()).isEqualTo(1);
            assertThat(cluster.get("totem.cluster_name").value()).isEqualTo("t");
            assertThat(cluster.list("nodelist.node.1."))
                    .extracting(ClusterClient.Key::name)
                    .containsExactly(
                            "nodelist.node.1.name",
                            "nodelist.node.1.nodeid",
                            "nodelist.node.1.ring0_addr");
            cluster.set("my.key", "u32", "5");
            assertThat(cluster.get("my.key").type()).isEqualTo("u32");
            cluster.delete("my.key");
            assertThatThrownBy(() -> cluster.get("my.key")).hasMessage("CS_ERR_NOT_EXIST");
            assertThatThrownBy(() -> cluster.set("totem.version", "u32", "3"))
                    .hasMessage("CS_ERR_ACCESS");
        }
    }

    @Test
    void programsHearOfChangedKeys() throws Exception {
        try (ClusterClient cluster = ClusterClient.connect(socket(1));
                ClusterClient other = ClusterClient.connect(socket(1))) {
            int all = KeyChange.ADD | KeyChange.MODIFY | KeyChange.DELETE;
            cluster.trackKey("my.", all | KeyChange.PREFIX);
            cluster.trackKey("your.key", KeyChange.DELETE);
            // The answer tells that the daemon has seen the frames before it.
            assertThat(cluster.list("my.")).isEmpty();
            other.set("your.key", "str", "unnoticed");
            other.set("my.key", "u32", "5");
            assertThat(cluster.awaitChange())
                    .isEqualTo(new KeyChange(KeyChange.ADD, "my.key", "u32", "5", "", ""));
            other.set("my.key", "u32", "6");
            assertThat(cluster.awaitChange())
                    .isEqualTo(new KeyChange(KeyChange.MODIFY, "my.key", "u32", "6", "u32", "5"));
            other.delete("my.key");
            assertThat(cluster.awaitChange())
                    .isEqualTo(new KeyChange(KeyChange.DELETE, "my.key", "", "", "u32", "6"));
            other.delete("your.key");
            assertThat(cluster.awaitChange().key()).isEqualTo("your.key");
            cluster.trackKey("my.", 0);
            assertThat(cluster.list("my.")).isEmpty();
            other.set("my.key", "u32", "7");
            cluster.trackKey("runtime.members.2.status", KeyChange.ADD | KeyChange.MODIFY);
            daemons.get(1).requestStop("asked by the test");
            assertThat(cluster.awaitChange().key()).isEqualTo("runtime.members.2.status");
        }
    }

    @Test
    void programsAreCounted() throws Exception {
        try (ClusterClient cluster = ClusterClient.connect(socket(1))) {
            long pid = ProcessHandle.current().pid();
            assertThat(cluster.list("stats.ipcs."))
                    .extracting(ClusterClient.Key::name)
                    .contains("stats.ipcs.global.active")
                    .anyMatch(key -> key.matches("stats.ipcs.service0." + pid + ".0x.*.requests"));
        }
    }

    private static boolean renamed(ClusterClient cluster, ClusterClient.Quorum ring)
            throws IOException {
        try {
            cluster.pollDevice("referee", true, ring);
            return true;
        } catch (ClusterClient.Refused notYet) {
            return false;
        }
    }

    @Test
    void programsSeeQuorumAndMayBeItsDevice() throws Exception {
        try (ClusterClient cluster = ClusterClient.connect(socket(1))) {
            cluster.trackQuorum();
            ClusterClient.Quorum quorum = cluster.awaitQuorum();
            while (!quorum.quorate() || quorum.synchronising()) {
                quorum = cluster.awaitQuorum();
            }
            assertThat(quorum.nodes()).containsExactly(1, 2);
            assertThat(cluster.votes().expected()).isEqualTo(2);
            assertThat(cluster.votes().members())
                    .extracting(ClusterClient.Voter::name)
                    .containsExactly("n1", "n2");
            assertThatThrownBy(() -> cluster.setExpectedVotes(9))
                    .hasMessage("CS_ERR_INVALID_PARAM");
            ClusterClient.Quorum ring = quorum;
            assertThatThrownBy(() -> cluster.pollDevice("judge", true, ring))
                    .hasMessage("CS_ERR_NOT_EXIST");
            cluster.registerDevice("judge");
            while (!cluster.votes().flags().contains("Qdevice")) {
                LockSupport.parkNanos(1_000_000);
            }
            cluster.pollDevice("judge", true, ring);
            assertThatThrownBy(() -> cluster.registerDevice("other")).hasMessage("CS_ERR_EXIST");
            cluster.renameDevice("judge", "referee");
            while (!renamed(cluster, ring)) {
                LockSupport.parkNanos(1_000_000);
            }
            cluster.unregisterDevice("referee");
        }
    }

    @Test
    void nonsenseIsAnsweredAndHurtsNobody() throws Exception {
        try (ClusterClient cluster = ClusterClient.connect(socket(1))) {
            for (Operation operation : Operation.values()) {
                boolean needsNothing =
                        operation == Operation.VOTES
                                || operation == Operation.NODES
                                || operation == Operation.RELOAD;
                if (!needsNothing) {
                    assertThatThrownBy(() -> cluster.ask(operation))
                            .as("%s", operation)
                            .isInstanceOfSatisfying(
                                    ClusterClient.Refused.class,
                                    refused -> assertThat(refused.code()).isEqualTo(INVALID));
                }
            }
            assertThat(cluster.ask(Operation.NODES)).hasSize(6);
        }
    }
}
