package org.holdfast.node;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.holdfast.kernel.LogEvent;
import org.holdfast.storage.NodeFiles;

/**
 * The daemon under Corosync's name and with its options (corosync(8)): {@code -t} tests the
 * configuration, {@code -v} tells the version, {@code -f} runs the cluster layer.
 */
public final class CorosyncProgram {

    /** Corosync's exit code for a configuration that cannot be used. */
    public static final int EXIT_CONFIGURATION = 8;

    private static final int EXIT_USAGE = 1;

    private CorosyncProgram() {}

    /**
     * Runs the program.
     *
     * @param arguments the command line without the program's name
     * @param root the directory below which the node's files are
     * @param daemon starts the cluster layer and waits for its end
     * @param out standard output
     * @param err standard error
     * @return the exit code: 0, 1 for a wrong command line, 8 for a configuration that cannot be
     *     used, else the daemon's
     */
    public static int run(
            List<String> arguments,
            Path root,
            IntSupplier daemon,
            PrintStream out,
            PrintStream err) {
        NodeFiles files = new NodeFiles(root);
        Path configuration = files.corosyncConf();
        boolean test = false;
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            if (argument.equals("--")) {
                break;
            }
            String letters = argument.startsWith("-") ? argument.substring(1) : "";
            for (int i = 0; i < letters.length(); i++) {
                switch (letters.charAt(i)) {
                    case 'f', 'P', 'r' -> {}
                    case 't' -> test = true;
                    case 'v' -> {
                        version(out);
                        return 0;
                    }
                    case 'c' -> {
                        boolean joined = i + 1 < letters.length();
                        if (!joined && at + 1 == arguments.size()) {
                            return usage(err, "option requires an argument -- 'c'");
                        }
                        configuration =
                                Path.of(joined ? letters.substring(i + 1) : arguments.get(++at));
                        i = letters.length();
                    }
                    default -> {
                        return usage(err, "invalid option -- '" + letters.charAt(i) + "'");
                    }
                }
            }
        }
        return test ? test(files, configuration, err) : daemon.getAsInt();
    }

    private static int test(NodeFiles files, Path configuration, PrintStream err) {
        if (configuration.toString().isEmpty()) {
            err.println("Can't read file : No such file or directory");
            return EXIT_CONFIGURATION;
        }
        try {
            NodeConfiguration usable = new ConfigurationReader(files, null, configuration).test();
            for (LogEvent remark : usable.remarks()) {
                err.println(remark.text());
            }
            return 0;
        } catch (ConfigurationException e) {
            e.lines().forEach(err::println);
            return EXIT_CONFIGURATION;
        }
    }

    private static void version(PrintStream out) {
        List<String> lines = new ArrayList<>();
        lines.add("Holdfast " + Holdfastd.version() + ", in the place of");
        lines.add("Corosync Cluster Engine, version '3.1.7'");
        lines.forEach(out::println);
    }

    private static int usage(PrintStream err, String problem) {
        err.println("corosync: " + problem);
        err.println("usage:");
        err.println("        -c FILE  read this configuration instead of the usual one (with -t)");
        err.println("        -f       run in the foreground, which is the only way here");
        err.println("        -t       test the configuration and end");
        err.println("        -v       tell the version and end");
        return EXIT_USAGE;
    }
}
