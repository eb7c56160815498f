package org.holdfast.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Right configurations made by chance, and what they turn into: the real daemon and ours start with
 * the same file on the same machine, one after the other, and show the same keys, types and values.
 * {@code holdfast.conf.files} and {@code holdfast.conf.seed} say how many and from which seed on.
 * With {@code holdfast.conf.reload} the keys after a second file was read at run time are compared,
 * too.
 */
@Tag("interop")
class ConfigurationKeysTest {

    private static final String REAL = "/usr/sbin/";

    /** From a seed to that of the file that is read at run time. */
    private static final long OTHER = 1_000_000;

    /** What the machine, not the file, decides. */
    private static final String NOT_COMPARED =
            SideBySide.OWN_KEYS
                    + "|stats\\..*|runtime\\.services\\.\\w+\\.\\d\\.[rt]x .*"
                    + "|resources\\.system\\.\\w+\\.(current|last_updated) .*";

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() {
        cluster = new NamespaceCluster(1, 1000);
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static Path file() {
        return cluster.home("n1").resolve("etc/corosync/corosync.conf");
    }

    @Test
    void areTheSame() throws IOException {
        int files = Integer.getInteger("holdfast.conf.files", 10);
        long first = Long.getLong("holdfast.conf.seed", 1L);
        SortedMap<String, List<String>> wrong = new TreeMap<>();
        int compared = 0;
        for (long seed = first; seed < first + files; seed++) {
            if (!bothTake(seed + OTHER) || !bothTake(seed)) {
                continue;
            }
            SortedMap<String, String> real = keysOfReal(seed);
            write(seed);
            SortedMap<String, String> ours = keysOfOurs(seed);
            compared++;
            TreeSet<String> all = new TreeSet<>(real.keySet());
            all.addAll(ours.keySet());
            for (String key : all) {
                String expected = real.getOrDefault(key, "-");
                String found = ours.getOrDefault(key, "-");
                if (!expected.equals(found)) {
                    String cause = key.replaceAll("\\d+", "N");
                    List<String> cases = wrong.computeIfAbsent(cause, _ -> new ArrayList<>());
                    cases.add(seed + ": " + key + " real" + expected + " ours" + found);
                }
            }
        }
        System.out.println(compared + " of " + files + " compared");
        wrong.forEach((cause, cases) ->
                System.out.println(
                        cases.size()
                                + " "
                                + cause
                                + ": "
                                + cases.subList(0, Math.min(4, cases.size()))));
        assertThat(wrong).isEmpty();
    }

    private static void write(long seed) throws IOException {
        String text = RandomConfiguration.ofRightLines(seed).replace("127.0.0.", "10.88.0.");
        Files.writeString(file(), text, ISO_8859_1);
    }

    private static boolean bothTake(long seed) throws IOException {
        write(seed);
        return cluster.inNode("n1", REAL + "corosync", "-t").exitCode() == 0
                && cluster.holdfast("n1", "corosync", "-t").exitCode() == 0;
    }

    private static SortedMap<String, String> keysOfReal(long seed) throws IOException {
        cluster.startCorosync("n1");
        boolean up = awaitUp(REAL, "corosync -f");
        SortedMap<String, String> keys = up ? dumps(REAL, seed) : refused();
        end("-x corosync");
        return keys;
    }

    private static SortedMap<String, String> keysOfOurs(long seed) throws IOException {
        cluster.startClusterLayer("n1");
        String path = cluster.commands() + "/";
        boolean up = awaitUp(path, "[o]rg.holdfast");
        SortedMap<String, String> keys = up ? dumps(path, seed) : refused();
        end("-f [o]rg.holdfast");
        return keys;
    }

    /** The keys of the first file, and those after another one was read at run time. */
    private static SortedMap<String, String> dumps(String path, long seed) throws IOException {
        SortedMap<String, String> keys = dump(path);
        if (Boolean.getBoolean("holdfast.conf.reload")) {
            write(seed + OTHER);
            int code = cluster.inNode("n1", path + "corosync-cfgtool", "-R").exitCode();
            keys.put("reload.exit", Integer.toString(code));
            cluster.inNode("n1", "sleep", "0.7");
            dump(path).forEach((key, value) -> keys.put("reloaded " + key, value));
        }
        return keys;
    }

    private static SortedMap<String, String> refused() {
        return new TreeMap<>(java.util.Map.of("refused", ""));
    }

    /** Waits until the daemon is a member of its ring; false if it ended before. */
    private static boolean awaitUp(String path, String process) {
        String check =
                "for i in $(seq 100); do "
                        + path
                        + "corosync-cmapctl runtime.members. 2>/dev/null | grep -q joined && exit 0;"
                        + " sleep 0.1; [ $i -lt 15 ] || pgrep -f '"
                        + process
                        + "' > /dev/null || exit 1; done; exit 2";
        return cluster.inNode("n1", "sh", "-c", check).exitCode() == 0;
    }

    private static void end(String pattern) {
        String wait =
                "pkill -KILL "
                        + pattern
                        + "; for i in $(seq 100); do pgrep "
                        + pattern
                        + " > /dev/null || exit 0; sleep 0.05; done";
        cluster.inNode("n1", "sh", "-c", wait + "; rm -f /var/run/corosync.pid");
    }

    private static SortedMap<String, String> dump(String path) {
        SortedMap<String, String> keys = new TreeMap<>();
        cluster.inNode("n1", path + "corosync-cmapctl")
                .output()
                .lines()
                .filter(line -> !line.matches(NOT_COMPARED))
                .forEach(line ->
                        keys.put(line.replaceFirst(" .*", ""), line.replaceFirst("^[^ ]+", "")));
        return keys;
    }
}
