package org.holdfast.tools.corosync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int EXIT_FAILURE = 1;
    private static final String STATS = "stats.";
    private static final List<String> STATS_GROUPS =
            List.of("knet", "totem", "ipc", "schedmiss", "all");

    /** Ends the command with a line for standard error. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1;

        Failure(String line) {
            super(line);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int run(ToolContext context) {
        GetOpt options = GetOpt.parse(NAME, "m:hqgsdDtTbp:C:", context.arguments());
        char action = ' ';
        boolean stats = false;
        boolean mapGiven = false;
        for (GetOpt.Option option : options.all()) {
            String value = option.value();
            switch (option.letter()) {
                case 'h' -> {
                    usage(context.out());
                    return 0;
                }
                case 'g', 's', 'd', 'D', 'p', 't', 'T' -> action = option.letter();
                case 'C' -> {
                    if (!STATS_GROUPS.contains(value)) {
                        context.err()
                                .println(
                                        "argument to -C should be 'knet', 'totem', 'ipc', 'schedmiss' or 'all'");
                        return EXIT_FAILURE;
                    }
                    action = 'C';
                    stats = true;
                }
                case 'm' -> {
                    mapGiven |= List.of("icmap", "default", "stats").contains(value);
                    stats = value.equals("stats") || stats && !mapGiven;
                    if (!mapGiven) {
                        context.err()
                                .println("invalid map name, must be 'default', 'icmap' or 'stats'");
                        return EXIT_FAILURE;
                    }
                }
                default -> {
                    // -b and -q only change how values are shown.
                }
            }
        }
        if (options.problem() != null) {
            context.err().println(options.problem());
            return EXIT_FAILURE;
        }
        if (options.words().isEmpty() && "gsdDtT".indexOf(action) >= 0) {
            context.err().println("Expected key after options");
            return EXIT_FAILURE;
        }
        ClusterConnection cluster = context.cluster();
        if (cluster == null) {
            context.err().println("Failed to initialize the cmap API. Error CS_ERR_LIBRARY");
            return EXIT_FAILURE;
        }
        try {
            return new Run(context, cluster, stats, options).run(action);
        } catch (RequestRefused | Failure e) {
            context.err().println(e.getMessage());
            return EXIT_FAILURE;
        }
    }

    /** One run of the command against a daemon. */
    private static final class Run {
        private final ToolContext context;
        private final PrintStream out;
        private final ClusterConnection cluster;
        private final boolean stats;
        private final boolean quiet;
        private final boolean binary;
        private final String settingsFile;
        private final String group;
        private final List<String> words;

        Run(ToolContext context, ClusterConnection cluster, boolean stats, GetOpt options) {
            this.context = context;
            this.out = context.out();
            this.cluster = cluster;
            this.stats = stats;
            this.quiet = options.has('q');
            this.binary = options.has('b');
            this.settingsFile = options.value('p');
            this.group = options.value('C');
            this.words = options.words();
        }

        int run(char action) throws RequestRefused, Failure {
            switch (action) {
                case 'g' -> get();
                case 's' -> {
                    if (words.size() < 3) {
                        throw new Failure("At least 3 parameters are expected for set");
                    }
                    set(words.get(0), words.get(1), words.get(2));
                }
                case 'd' -> {
                    for (String key : words) {
                        delete(key);
                    }
                }
                case 'D' -> {
                    for (String prefix : words) {
                        deletePrefix(prefix);
                    }
                }
                case 'p' -> load();
                case 't', 'T' -> track(action == 'T');
                case 'C' -> {
                    String key = "stats.clear." + group;
                    try {
                        cluster.call(new CmapSet(new CmapEntry(key, "u32", "1")), TIMEOUT);
                    } catch (RequestRefused e) {
                        throw new Failure(
                                "Can't set cmap stats clear key %s. Error %s"
                                        .formatted(key, e.getMessage()));
                    }
                }
                default -> {
                    return print();
                }
            }
            return 0;
        }

        private List<CmapEntry> entries(String prefix) throws RequestRefused {
            return cluster.call(new CmapQuery(prefix), TIMEOUT).entries().stream()
                    .filter(entry -> entry.key().startsWith(STATS) == stats)
                    .toList();
        }

        private int print() throws RequestRefused {
            int without = 0;
            for (String prefix : words.isEmpty() ? List.of("") : words) {
                List<CmapEntry> found = entries(prefix);
                found.forEach(this::print);
                without += found.isEmpty() ? 1 : 0;
            }
            return without > 0 && without >= words.size() ? EXIT_FAILURE : 0;
        }

        private void get() throws RequestRefused, Failure {
            for (String key : words) {
                CmapEntry found =
                        entries(key).stream()
                                .filter(entry -> entry.key().equals(key))
                                .findFirst()
                                .orElse(null);
                if (found == null) {
                    throw new Failure("Can't get key " + key + ". Error CS_ERR_NOT_EXIST");
                }
                print(found);
            }
        }

        private void set(String key, String type, String text) throws Failure {
            try {
                String value = CmapValues.parse(type, text, context.files(), context.in());
                cluster.call(new CmapSet(new CmapEntry(key, type, value)), TIMEOUT);
            } catch (CmapValues.BadValue e) {
                throw new Failure(String.valueOf(e.getMessage()));
            } catch (RequestRefused e) {
                throw new Failure("Failed to set key " + key + ". Error " + e.getMessage());
            }
        }

        private void delete(String key) throws Failure {
            try {
                cluster.call(new CmapDelete(key), TIMEOUT);
            } catch (RequestRefused e) {
                throw new Failure("Can't delete key " + key + ". Error " + e.getMessage());
            }
        }

        /** Goes on with the others where one key cannot be removed. */
        private void deletePrefix(String prefix) throws RequestRefused {
            for (CmapEntry entry : entries(prefix)) {
                try {
                    delete(entry.key());
                } catch (Failure e) {
                    context.err().println(e.getMessage());
                }
            }
        }

        private void load() throws RequestRefused, Failure {
            String text;
            try {
                text = new String(context.files().read(settingsFile), UTF_8);
            } catch (IOException e) {
                context.err().println("Couldn't open file.: " + CmapValues.reason(e));
                return;
            }
            for (String line : text.lines().toList()) {
                List<String> parts = List.of(line.strip().split(" +"));
                String key = parts.getFirst();
                if (key.isEmpty() || key.startsWith("#")) {
                    continue;
                }
                if (key.startsWith("^^")) {
                    deletePrefix(key.substring(2));
                } else if (key.startsWith("^")) {
                    try {
                        delete(key.substring(1));
                    } catch (Failure e) {
                        context.err().println(e.getMessage());
                    }
                } else if (parts.size() < 3) {
                    throw new Failure("Both type and value for key " + key + " are required");
                } else {
                    set(key, parts.get(1), parts.get(2));
                }
            }
        }

        /** Shows changes until the user or the daemon ends it. */
        private void track(boolean prefixes) throws RequestRefused {
            out.println("Type \"q\" to finish");
            SortedMap<String, CmapEntry> before = tracked(prefixes);
            while (!out.checkError()) {
                try {
                    Thread.sleep(LOOK_AGAIN);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                SortedMap<String, CmapEntry> now = tracked(prefixes);
                show(before, now);
                before = now;
            }
        }

        private SortedMap<String, CmapEntry> tracked(boolean prefixes) throws RequestRefused {
            SortedMap<String, CmapEntry> found = new TreeMap<>();
            for (String word : words) {
                for (CmapEntry entry : entries(word)) {
                    if (prefixes || entry.key().equals(word)) {
                        found.put(entry.key(), entry);
                    }
                }
            }
            return found;
        }

        private void show(Map<String, CmapEntry> before, Map<String, CmapEntry> now) {
            List<String> keys = new ArrayList<>(new TreeMap<>(before).keySet());
            now.keySet().stream().filter(key -> !before.containsKey(key)).forEach(keys::add);
            for (String key : keys) {
                CmapEntry old = before.get(key);
                CmapEntry fresh = now.get(key);
                if (fresh == null && old != null) {
                    out.print("delete> ");
                    print(old);
                } else if (fresh != null && !fresh.equals(old)) {
                    out.print(old == null ? "create> " : "modify> ");
                    print(fresh);
                }
            }
        }

        private void print(CmapEntry entry) {
            boolean hidden = entry.type().equals("bin") && !binary;
            String name = quiet ? "" : entry.key() + " (" + entry.type() + ")";
            out.println(hidden ? name : name + (quiet ? "" : " = ") + entry.value());
        }
    }

    private static void usage(PrintStream out) {
        out.println();
        out.println(
                "usage: " + NAME + " [-b] [-m MAP] [PREFIX...]  all keys, or those that begin so");
        out.println("       " + NAME + " [-b] [-q] -g KEY...        values of keys");
        out.println("       " + NAME + " -s KEY TYPE VALUE          set a key");
        out.println("       " + NAME + " -d KEY... | -D PREFIX...   remove keys");
        out.println(
                "       " + NAME + " -p FILE                    set and remove what a file lists");
        out.println("       " + NAME + " -t KEY... | -T PREFIX...   show changes");
        out.println();
        out.println("  MAP   icmap (configuration, the default) or stats");
        out.println("  TYPE  i8 u8 i16 u16 i32 u32 i64 u64 flt dbl str");
        out.println("  FILE  lines KEY TYPE VALUE, ^KEY (remove), ^^PREFIX (remove all such)");
    }
}
