package org.holdfast.node;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code holdfastd}.
 *
 * @param root the directory that stands for {@code /}
 * @param name this node's name, or null to find it by the machine's name and addresses
 * @param clusterLayerOnly without the resource manager
 * @param testConfiguration check the configuration and end
 * @param help print the usage and end
 */
record DaemonOptions(
        Path root,
        @Nullable String name,
        boolean clusterLayerOnly,
        boolean testConfiguration,
        boolean help) {

    static final String USAGE =
            """
            usage: holdfastd [-f] [-t] [--root DIR] [--name NODE] [--only cluster-layer]

              -f                    stay in the foreground (always so; a service manager keeps it running)
              -t                    check the configuration, say what is wrong, and end
              --root DIR            take DIR for / : configuration, state, logs and sockets are below it
              --name NODE           this node's name in the node list, where the machine's name and
                                    addresses do not tell
              --only cluster-layer  ring, groups and quorum without the resource manager
            """;

    /** A command line that makes no sense. */
    static final class UsageException extends Exception {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Reads the arguments; {@code HOLDFAST_ROOT} stands in for a missing {@code --root}. */
    static DaemonOptions parse(List<String> arguments, Map<String, String> environment)
            throws UsageException {
        String root = environment.getOrDefault("HOLDFAST_ROOT", "");
        String name = environment.get("HOLDFAST_NODE_NAME");
        boolean only = false;
        boolean test = false;
        boolean help = false;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "-f", "--foreground" -> {}
                case "-t" -> test = true;
                case "-h", "--help" -> help = true;
                case "--root" -> root = value(argument, rest);
                case "--name" -> name = value(argument, rest);
                case "--only" -> {
                    String part = value(argument, rest);
                    if (!part.equals("cluster-layer")) {
                        throw new UsageException("--only takes cluster-layer, not " + part);
                    }
                    only = true;
                }
                default -> throw new UsageException("unknown argument " + argument);
            }
        }
        return new DaemonOptions(Path.of(root.isEmpty() ? "/" : root), name, only, test, help);
    }

    private static String value(String option, Iterator<String> rest) throws UsageException {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value");
        }
        return rest.next();
    }
}
