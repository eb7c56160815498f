package org.holdfast.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a daemon is started: the same program, with the options that the launcher wrote.
 *
 * @param java the java program
 * @param options file with the options for a daemon
 * @param home the program's directory
 */
record DaemonProgram(Path java, Path options, Path home) {

    private static final String MAIN = "org.holdfast.cli.Main";

    /** Finds the parts by what the launcher told this process. */
    static DaemonProgram find() throws DemoException {
        String home = System.getProperty("holdfast.home");
        if (home == null) {
            throw new DemoException("start the demo with ./holdfast demo");
        }
        Path options = Path.of(home, "cli/target/run/daemon.args");
        Path agents = Path.of(home, "dist/ocf/resource.d");
        if (!Files.isReadable(options) || !Files.isDirectory(agents)) {
            throw new DemoException(
                    "the build below " + home + " is not complete: ./holdfast build");
        }
        return new DaemonProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"), options, Path.of(home));
    }

    List<String> commandLine() {
        return List.of(
                java.toString(),
                "@" + options,
                // Three nodes share one machine here: a small fixed heap and few helper threads.
                "-Xms64m",
                "-Xmx64m",
                "-XX:SoftMaxHeapSize=64m",
                "-XX:ActiveProcessorCount=2",
                MAIN);
    }
}
