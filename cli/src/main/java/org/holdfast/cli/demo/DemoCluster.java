package org.holdfast.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** The demo's three nodes: started together, and taken away without a trace. */
final class DemoCluster {

    private static final long STOP_MILLIS = 15_000;

    private final DemoDirectory directory;
    private final DemoNetwork network;
    private final List<DemoNode> nodes = new ArrayList<>();
    private boolean closed;

    DemoCluster(DemoDirectory directory, DemoNetwork network) {
        this.directory = directory;
        this.network = network;
    }

    List<DemoNode> nodes() {
        return nodes;
    }

    DemoNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node " + name));
    }

    int numberOf(DemoNode node) {
        return nodes.indexOf(node) + 1;
    }

    List<DemoNode> running() {
        return nodes.stream().filter(DemoNode::isRunning).toList();
    }

    SequencedMap<String, Boolean> runningByName() {
        SequencedMap<String, Boolean> all = new LinkedHashMap<>();
        nodes.forEach(node -> all.put(node.name(), node.isRunning()));
        return all;
    }

    /** What the controller says, or the first running node while there is none. */
    ClusterState state() {
        for (DemoNode node : running()) {
            ClusterState state = node.state();
            if (state.ring().isEmpty()) {
                continue;
            }
            // Only the controller knows whether there is something left to do.
            for (DemoNode other : running()) {
                if (other != node && other.name().equals(state.dc())) {
                    ClusterState ofController = other.state();
                    return ofController.ring().isEmpty() ? state : ofController;
                }
            }
            return state;
        }
        return ClusterState.UNKNOWN;
    }

    /** Writes the configurations and starts the daemons. */
    void start(DaemonProgram program) throws DemoException, IOException {
        MarkedProcesses.kill(directory.path()); // a demo that was killed may have left some
        delete(directory.path());
        Files.createDirectories(directory.path());
        network.setUp();
        for (String name : directory.nodes()) {
            int number = nodes.size() + 1;
            nodes.add(
                    new DemoNode(
                            name,
                            network.address(number),
                            directory.root(name),
                            network.prefix(number)));
        }
        String configuration = corosyncConf();
        for (DemoNode node : nodes) {
            node.prepare(configuration);
        }
        for (DemoNode node : nodes) {
            node.start(program);
        }
    }

    private String corosyncConf() {
        StringBuilder conf =
                new StringBuilder(
                        """
                        # Written by ./holdfast demo, in the syntax of corosync.conf(5).
                        totem {
                            version: 2
                            cluster_name: demo
                            transport: udpu
                            token: 1000
                        }

                        logging {
                            to_stderr: yes
                            to_logfile: no
                            to_syslog: no
                            timestamp: hires
                        }

                        quorum {
                            provider: corosync_votequorum
                        }

                        nodelist {
                        """);
        for (int number = 1; number <= nodes.size(); number++) {
            DemoNode node = nodes.get(number - 1);
            conf.append("    node {\n        ring0_addr: ")
                    .append(node.address())
                    .append("\n        name: ")
                    .append(node.name())
                    .append("\n        nodeid: ")
                    .append(number)
                    .append("\n    }\n");
        }
        return conf.append("}\n").toString();
    }

    /** Ends every node, in good order where they let themselves, and removes all files. */
    synchronized void close() throws IOException, InterruptedException {
        if (closed) {
            return;
        }
        closed = true;
        nodes.forEach(DemoNode::terminate);
        long deadline = System.nanoTime() + STOP_MILLIS * 1_000_000;
        for (DemoNode node : nodes) {
            long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
            boolean _ = node.awaitEnd(left);
        }
        MarkedProcesses.kill(directory.path());
        network.close();
        delete(directory.path());
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
