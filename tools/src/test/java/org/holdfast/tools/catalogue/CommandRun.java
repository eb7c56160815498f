package org.holdfast.tools.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/**
 * One run of a command without a cluster, with {@code cib.xml} of a directory as the CIB; variables
 * with empty values are not set.
 */
record CommandRun(int exitCode, String output, String errors) {

    static CommandRun in(Path directory, String tool, String... arguments) {
        return in(directory, Map.of(), tool, arguments);
    }

    static CommandRun in(
            Path directory, Map<String, String> environment, String tool, String... arguments) {
        Tool command = AllTools.registry().find(tool);
        if (command == null) {
            throw new IllegalArgumentException(tool);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8);
        Map<String, String> all = new TreeMap<>(Map.of("CIB_file", "cib.xml"));
        all.putAll(environment);
        all.values().removeIf(String::isEmpty);
        int exitCode =
                command.run(
                        new ToolContext(
                                List.of(arguments),
                                all,
                                new ByteArrayInputStream(new byte[0]),
                                outStream,
                                errStream,
                                new LocalFileAccess(directory),
                                InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)),
                                null));
        outStream.flush();
        errStream.flush();
        return new CommandRun(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
