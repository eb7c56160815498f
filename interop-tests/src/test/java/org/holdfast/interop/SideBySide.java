package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.holdfast.testkit.quorum.QuorumScenario;

/**
 * A ring of three real nodes whose third one can be exchanged for ours, and what commands print on
 * that one, without what cannot be the same (dates, ring numbers, process ids) and without usage
 * texts, which are each program's own.
 */
final class SideBySide implements AutoCloseable {

    /** Keys of parts that one side does not have; see docs/ring.md. */
    static final String OWN_KEYS =
            "(internal_configuration|runtime\\.services)\\.(service\\.[47]|pload|wd)\\b.*"
                    // 3.1.7 works these out when the token's timeout changes for the next time.
                    + "|runtime\\.blackbox\\..*|runtime\\.force_gather.*|resources\\.watchdog.*"
                    + "|runtime\\.config\\.totem\\.interface\\.0\\.knet_ping.*|stats\\.udp\\..*|stats\\.ipcs\\.service.*|stats\\.srp\\.(failed_to_receive"
                    + "|call_ignored|foreign_message|foreign_token|formation_broken_by_join|held_off"
                    + "|join_dropped_after_pause|join_ignored|join_taken_later|leave_rx|peer_unreachable|recovery_after_gap"
                    + "|recovery_originated|recovery_recovered|retransmit_requested"
                    + "|sequence_wrapped|stale_message|token_duplicate|token_held"
                    + "|token_retransmit) .*";

    private static final List<String> THREE = List.of("-", "-", "-");
    private static final String NODE = "n3";

    private static final Pattern USAGE =
            Pattern.compile("(?m)^> (usage|Usage|corosync-[a-z]+ \\[)");

    private final NamespaceCluster cluster = new NamespaceCluster(3, 1000);
    private String path = "/usr/sbin:/usr/bin:/sbin:/bin";

    /** All three nodes are real, and together. */
    SideBySide() throws IOException {
        for (String node : cluster.nodes()) {
            Files.writeString(
                    cluster.home(node).resolve("etc/corosync/corosync.conf"),
                    QuorumScenario.configuration("10.88.0.", THREE, List.of()));
            cluster.startCorosync(node);
        }
        awaitThree();
    }

    private void awaitThree() {
        Shell.await(
                "three nodes",
                Duration.ofSeconds(20),
                () ->
                        cluster.inNode("n1", "/usr/sbin/corosync-quorumtool", "-s")
                                .output()
                                .matches("(?s).*Nodes: +3\n.*"),
                () -> cluster.log(NODE));
    }

    /** From here on the third node is ours, with our commands. */
    void exchange() {
        cluster.inNode(NODE, "pkill", "-TERM", "-x", "corosync");
        Shell.await(
                "end of corosync",
                Duration.ofSeconds(20),
                () -> cluster.inNode(NODE, "pgrep", "-x", "corosync").exitCode() != 0,
                () -> "");
        cluster.startClusterLayer(NODE);
        awaitThree();
        path = cluster.commands() + ":/usr/sbin:/usr/bin:/sbin:/bin";
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** Runs a line on the third node; its outcome as text. */
    String run(String line) {
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
        if (onlyCode) {
            return outcome;
        }
        String all = comparable(outcome + prefixed("> ", "out") + prefixed("! ", "err"));
        boolean isMap = line.contains("corosync-cmapctl");
        boolean isList = isMap && !line.matches(".* -[gsdDp].*");
        return isList ? keys(all) : all;
    }

    private String prefixed(String prefix, String file) {
        try {
            Path from = cluster.home(NODE).resolve("run").resolve(file);
            StringBuilder all = new StringBuilder();
            for (String line :
                    Files.readString(from, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                all.append(line.isEmpty() ? "" : prefix + line + "\n");
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
        return text.replaceAll("(?m)^! (usage:|        -\\w ).*\\n", "")
                .replaceAll("Date: .*", "Date:")
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

    /** About a configuration ours says what the real one does, and more. */
    static boolean isSame(String line, String expected, String found) {
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
}
