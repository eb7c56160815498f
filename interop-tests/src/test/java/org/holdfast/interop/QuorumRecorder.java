package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.holdfast.testkit.quorum.QuorumScenario;

/**
 * Carries out quorum scenarios with the real corosync on every node and writes down what
 * corosync-quorumtool shows after each event.
 */
final class QuorumRecorder {

    private static final int NODES = 8;
    private static final String SUBNET = "10.88.0.";
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern REFUSAL = Pattern.compile("failed to load for reason '(.*?)!?'");
    private static final Pattern VOTEQUORUM_LINE = Pattern.compile(".*\\[VOTEQ *\\] (.*)");

    private final NamespaceCluster cluster;
    private final SortedSet<Integer> up = new TreeSet<>();
    private final Map<Integer, Integer> part = new TreeMap<>();
    private final Map<Integer, Integer> logSeen = new TreeMap<>();
    private List<String> votes = new ArrayList<>();
    private List<String> quorum = new ArrayList<>();

    QuorumRecorder() {
        cluster = new NamespaceCluster(NODES, 500);
        cluster.inSwitch("ip", "link", "add", "br1", "type", "bridge").orFail();
        cluster.inSwitch("ip", "link", "set", "br1", "up").orFail();
        cluster.inSwitch("ip", "link", "add", "br2", "type", "bridge").orFail();
        cluster.inSwitch("ip", "link", "set", "br2", "up").orFail();
    }

    /** Records a table of scenarios again; with a third argument only those whose title has it. */
    public static void main(String[] args) throws IOException {
        QuorumRecorder recorder = new QuorumRecorder();
        StringBuilder all = new StringBuilder();
        try {
            for (QuorumScenario scenario :
                    QuorumScenario.parse(Files.readString(Path.of(args[0])))) {
                if (args.length < 3 || scenario.title().contains(args[2])) {
                    all.append(recorder.record(scenario)).append('\n');
                    System.out.println("recorded: " + scenario.title());
                }
            }
        } finally {
            recorder.cluster.close();
            Files.writeString(Path.of(args[1]), all.toString());
        }
    }

    void close() {
        cluster.close();
    }

    /** Carries one scenario out; answers its text with everything seen. */
    String record(QuorumScenario scenario) throws IOException {
        reset();
        votes = new ArrayList<>(scenario.votes());
        quorum = new ArrayList<>(scenario.quorum());
        configure();
        StringBuilder text = new StringBuilder(scenario.head());
        for (QuorumScenario.Event event : scenario.events()) {
            text.append("    ").append(event.text()).append('\n');
            for (String line : happen(event.words())) {
                text.append("        = ").append(line).append('\n');
            }
            for (String line : settled()) {
                text.append("        = ").append(line).append('\n');
            }
        }
        return text.toString();
    }

    private void reset() throws IOException {
        for (int node = 1; node <= NODES; node++) {
            cluster.inNode("n" + node, "pkill", "-9", "-x", "qdevice");
            cluster.inNode("n" + node, "pkill", "-9", "-x", "corosync");
            cluster.inNode(
                    "n" + node, "sh", "-c", "rm -f /var/lib/corosync/* /var/log/corosync.out");
            part.put(node, 0);
            logSeen.put(node, 0);
            cluster.inSwitch("ip", "link", "set", "pn" + node, "master", "br0");
        }
        up.clear();
    }

    private void configure() throws IOException {
        String text = QuorumScenario.configuration(SUBNET, votes, quorum);
        for (int node = 1; node <= NODES; node++) {
            Files.writeString(cluster.home("n" + node).resolve("etc/corosync/corosync.conf"), text);
        }
    }

    private List<String> happen(List<String> words) throws IOException {
        List<String> seen = new ArrayList<>();
        List<String> arguments = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "start" -> seen.addAll(start(numbers(arguments)));
            case "crash" -> signal(numbers(arguments), "-9");
            case "leave" -> {
                for (int node : numbers(arguments)) {
                    signal(List.of(node), "-TERM");
                    settled();
                }
            }
            case "split" -> split(arguments.getFirst());
            case "merge" -> split("1,2,3,4,5,6,7,8");
            case "expected" -> seen.add(tool(arguments.get(0), "-e", arguments.get(1)));
            case "votes" ->
                    seen.add(
                            tool(arguments.get(0), "-n", arguments.get(1), "-v", arguments.get(2)));
            case "reload" -> {
                quorum = QuorumScenario.settings(String.join(" ", arguments));
                reload();
            }
            case "reload-votes" -> {
                votes = arguments;
                reload();
            }
            case "cancel" ->
                    cluster.inNode(
                            "n" + arguments.getFirst(),
                            "/usr/sbin/corosync-cmapctl",
                            "-s",
                            "quorum.cancel_wait_for_all",
                            "u8",
                            "1");
            case "wait" -> pause(Long.parseLong(arguments.getFirst()));
            case "tracked" -> seen.add(tracked(arguments.getFirst()));
            case "device" -> seen.add(device(arguments));
            default -> throw new IllegalArgumentException("no event " + words);
        }
        return seen;
    }

    private static List<Integer> numbers(List<String> words) {
        return words.stream().map(Integer::parseInt).toList();
    }

    private List<String> start(List<Integer> nodes) {
        for (int node : nodes) {
            cluster.startCorosync("n" + node);
        }
        pause(800);
        List<String> seen = new ArrayList<>();
        for (int node : nodes) {
            String log = log(node);
            String fresh = log.substring(Math.min(logSeen.get(node), log.length()));
            for (String line : fresh.lines().toList()) {
                Matcher matcher = VOTEQUORUM_LINE.matcher(line);
                // The one is said again and again, the other always: the file's descriptor is
                // closed.
                boolean noise =
                        matcher.matches()
                                && (matcher.group(1).startsWith("Waiting for all")
                                        || matcher.group(1).startsWith("Unable to update ev_"));
                if (matcher.matches() && !noise) {
                    seen.add(node + " log " + matcher.group(1).strip());
                }
            }
            if (cluster.inNode("n" + node, "pgrep", "-x", "corosync").exitCode() == 0) {
                up.add(node);
            } else {
                Matcher refusal = REFUSAL.matcher(fresh);
                seen.add(node + " refused " + (refusal.find() ? refusal.group(1) : fresh));
            }
            logSeen.put(node, log.length());
        }
        return seen;
    }

    private String log(int node) {
        try {
            return Files.readString(cluster.home("n" + node).resolve("var/log/corosync.out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(List<Integer> nodes, String signal) {
        for (int node : nodes) {
            cluster.inNode("n" + node, "pkill", signal, "-x", "corosync");
        }
        for (int node : nodes) {
            Shell.await(
                    "end of corosync on n" + node,
                    LIMIT,
                    () -> cluster.inNode("n" + node, "pgrep", "-x", "corosync").exitCode() != 0,
                    () -> log(node));
            logSeen.put(node, log(node).length());
        }
        up.removeAll(nodes);
    }

    private void split(String parts) {
        int number = 0;
        for (String nodes : parts.split("\\|")) {
            for (int node : numbers(List.of(nodes.split(",")))) {
                part.put(node, number);
                cluster.inSwitch("ip", "link", "set", "pn" + node, "master", "br" + number)
                        .orFail();
            }
            number++;
        }
    }

    private String tool(String node, String... arguments) {
        List<String> command = new ArrayList<>(List.of("/usr/sbin/corosync-quorumtool"));
        command.addAll(List.of(arguments));
        Shell.Outcome outcome = cluster.inNode("n" + node, command.toArray(String[]::new));
        return "%s command exit=%d %s"
                .formatted(node, outcome.exitCode(), outcome.output().strip())
                .strip();
    }

    private void reload() throws IOException {
        configure();
        cluster.inNode("n" + up.first(), "/usr/sbin/corosync-cfgtool", "-R").orFail();
    }

    /** The number in the file of expected_votes_tracking. */
    private String tracked(String node) throws IOException {
        Path file = cluster.home("n" + node).resolve("var/lib/corosync/ev_tracking");
        if (!Files.exists(file)) {
            return node + " tracked none";
        }
        byte[] bytes = Files.readAllBytes(file);
        return node + " tracked " + bytes[0] + " of " + bytes.length + " bytes";
    }

    private String device(List<String> arguments) throws IOException {
        String node = "n" + arguments.get(0);
        Path home = cluster.home(node);
        if (cluster.inNode(node, "pgrep", "-x", "qdevice").exitCode() != 0) {
            Path binary = Files.createTempFile("qdevice", "");
            Shell.run("cc", "-O2", "-o", binary.toString(), "src/test/c/qdevice.c", "-lvotequorum")
                    .orFail();
            Files.copy(
                    binary,
                    home.resolve("run/qdevice"),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
            Files.delete(binary);
            cluster.inNode(
                            node,
                            "sh",
                            "-c",
                            "chmod +x /run/qdevice; rm -f /run/qd; mkfifo /run/qd;"
                                    + " /run/qdevice Net /run/qd > /run/qdevice.out 2>&1 &")
                    .orFail();
            pause(300);
        }
        int lines = lines(home);
        cluster.inNode(node, "sh", "-c", "echo " + arguments.get(1) + " > /run/qd").orFail();
        Shell.await(
                "answer of the device",
                LIMIT,
                () -> lines(home) > lines,
                () -> "no answer to " + arguments);
        String answer =
                Files.readString(home.resolve("run/qdevice.out")).lines().toList().getLast();
        return arguments.get(0) + " device " + answer;
    }

    private static int lines(Path home) {
        try {
            return (int) Files.readString(home.resolve("run/qdevice.out")).lines().count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What all running nodes show when nothing changes any more. */
    private List<String> settled() {
        List<String> before = List.of();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            pause(500);
            List<String> now = look();
            if (now.equals(before) && allSeeTheirPart(now)) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("no rest: " + before);
    }

    private List<String> look() {
        List<String> seen = new ArrayList<>();
        for (int node : up) {
            Shell.Outcome outcome =
                    cluster.inNode("n" + node, "/usr/sbin/corosync-quorumtool", "-s");
            seen.add(node + " " + QuorumScenario.summary(outcome.exitCode(), outcome.output()));
        }
        return seen;
    }

    private boolean allSeeTheirPart(List<String> seen) {
        for (String line : seen) {
            int node = Integer.parseInt(line.substring(0, line.indexOf(' ')));
            List<Integer> expected =
                    up.stream().filter(other -> part.get(other).equals(part.get(node))).toList();
            List<Integer> shown = new ArrayList<>();
            Matcher matcher =
                    Pattern.compile("[\\[ ]([1-9]\\d*)(?=[: \\]])")
                            .matcher(line.substring(line.indexOf('[')));
            while (matcher.find()) {
                shown.add(Integer.parseInt(matcher.group(1)));
            }
            if (!shown.equals(expected)) {
                return false;
            }
        }
        return true;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
