package org.holdfast.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.testkit.quorum.QuorumScenario;

/**
 * Runs a table of Corosync's commands on a real cluster of three nodes and writes down what they
 * print on the first one: {@code CommandRecorder TABLE OUTPUT}.
 */
final class CommandRecorder {

    private CommandRecorder() {}

    public static void main(String[] args) throws IOException {
        String configuration =
                QuorumScenario.configuration("10.88.0.", List.of("-", "-", "-"), List.of());
        StringBuilder recorded = new StringBuilder();
        try (NamespaceCluster cluster = new NamespaceCluster(3, 500)) {
            for (String node : cluster.nodes()) {
                Files.writeString(
                        cluster.home(node).resolve("etc/corosync/corosync.conf"), configuration);
                cluster.startCorosync(node);
            }
            Shell.await(
                    "three nodes",
                    Duration.ofSeconds(30),
                    () ->
                            cluster.inNode("n1", "/usr/sbin/corosync-quorumtool", "-s")
                                    .output()
                                    .matches("(?s).*Nodes: +3\n.*"),
                    () -> "");
            for (String line : Files.readAllLines(Path.of(args[0]))) {
                if (line.startsWith("#") || line.isBlank()) {
                    recorded.append(line).append('\n');
                } else if (line.startsWith("$ ")) {
                    recorded.append(record(cluster, line.substring(2)));
                }
            }
        }
        Files.writeString(Path.of(args[1]), recorded.toString());
    }

    private static String record(NamespaceCluster cluster, String command) throws IOException {
        Path home = cluster.home("n1");
        int code = cluster.inNode("n1", "sh", "-c", command + " > /run/out 2> /run/err").exitCode();
        List<String> lines = new ArrayList<>(List.of("$ " + command, "exit " + code));
        Files.readAllLines(home.resolve("run/out")).forEach(line -> lines.add("> " + line));
        Files.readAllLines(home.resolve("run/err")).forEach(line -> lines.add("! " + line));
        return String.join("\n", lines) + "\n";
    }
}
