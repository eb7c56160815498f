package org.holdfast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cli.demo.DemoDirectory;
import org.holdfast.transport.unix.UnixConnection;

/**
 * {@code pcs cluster start} where no daemon runs yet: starts the one below {@code HOLDFAST_ROOT}, a
 * node of the running demo, or this machine's, and returns when it takes commands.
 */
final class ClusterStart {

    private static final long WAIT_MILLIS = 20_000;
    private static final long POLL_MILLIS = 20;
    private static final int EX_FAILED = 1;

    private ClusterStart() {}

    /** Whether this command line is one that starts the local node. */
    static boolean isMeant(String command, List<String> arguments) {
        List<String> words = arguments.stream().filter(word -> !word.startsWith("--")).toList();
        return command.equals("pcs") && words.equals(List.of("cluster", "start"));
    }

    static int run(Map<String, String> environment) {
        String node = environment.getOrDefault("HOLDFAST_NODE", "");
        String given = environment.getOrDefault("HOLDFAST_ROOT", "");
        Path root = Path.of(given.isEmpty() ? "/" : given);
        if (given.isEmpty() && !node.isEmpty()) {
            root = DemoDirectory.ofUser().root(node);
        }
        System.err.println("Starting Cluster...");
        try {
            Process process = start(root, node, environment);
            long deadline = System.nanoTime() + WAIT_MILLIS * 1_000_000;
            while (System.nanoTime() < deadline) {
                if (UnixConnection.isAlive(root.resolve(Destination.SOCKET))) {
                    return 0;
                }
                if (!process.isAlive()) {
                    System.err.println(
                            "Error: holdfastd ended with exit code " + process.exitValue());
                    return EX_FAILED;
                }
                Thread.sleep(POLL_MILLIS);
            }
            System.err.println("Error: holdfastd does not answer");
        } catch (IOException e) {
            System.err.println("Error: unable to start holdfastd: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return EX_FAILED;
    }

    private static Process start(Path root, String node, Map<String, String> environment)
            throws IOException {
        String home = System.getProperty("holdfast.home", "");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(home, "holdfast").toString(),
                                "holdfastd",
                                "--root",
                                root.toString()));
        if (!node.isEmpty()) {
            command.addAll(List.of("--name", node));
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        boolean demo = root.startsWith(DemoDirectory.ofUser().path());
        if (demo) {
            builder.environment().putAll(DemoDirectory.environment(root, Path.of(home)));
        }
        Path log = root.resolve("var/log/holdfastd.log");
        Files.createDirectories(log.toAbsolutePath().getParent());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }
}
