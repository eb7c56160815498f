package org.holdfast.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.FileAccess;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Programs;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.remote.CommandClient;
import org.holdfast.tools.remote.FrameStream;
import org.holdfast.transport.unix.UnixConnection;
import org.jspecify.annotations.Nullable;

/** One command line: run in the daemon if it uses the cluster and a daemon is there, else here. */
final class CommandRun {

    private static final int BUFFER_BYTES = 64 << 10;

    /** Exit code of sysexits.h for what the system does not give. */
    private static final int EX_OSERR = 71;

    /** Exit code of sysexits.h for a connection that broke. */
    private static final int EX_IOERR = 74;

    private final Tool tool;
    private final List<String> arguments;
    private final Map<String, String> environment;
    private final FileAccess files = new LocalFileAccess(Path.of(""));
    private final Programs programs = new OwnPrograms();

    CommandRun(Tool tool, List<String> arguments, Map<String, String> environment) {
        this.tool = tool;
        this.arguments = arguments;
        this.environment = environment;
    }

    int run() {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        if (tool.usesCluster(arguments, environment)) {
            Path socket = Destination.find(environment);
            if (socket != null) {
                UnixConnection connection = connect(socket);
                if (connection != null) {
                    return runInDaemon(connection, in, out, err);
                }
            }
            if (ClusterStart.isMeant(tool.name(), arguments)) {
                return ClusterStart.run(environment);
            }
        }
        return runHere(in, out, err);
    }

    private static @Nullable UnixConnection connect(Path socket) {
        try {
            return UnixConnection.open(socket);
        } catch (IOException e) {
            return null; // no daemon: the command itself says so in its own words
        }
    }

    private int runInDaemon(
            UnixConnection connection, InputStream in, OutputStream out, OutputStream err) {
        try (FrameStream frames = new FrameStream(connection.in(), connection.out())) {
            return new CommandClient(frames, files, in, out, err, programs)
                    .run(tool.name(), arguments, environment);
        } catch (IOException e) {
            System.err.println(
                    tool.name() + ": lost the connection to the daemon: " + e.getMessage());
            return EX_IOERR;
        }
    }

    private int runHere(InputStream in, OutputStream out, OutputStream err) {
        PrintStream printer =
                new PrintStream(
                        new BufferedOutputStream(out, BUFFER_BYTES), false, StandardCharsets.UTF_8);
        PrintStream errors =
                new PrintStream(
                        new BufferedOutputStream(err, BUFFER_BYTES), false, StandardCharsets.UTF_8);
        try {
            return tool.run(
                    new ToolContext(
                            arguments,
                            environment,
                            in,
                            printer,
                            errors,
                            files,
                            InstantSource.system(),
                            null,
                            Agents.of(environment, files),
                            programs));
        } catch (OutOfMemoryError e) {
            errors.println(
                    tool.name()
                            + ": this needs more memory than Java may use ("
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB); allow more with JAVA_TOOL_OPTIONS=-Xmx16g");
            return EX_OSERR;
        } finally {
            errors.flush();
            printer.flush();
        }
    }
}
