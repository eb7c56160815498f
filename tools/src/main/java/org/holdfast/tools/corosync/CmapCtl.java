package org.holdfast.tools.corosync;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.holdfast.controlapi.ClusterConnection;
import org.holdfast.controlapi.ClusterRequest.CmapDelete;
import org.holdfast.controlapi.ClusterRequest.CmapQuery;
import org.holdfast.controlapi.ClusterRequest.CmapSet;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.controlapi.RequestRefused;
import org.holdfast.tools.Tool;
import org.holdfast.tools.ToolContext;

/** {@code corosync-cmapctl} (corosync-cmapctl(8)). */
public final class CmapCtl implements Tool {

    private static final String NAME = "corosync-cmapctl";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int EXIT_FAILURE = 1;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options = GetOpt.parse(NAME, "m:hgsdDtTbqp:C:", context.arguments());
        if (options.problem() != null) {
            context.err().println(options.problem());
            return EXIT_FAILURE;
        }
        if (options.has('h')) {
            usage(context.out());
            return 0;
        }
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("Failed to initialize the cmap API. Error CS_ERR_LIBRARY");
            return EXIT_FAILURE;
        }
        try {
            return run(context, cluster, options);
        } catch (RequestRefused e) {
            context.err().println(NAME + ": " + e.getMessage());
            return EXIT_FAILURE;
        }
    }

    private static int run(ToolContext context, ClusterConnection cluster, GetOpt options)
            throws RequestRefused {
        List<String> words = options.words();
        if (options.has('g')) {
            return get(context, cluster, words, options.has('q'));
        }
        if (options.has('s')) {
            if (words.size() < 3) {
                context.err().println("At least three parameters are expected");
                return EXIT_FAILURE;
            }
            cluster.call(
                    new CmapSet(new CmapEntry(words.get(0), words.get(1), words.get(2))), TIMEOUT);
            return 0;
        }
        if (options.has('d') || options.has('D')) {
            for (String word : words) {
                delete(cluster, word, options.has('D'));
            }
            return 0;
        }
        List<String> prefixes = words.isEmpty() ? List.of("") : words;
        for (String prefix : prefixes) {
            for (CmapEntry entry : cluster.call(new CmapQuery(prefix), TIMEOUT).entries()) {
                print(context.out(), entry, options.has('q'));
            }
        }
        return 0;
    }

    private static void delete(ClusterConnection cluster, String key, boolean prefix)
            throws RequestRefused {
        List<String> keys = new ArrayList<>();
        if (prefix) {
            cluster.call(new CmapQuery(key), TIMEOUT)
                    .entries()
                    .forEach(entry -> keys.add(entry.key()));
        } else {
            keys.add(key);
        }
        for (String name : keys) {
            cluster.call(new CmapDelete(name), TIMEOUT);
        }
    }

    private static int get(
            ToolContext context, ClusterConnection cluster, List<String> keys, boolean quiet)
            throws RequestRefused {
        if (keys.isEmpty()) {
            context.err().println("Expected key after options");
            return EXIT_FAILURE;
        }
        int code = 0;
        for (String key : keys) {
            CmapEntry found = null;
            for (CmapEntry entry : cluster.call(new CmapQuery(key), TIMEOUT).entries()) {
                if (entry.key().equals(key)) {
                    found = entry;
                }
            }
            if (found == null) {
                context.err().println("Can't get key " + key + ". Error CS_ERR_NOT_EXIST");
                code = EXIT_FAILURE;
            } else {
                print(context.out(), found, quiet);
            }
        }
        return code;
    }

    private static void print(PrintStream out, CmapEntry entry, boolean quiet) {
        out.println(
                quiet ? entry.value() : entry.key() + " (" + entry.type() + ") = " + entry.value());
    }

    private static void usage(PrintStream out) {
        out.println("usage: " + NAME + " [PREFIX...]            all keys, or those that begin so");
        out.println("       " + NAME + " [-q] -g KEY...         values of keys");
        out.println("       " + NAME + " -s KEY TYPE VALUE      set a key");
        out.println("       " + NAME + " -d KEY... | -D PREFIX  remove keys");
    }
}
