package org.holdfast.tools.corosync;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-keygen} (corosync-keygen(8)). Works on files and needs no daemon. */
public final class KeyGenerator implements Tool {

    private static final String NAME = "corosync-keygen";
    private static final String DEFAULT_KEY_FILE = "/etc/corosync/authkey";
    private static final String DEFAULT_SOURCE = "/dev/urandom";
    private static final int DEFAULT_BYTES = 256;
    private static final int BYTES_MIN = 128;
    private static final int BYTES_MAX = 4096;
    private static final String NO_FILE = "No such file or directory";
    private static final int EXIT_NO_SOURCE = 1;
    private static final int EXIT_NOT_CREATED = 2;
    private static final Map<String, String> LONG_NAMES =
            Map.of(
                    "key-file", "k",
                    "less-secure", "l",
                    "random-file", "r",
                    "size", "s",
                    "help", "h");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean usesCluster(List<String> arguments, Map<String, String> environment) {
        return false;
    }

    @Override
    public int run(ToolContext context) {
        PrintStream out = context.out();
        GetOpt options = GetOpt.parse(NAME, "k:r:s:lh", LONG_NAMES, context.arguments());
        int bytes = DEFAULT_BYTES;
        for (GetOpt.Option option : options.all()) {
            if (option.letter() == 'h') {
                usage(out);
                return 0;
            }
            if (option.letter() == 's') {
                OptionalLong size = GetOpt.number(option.value(), BYTES_MIN, BYTES_MAX);
                if (size.isEmpty()) {
                    // errx(3) adds the second line's end.
                    context.err()
                            .println(
                                    NAME
                                            + ": Unsupported key size (supported <"
                                            + BYTES_MIN
                                            + ","
                                            + BYTES_MAX
                                            + ">)\n");
                    return EXIT_NO_SOURCE;
                }
                bytes = (int) size.getAsLong();
            }
        }
        if (options.problem() != null) {
            context.err().println(options.problem());
            out.println("Error parsing command line options.");
            return EXIT_NO_SOURCE;
        }
        String source = options.has('r') ? options.value('r') : DEFAULT_SOURCE;
        String target = options.has('k') ? options.value('k') : DEFAULT_KEY_FILE;
        return generate(context, source, target, bytes);
    }

    private static int generate(ToolContext context, String source, String target, int bytes) {
        PrintStream out = context.out();
        out.println("Corosync Cluster Engine Authentication key generator.");
        out.println("Gathering " + bytes * 8L + " bits for key from " + source + ".");
        byte[] key;
        try {
            key = context.files().readStart(source, bytes);
        } catch (IOException e) {
            String reason = source.isEmpty() ? NO_FILE : CmapValues.reason(e);
            context.err().println(NAME + ": Failed to open random source: " + reason);
            return EXIT_NO_SOURCE;
        }
        if (key.length < bytes) {
            out.println(
                    "Press keys on your keyboard to generate entropy (%d bits still needed)."
                            .formatted((bytes - key.length) * 8L));
            context.err().println(NAME + ": Unexpected end of " + source);
            return EXIT_NO_SOURCE;
        }
        if (target.isEmpty()) {
            context.err().println(NAME + ": Could not create : " + NO_FILE);
            return EXIT_NOT_CREATED;
        }
        try {
            context.files().writeSecret(target, key);
        } catch (IOException e) {
            context.err()
                    .println(NAME + ": Could not create " + target + ": " + CmapValues.reason(e));
            return EXIT_NOT_CREATED;
        }
        out.println("Writing corosync key to " + target + ".");
        return 0;
    }

    private static void usage(PrintStream out) {
        out.println("usage: " + NAME + " [-k FILE] [-s BYTES] [-r SOURCE] [-l] [-h]");
        out.println();
        out.println("  -k, --key-file=FILE       where to write, " + DEFAULT_KEY_FILE);
        out.println("  -s, --size=BYTES          128 to 4096, 256 if not given");
        out.println("  -r, --random-file=SOURCE  where from, " + DEFAULT_SOURCE);
        out.println("  -l, --less-secure         taken and ignored");
        out.println();
    }
}
