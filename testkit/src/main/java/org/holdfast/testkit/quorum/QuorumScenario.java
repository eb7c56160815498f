package org.holdfast.testkit.quorum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One scenario of the table: a configuration and a list of events with what was seen after each.
 *
 * <p>The file is plain text. {@code scenario TITLE} begins one, {@code votes V...} gives the nodes'
 * votes (a dash leaves the key out), {@code quorum KEY: VALUE; ...} the lines of the quorum section
 * ({@code device.KEY: VALUE} goes into its device section). Every other line is an event; lines
 * that begin with {@code =} are what was seen after the event above, lines that begin with {@code
 * ~} what ours is meant to show instead.
 *
 * @param title what it is about
 * @param votes each node's {@code quorum_votes}, or a dash
 * @param quorum lines of the quorum section
 * @param events in order
 */
public record QuorumScenario(
        String title, List<String> votes, List<String> quorum, List<Event> events) {

    private static final Map<String, String> SHORT_NAMES =
            Map.of(
                    "Quorum provider", "provider",
                    "Nodes", "nodes",
                    "Quorate", "quorate",
                    "Expected votes", "expected",
                    "Highest expected", "highest",
                    "Total votes", "total",
                    "Quorum", "needed",
                    "Flags", "flags");

    /**
     * Something that happens.
     *
     * @param words the event's name and its arguments
     * @param seen the lines recorded after it, without the leading mark
     * @param ours the lines that ours shows instead, where it is meant to differ
     */
    public record Event(List<String> words, List<String> seen, List<String> ours) {

        /** The event as the table has it. */
        public String text() {
            return String.join(" ", words);
        }
    }

    /** Reads a whole table. */
    public static List<QuorumScenario> parse(String text) {
        List<QuorumScenario> scenarios = new ArrayList<>();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("scenario ")) {
                scenarios.add(
                        new QuorumScenario(
                                line.substring(9),
                                new ArrayList<>(),
                                new ArrayList<>(),
                                new ArrayList<>()));
            } else {
                scenarios.getLast().take(line);
            }
        }
        return scenarios;
    }

    private void take(String line) {
        if (line.startsWith("votes ") && events.isEmpty()) {
            votes.addAll(List.of(line.substring(6).split(" +")));
        } else if (line.startsWith("quorum ") && events.isEmpty()) {
            quorum.addAll(settings(line.substring(7)));
        } else if (line.startsWith("=")) {
            events.getLast().seen().add(line.substring(1).strip());
        } else if (line.startsWith("~")) {
            events.getLast().ours().add(line.substring(1).strip());
        } else {
            events.add(new Event(List.of(line.split(" +")), new ArrayList<>(), new ArrayList<>()));
        }
    }

    /** Takes {@code KEY: VALUE; KEY: VALUE} apart. */
    public static List<String> settings(String text) {
        List<String> lines = new ArrayList<>();
        for (String setting : text.split(";")) {
            if (!setting.isBlank()) {
                lines.add(setting.strip());
            }
        }
        return lines;
    }

    /** The scenario as text, without what was seen. */
    public String head() {
        return "scenario %s\nvotes %s\n%s"
                .formatted(
                        title,
                        String.join(" ", votes),
                        quorum.isEmpty() ? "" : "quorum " + String.join("; ", quorum) + "\n");
    }

    /**
     * The corosync.conf of the scenario.
     *
     * @param subnet the first three numbers of the nodes' addresses with a dot behind
     * @param nodeVotes votes by node, or a dash
     * @param quorumLines lines of the quorum section
     */
    public static String configuration(
            String subnet, List<String> nodeVotes, List<String> quorumLines) {
        StringBuilder all = new StringBuilder();
        all.append("totem {\n    version: 2\n    cluster_name: votes\n    transport: udpu\n");
        all.append("    token: 500\n    crypto_cipher: none\n    crypto_hash: none\n}\n");
        all.append("nodelist {\n");
        for (int i = 1; i <= nodeVotes.size(); i++) {
            all.append("    node {\n        ring0_addr: ").append(subnet).append(i);
            all.append("\n        name: n").append(i).append("\n        nodeid: ").append(i);
            if (!nodeVotes.get(i - 1).equals("-")) {
                all.append("\n        quorum_votes: ").append(nodeVotes.get(i - 1));
            }
            all.append("\n    }\n");
        }
        all.append("}\nquorum {\n");
        StringBuilder device = new StringBuilder();
        if (!quorumLines.contains("provider:")) {
            all.append("    provider: corosync_votequorum\n");
        }
        for (String line : quorumLines) {
            if (line.startsWith("device.")) {
                device.append("        ").append(line.substring(7)).append('\n');
            } else if (!line.equals("provider:")) {
                all.append("    ").append(line).append('\n');
            }
        }
        if (!device.isEmpty()) {
            all.append("    device {\n").append(device).append("    }\n");
        }
        all.append("}\nlogging {\n    to_stderr: yes\n    to_syslog: no\n}\n");
        return all.toString();
    }

    /**
     * What corosync-quorumtool -s printed, on one line, without what differs between runs (date and
     * ring id) and what the table knows anyway (names).
     */
    public static String summary(int exitCode, String output) {
        List<String> words = new ArrayList<>();
        List<String> members = new ArrayList<>();
        boolean table = false;
        for (String line : output.lines().toList()) {
            int colon = line.indexOf(':');
            if (line.startsWith("Unable") || line.startsWith("Cannot")) {
                words.add(line);
            } else if (line.strip().startsWith("Nodeid")) {
                table = true;
            } else if (table && !line.isBlank()) {
                members.add(
                        line.strip()
                                .replaceAll(" +", ":")
                                .replaceAll(":n\\d+(:\\(local\\))?$", ""));
            } else if (!table && colon > 0) {
                String word = SHORT_NAMES.getOrDefault(line.substring(0, colon), "");
                String value = line.substring(colon + 1).strip().replaceAll(" +", ",");
                if (!word.isEmpty() && !value.equals("corosync_votequorum")) {
                    words.add(word + "=" + value);
                }
            }
        }
        return "exit=%d %s [%s]"
                .formatted(exitCode, String.join(" ", words), String.join(" ", members));
    }
}
