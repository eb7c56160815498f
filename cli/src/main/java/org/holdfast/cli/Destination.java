package org.holdfast.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cli.demo.DemoDirectory;
import org.holdfast.transport.unix.UnixConnection;
import org.jspecify.annotations.Nullable;

/** Which daemon a command should run in. */
final class Destination {

    /** Where a daemon's socket is below its root directory. */
    static final String SOCKET = "run/holdfast/holdfastd.sock";

    private Destination() {}

    /**
     * The socket of the daemon that the user means: the one below {@code HOLDFAST_ROOT}, the demo's
     * node {@code HOLDFAST_NODE}, else this machine's, else the first living node of the user's
     * demo. Null if there is none.
     */
    static @Nullable Path find(Map<String, String> environment) {
        String root = environment.get("HOLDFAST_ROOT");
        if (root != null && !root.isEmpty()) {
            return Path.of(root).resolve(SOCKET);
        }
        String node = environment.get("HOLDFAST_NODE");
        if (node != null && !node.isEmpty()) {
            return DemoDirectory.ofUser().root(node).resolve(SOCKET);
        }
        List<Path> candidates = new ArrayList<>(List.of(Path.of("/").resolve(SOCKET)));
        DemoDirectory demo = DemoDirectory.ofUser();
        demo.nodes().forEach(name -> candidates.add(demo.root(name).resolve(SOCKET)));
        for (Path candidate : candidates) {
            if (Files.exists(candidate) && UnixConnection.isAlive(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
