package org.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;
import org.holdfast.tools.catalogue.AllTools;

/**
 * Loads what short commands load, so that the JVM can store it in the cache that the next starts
 * begin from. Run once by the build.
 */
final class Training {

    private static final String CIB =
            """
            <cib validate-with="pacemaker-4.0" admin_epoch="0" epoch="1" num_updates="0">
              <configuration>
                <crm_config/>
                <nodes><node id="1" uname="one"/></nodes>
                <resources><primitive id="r" class="systemd" type="none"/></resources>
                <constraints/>
              </configuration>
              <status/>
            </cib>
            """;

    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("pcs", "-f", "cib.xml", "resource", "config"),
                    List.of("pcs", "-f", "cib.xml", "property", "set", "batch-limit=1"),
                    List.of(
                            "pcs",
                            "-f",
                            "cib.xml",
                            "constraint",
                            "location",
                            "r",
                            "prefers",
                            "one"),
                    List.of("crm_mon", "-1", "-x", "cib.xml"),
                    List.of("crm_simulate", "-S", "-x", "cib.xml"),
                    List.of("cibadmin", "-Q"));

    private Training() {}

    static int run() {
        try {
            Path directory = Files.createTempDirectory("holdfast-training");
            Path cib = directory.resolve("cib.xml");
            Files.writeString(cib, CIB);
            COMMANDS.forEach(command -> run(directory, command));
            Files.deleteIfExists(cib);
            Files.deleteIfExists(directory);
            return 0;
        } catch (IOException e) {
            System.err.println("holdfast: " + e.getMessage());
            return 1;
        }
    }

    private static void run(Path directory, List<String> command) {
        Tool tool = AllTools.registry().find(command.getFirst());
        if (tool == null) {
            return;
        }
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        int _ =
                tool.run(
                        new ToolContext(
                                command.subList(1, command.size()),
                                Map.of("CIB_file", "cib.xml"),
                                new ByteArrayInputStream(new byte[0]),
                                nowhere,
                                nowhere,
                                new LocalFileAccess(directory),
                                InstantSource.system()));
    }
}
