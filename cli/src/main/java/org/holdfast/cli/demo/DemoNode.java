package org.holdfast.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.remote.CommandClient;
import org.holdfast.tools.remote.FrameStream;
import org.holdfast.transport.unix.UnixConnection;
import org.jspecify.annotations.Nullable;

/** One node of the demo: a {@code holdfastd} process with a root directory of its own. */
final class DemoNode {

    private static final String SOCKET = "run/holdfast/holdfastd.sock";

    private final String name;
    private final String address;
    private final Path root;
    private final List<String> prefix;
    private @Nullable Process process;

    /**
     * A node that is not started yet.
     *
     * @param name its name
     * @param address its address on the ring
     * @param root its root directory
     * @param prefix words before the command line, to start it somewhere else (a namespace)
     */
    DemoNode(String name, String address, Path root, List<String> prefix) {
        this.name = name;
        this.address = address;
        this.root = root;
        this.prefix = prefix;
    }

    String name() {
        return name;
    }

    String address() {
        return address;
    }

    Path log() {
        return root.resolve("var/log/holdfastd.log");
    }

    boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** The exit code of a daemon that has ended, else -1. */
    int exitCode() {
        Process running = process;
        return running == null || running.isAlive() ? -1 : running.exitValue();
    }

    /** Writes the configuration and the directories that the daemon expects. */
    void prepare(String corosyncConf) throws IOException {
        Files.createDirectories(root.resolve("etc/corosync"));
        Files.createDirectories(root.resolve("var/log"));
        Files.writeString(root.resolve("etc/corosync/corosync.conf"), corosyncConf);
    }

    /** Starts the daemon. */
    void start(DaemonProgram program) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program.commandLine());
        command.addAll(List.of("holdfastd", "--root", root.toString(), "--name", name));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(DemoDirectory.environment(root, program.home()));
        builder.environment().remove("HOLDFAST_ROOT");
        builder.environment().remove("HOLDFAST_NODE");
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        process = builder.start();
    }

    /** Ends the whole node at once: the daemon, then everything that it had started. */
    void crash() {
        Process running = process;
        if (running != null) {
            running.toHandle().destroyForcibly();
        }
        MarkedProcesses.kill(root);
    }

    /** Asks the daemon to end in good order. */
    void terminate() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }

    /** Waits for the daemon's end. */
    boolean awaitEnd(long millis) throws InterruptedException {
        Process running = process;
        return running == null || running.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** Runs a command in this node's daemon. */
    CommandResult run(String command, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (UnixConnection connection = UnixConnection.open(root.resolve(SOCKET));
                FrameStream frames = new FrameStream(connection.in(), connection.out())) {
            int code =
                    new CommandClient(
                                    frames,
                                    new LocalFileAccess(Path.of("")),
                                    new ByteArrayInputStream(new byte[0]),
                                    out,
                                    err,
                                    Programs.NONE)
                            .run(command, arguments, Map.of("LC_ALL", "C"));
            return new CommandResult(code, out.toString(UTF_8), err.toString(UTF_8));
        } catch (IOException e) {
            return new CommandResult(
                    CommandResult.UNREACHABLE, out.toString(UTF_8), name + ": " + e.getMessage());
        }
    }

    /** What this node says about the cluster. */
    ClusterState state() {
        if (!isRunning()) {
            return ClusterState.UNKNOWN;
        }
        return ClusterState.parse(run("holdfast-state", List.of()).out());
    }

    /** The last lines of the daemon's log. */
    String logTail(int lines) {
        try {
            List<String> all = Files.readAllLines(log());
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log)";
        }
    }
}
