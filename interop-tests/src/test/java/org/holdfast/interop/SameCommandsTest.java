package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.holdfast.testkit.quorum.QuorumScenario;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same command lines on the same node of the same ring: first while all three nodes are real
 * ones, then while the third is ours. Output and exit code must be the same, but for what cannot be
 * (dates, ring numbers, process ids) and for usage texts, which are each program's own.
 */
@Tag("interop")
class SameCommandsTest {

    private static final List<String> THREE = List.of("-", "-", "-");
    private static final String NODE = "n3";

    /** Keys of parts that one side does not have; see docs/ring.md. */
    private static final String OWN_KEYS =
            "(internal_configuration|runtime\\.services)\\.(service\\.[467]|pload|mon|wd)\\b.*"
                    + "|runtime\\.blackbox\\..*|runtime\\.force_gather.*|resources\\.watchdog.*"
                    + "|runtime\\.config\\.totem\\.(interface\\.0\\.)?knet_.*"
                    + "|stats\\.udp\\..*|stats\\.ipcs\\.service.*|stats\\.srp\\.(failed_to_receive"
                    + "|foreign_message|foreign_token|formation_broken_by_join|held_off|join_dropped_after_pause"
                    + "|join_ignored|leave_rx|peer_unreachable|recovery_after_gap"
                    + "|recovery_originated|recovery_recovered|retransmit_requested"
                    + "|sequence_wrapped|stale_message|token_duplicate|token_held"
                    + "|token_retransmit) .*";

    private static final Pattern USAGE =
            Pattern.compile("(?m)^> (usage|Usage|corosync-[a-z]+ \\[)");

    private static NamespaceCluster cluster;

    @BeforeAll
    static void up() throws IOException {
        cluster = new NamespaceCluster(3, 1000);
        for (String node : cluster.nodes()) {
            Files.writeString(
                    cluster.home(node).resolve("etc/corosync/corosync.conf"),
                    QuorumScenario.configuration("10.88.0.", THREE, List.of()));
            cluster.startCorosync(node);
        }
        awaitThree();
    }

    @AfterAll
    static void down() {
        cluster.close();
    }

    private static void awaitThree() {
        Shell.await(
                "three nodes",
                Duration.ofSeconds(20),
                () ->
                        cluster.inNode("n1", "/usr/sbin/corosync-quorumtool", "-s")
                                .output()
                                .matches("(?s).*Nodes: +3\n.*"),
                () -> cluster.log(NODE));
    }

    private static List<String> table() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SameCommandsTest.class.getResourceAsStream("same-commands.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** Runs a line on the third node; its outcome as text. */
    private static String run(String line, String path) {
        boolean onlyCode = line.startsWith("% ");
        String command = onlyCode ? line.substring(2) : line;
        int code =
                cluster.inNode(
                                NODE,
                                "sh",
                                "-c",
                                "cd /run && export PATH="
                                        + path
                                        + " && ("
                                        + command
                                        + ") > out 2> err")
                        .exitCode();
        String outcome = "exit " + code + "\n";
        return onlyCode ? outcome : outcome + prefixed("> ", "out") + prefixed("! ", "err");
    }

    private static String prefixed(String prefix, String file) {
        try {
            Path path = cluster.home(NODE).resolve("run").resolve(file);
            StringBuilder all = new StringBuilder();
            for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
                all.append(prefix).append(line).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what differs from one moment to the next. */
    private static String comparable(String outcome) {
        String text = outcome;
        if (USAGE.matcher(text).find()) {
            text = text.replaceAll("(?m)^> .*\n", "");
        }
        return text.replaceAll("Date: .*", "Date:")
                .replaceAll("(?m)^! .*Corosync Cluster Engine exiting.*\\n", "")
                .replaceAll("(?m)^! [A-Z][a-z]{2} \\d\\d [\\d:.]+ error +\\[MAIN  \\] ", "! ")
                // Corosync 3.1.7 shows the address of the last other node.
                .replaceAll("(?m)^> \taddr\t= .*", "> addr")
                .replaceAll("Ring ID: .*", "Ring ID:")
                .replaceAll("\\b\\d\\.[0-9a-f]+/\\d+\\b", "RING")
                .replaceAll("(stats\\.[a-z._]+ \\(\\w+\\)) = .*", "$1")
                .replaceAll("(runtime\\.services\\.\\w+\\.\\d\\.[rt]x \\(u64\\)) = .*", "$1")
                .replaceAll("(join_count \\(u32\\)) = .*", "$1");
    }

    /** A list of keys, without those that only one of the programs has. */
    private static String keys(String outcome) {
        TreeSet<String> kept = new TreeSet<>();
        outcome.lines()
                .filter(line -> !line.replaceFirst("^> ", "").matches(OWN_KEYS))
                .forEach(kept::add);
        return String.join("\n", kept);
    }

    private static Map<String, String> runAll(String path) throws IOException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (String line : table()) {
            String outcome = comparable(run(line, path));
            boolean isList = line.matches("corosync-cmapctl( -m \\w+)?( [a-z.]+)*");
            outcomes.put(line, isList ? keys(outcome) : outcome);
        }
        return outcomes;
    }

    /** About a configuration ours says what the real one does, and more. */
    private static boolean isSame(String line, String expected, String found) {
        if (!line.contains("corosync -t")) {
            return found.equals(expected);
        }
        String sentence =
                expected.replaceFirst("exit \\d+\n(! )?", "")
                        .replaceFirst("^parser error: (\\S+:\\d+: )?", "")
                        .replaceFirst("^parse error in config: ", "")
                        .replaceFirst("\\.?\n$", "");
        return found.substring(0, 7).equals(expected.substring(0, 7)) && found.contains(sentence);
    }

    @Test
    void commandsPrintAndEndAlike() throws IOException {
        Map<String, String> real = runAll("/usr/sbin:/usr/bin:/sbin:/bin");
        cluster.inNode(NODE, "pkill", "-TERM", "-x", "corosync");
        Shell.await(
                "end of corosync",
                Duration.ofSeconds(20),
                () -> cluster.inNode(NODE, "pgrep", "-x", "corosync").exitCode() != 0,
                () -> "");
        cluster.startClusterLayer(NODE);
        awaitThree();
        Map<String, String> ours = runAll(cluster.commands() + ":/usr/sbin:/usr/bin:/sbin:/bin");
        List<String> differences = new ArrayList<>();
        real.forEach((line, expected) -> {
            if (!isSame(line, expected, ours.getOrDefault(line, ""))) {
                differences.add(
                        "$ " + line + "\n--- real\n" + expected + "--- ours\n" + ours.get(line));
            }
        });
        assertThat(String.join("\n", differences)).isEmpty();
    }
}
