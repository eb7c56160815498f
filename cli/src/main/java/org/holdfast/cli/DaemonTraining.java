package org.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.holdfast.node.Holdfastd;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.remote.CommandClient;
import org.holdfast.tools.remote.FrameStream;
import org.holdfast.transport.client.GroupClient;
import org.holdfast.transport.unix.UnixConnection;

/**
 * Loads what a daemon loads, so that the JVM can store it in the archive that daemons start from: a
 * cluster of two nodes lives in this process for some seconds, one with the resource manager and
 * one without. Run once by the build.
 */
final class DaemonTraining {

    private static final long STEP_MILLIS_MAX = 10_000;
    private static final long POLL_MILLIS = 50;
    private static final int PORT_TRIES = 20;
    private static final int FAILED = 1;

    private static final String CONFIGURATION =
            """
            totem {
                version: 2
                cluster_name: training
                transport: udpu
                interface {
                    mcastport: %d
                }
            }
            nodelist {
                node {
                    ring0_addr: 127.0.0.1
                    name: one
                    nodeid: 1
                }
                node {
                    ring0_addr: 127.0.0.2
                    name: two
                    nodeid: 2
                }
            }
            quorum {
                provider: corosync_votequorum
            }
            system {
                sched_rr: no
            }
            logging {
                to_stderr: yes
                to_syslog: no
            }
            """;

    private final Path directory;

    private DaemonTraining(Path directory) {
        this.directory = directory;
    }

    static int run() {
        try {
            Path directory = Files.createTempDirectory("holdfast-training");
            try {
                return new DaemonTraining(directory).train() ? 0 : FAILED;
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            System.err.println("holdfast: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private boolean train() throws IOException, InterruptedException {
        int port = freePort();
        Thread one = start("one", port, List.of());
        Thread two = start("two", port, List.of("--only", "cluster-layer"));
        boolean formed =
                reach("one", "2", List.of("corosync-quorumtool", "-l"))
                        && reach(
                                "two", "Total votes:      2", List.of("corosync-quorumtool", "-s"));
        if (formed) {
            useGroup("two");
            reach("one", "Current DC: one", List.of("crm_mon", "-1"));
            command("one", List.of("corosync-cmapctl"));
            command("one", List.of("pcs", "status"));
            command("one", List.of("cibadmin", "-Q"));
        }
        command("two", List.of("corosync-cfgtool", "-H"));
        command("one", List.of("corosync-cfgtool", "-H"));
        one.join(STEP_MILLIS_MAX);
        two.join(STEP_MILLIS_MAX);
        return formed;
    }

    /** A port that is free on both nodes' addresses. */
    private static int freePort() throws IOException {
        for (int i = 0; i < PORT_TRIES; i++) {
            try (DatagramSocket first = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                    DatagramSocket _ =
                            new DatagramSocket(
                                    new InetSocketAddress("127.0.0.2", first.getLocalPort()))) {
                return first.getLocalPort();
            } catch (IOException inUse) {
                // The next one.
            }
        }
        throw new IOException("no free UDP port on 127.0.0.1 and 127.0.0.2");
    }

    private Thread start(String name, int port, List<String> more) throws IOException {
        Path root = directory.resolve(name);
        Path configuration = root.resolve("etc/corosync/corosync.conf");
        Files.createDirectories(configuration.getParent());
        Files.writeString(configuration, CONFIGURATION.formatted(port));
        // A node finds its name as those in use do.
        Files.writeString(root.resolve("etc/hostname"), name + "\n");
        List<String> arguments =
                Stream.concat(Stream.of("--root", root.toString()), more.stream()).toList();
        return Thread.ofPlatform().daemon().name(name).start(() -> Holdfastd.run(arguments));
    }

    /** Repeats a command until its output contains a text; false if that takes too long. */
    private boolean reach(String node, String text, List<String> words)
            throws InterruptedException {
        long deadline = System.nanoTime() + STEP_MILLIS_MAX * 1_000_000;
        while (!command(node, words).contains(text)) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return true;
    }

    /**
     * Runs a command in a node's daemon; what it printed, nothing if the daemon does not answer.
     */
    private String command(String node, List<String> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path socket = directory.resolve(node).resolve(Destination.SOCKET);
        try (UnixConnection connection = UnixConnection.open(socket);
                FrameStream frames = new FrameStream(connection.in(), connection.out())) {
            int _ =
                    new CommandClient(
                                    frames,
                                    new LocalFileAccess(directory),
                                    new ByteArrayInputStream(new byte[0]),
                                    out,
                                    OutputStream.nullOutputStream(),
                                    Programs.NONE)
                            .run(words.getFirst(), words.subList(1, words.size()), Map.of());
        } catch (IOException notYet) {
            return "";
        }
        return out.toString(UTF_8);
    }

    private void useGroup(String node) throws IOException {
        Path socket = directory.resolve(node).resolve("run/holdfast/cluster.sock");
        try (GroupClient group = GroupClient.connect(socket)) {
            group.join("training");
            group.multicast(new byte[8]);
            group.multicast(new byte[10_000]);
            for (int events = 0; events < 3; events++) {
                group.await(STEP_MILLIS_MAX);
            }
            group.leave();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
