package org.holdfast.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where a user's demo keeps its nodes: one directory a user, so that commands find the running demo
 * and a second demo finds the first.
 *
 * @param path the directory
 */
public record DemoDirectory(Path path) {

    /** How many nodes the demo has. */
    public static final int NODES = 3;

    /** The directory of the user that runs this process. */
    public static DemoDirectory ofUser() {
        return new DemoDirectory(
                Path.of("/tmp").resolve("holdfast-demo-" + System.getProperty("user.name")));
    }

    /** The nodes' names. */
    public List<String> nodes() {
        return IntStream.rangeClosed(1, NODES).mapToObj(number -> "node" + number).toList();
    }

    /** What a node takes for the root of its file system. */
    public Path root(String node) {
        return path.resolve(node);
    }

    /** Whether there is something of a demo. */
    public boolean exists() {
        return Files.isDirectory(path);
    }

    /**
     * What the environment of a node's daemon says besides the user's own.
     *
     * @param root the node's root
     * @param home the program's directory
     */
    public static Map<String, String> environment(Path root, Path home) {
        return Map.of(
                MarkedProcesses.VARIABLE,
                root.toString(),
                "HOLDFAST_OCF_PATH",
                home.resolve("dist/ocf/resource.d").toString(),
                "HOLDFAST_JAVA",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }
}
