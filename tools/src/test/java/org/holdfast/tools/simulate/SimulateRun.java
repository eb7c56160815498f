package org.holdfast.tools.simulate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;

/** One run of crm_simulate in a directory, at a fixed time. */
record SimulateRun(int exitCode, String output, String errors) {

    static SimulateRun in(Path directory, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, false, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, false, StandardCharsets.UTF_8);
        int exitCode =
                new CrmSimulate()
                        .run(
                                new ToolContext(
                                        arguments,
                                        Map.of(),
                                        new ByteArrayInputStream(new byte[0]),
                                        outStream,
                                        errStream,
                                        new LocalFileAccess(directory),
                                        InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)),
                                        null));
        outStream.flush();
        errStream.flush();
        return new SimulateRun(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
