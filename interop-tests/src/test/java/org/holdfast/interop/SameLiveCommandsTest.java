package org.holdfast.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same command lines, one after the other, on two clusters of two nodes each: first real ones
 * with Pacemaker, then ours. Exit codes and standard output must be the same, but for what cannot
 * be (dates, versions, random ids). Users other than root take part, so rights are compared too.
 *
 * <p>The environment variable {@code PACEMAKER_3} names the directory that a Pacemaker 3 is
 * installed in ({@code DIR/sbin/pacemakerd}). Without it the system's own takes part, usually a
 * Pacemaker 2, and only those lines are compared that are the same there.
 */
@Tag("interop")
class SameLiveCommandsTest {

    private static final String SYSTEM = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final Pattern STEP = Pattern.compile("(?s)([=3.]) (?:@(n\\d) )?(.*)");

    /**
     * A command line.
     *
     * @param compared {@code =} always, {@code 3} with Pacemaker 3, {@code .} never: it only
     *     prepares what follows
     */
    private record Step(char compared, String node, String line) {}

    private record Side(String path, NamespaceCluster cluster) {}

    private static List<Step> table(String name) throws IOException {
        List<Step> steps = new ArrayList<>();
        try (InputStream in =
                Objects.requireNonNull(SameLiveCommandsTest.class.getResourceAsStream(name))) {
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                Matcher step = STEP.matcher(line);
                if (step.matches()) {
                    steps.add(
                            new Step(
                                    step.group(1).charAt(0),
                                    Objects.requireNonNullElse(step.group(2), "n1"),
                                    step.group(3)));
                }
            }
        }
        return steps;
    }

    private static String run(Side side, Step step) throws IOException {
        int code =
                side.cluster
                        .inNode(
                                step.node,
                                "env",
                                "-i",
                                "PATH=" + side.path,
                                "HOME=/root",
                                "LANG=C.UTF-8",
                                "TZ=UTC",
                                "bash",
                                "-c",
                                "cd /tmp; { " + step.line + "\n} > /run/out 2> /run/err")
                        .exitCode();
        Path out = side.cluster.home(step.node).resolve("run").resolve("out");
        return "exit " + code + "\n" + new String(Files.readAllBytes(out), StandardCharsets.UTF_8);
    }

    /** Without what differs from one run to the next. */
    private static String comparable(String outcome) {
        return outcome.replaceAll(
                        "\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \\d]\\d"
                                + " \\d\\d:\\d\\d:\\d\\d 20\\d\\d",
                        "DATE")
                .replaceAll("\\b[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "DATE")
                .replaceAll(
                        "20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?"
                                + "( \\+\\d\\d:\\d\\d|Z)?",
                        "DATE")
                .replaceAll("\\b(epoch|num_updates)=\"\\d+\"", "$1=N")
                .replaceAll("\\d+:\\d+:\\d+:[0-9a-f-]{36}", "KEY")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
                .replaceAll("(call-id|call)=\"?-?\\d+\"?", "$1=N")
                .replaceAll(
                        "(exec-time|queue-time|exec|queued|last-rc-change|last-run|last-failure"
                                + "|fail-time)=(['\"]?)[\\d.]+(ms)?",
                        "$1=$2N")
                .replaceAll("\\b1[67]\\d{8}\\b", "SECONDS")
                .replaceAll("\\b[23]\\.\\d\\.\\d-[\\w.]+", "VERSION")
                // Who is sooner done with the step before is a matter of luck
                .replaceAll("\\bS_(IDLE|POLICY_ENGINE|TRANSITION_ENGINE)\\b", "S_IN_CHARGE");
    }

    @Test
    void commandsPrintAndEndAlike() throws IOException {
        compare("same-live-commands.txt", false);
    }

    @Test
    void whatAgentsAndOtherToolsCallPrintsAndEndsAlike() throws IOException {
        compare("same-live-calls.txt", true);
    }

    private static void compare(String name, boolean onlyThree) throws IOException {
        String prefix = System.getenv("PACEMAKER_3");
        Path daemon = Path.of(prefix == null ? "/usr" : prefix, "sbin", "pacemakerd");
        Assumptions.assumeTrue(
                Files.isExecutable(daemon),
                () -> "no real Pacemaker at " + daemon + ": nothing to compare with");
        boolean isThree =
                Shell.run(daemon.toString(), "--version").output().contains("Pacemaker 3.");
        Assumptions.assumeTrue(isThree || !onlyThree, "compared with Pacemaker 3 only");
        List<Step> steps = table(name);
        Map<String, String> differences = differences(steps, daemon, isThree);
        if (!differences.isEmpty()) {
            // What depends on the moment differs by chance, a fault differs every time
            differences.keySet().retainAll(differences(steps, daemon, isThree).keySet());
        }
        assertThat(String.join("\n", differences.values())).isEmpty();
    }

    /** Runs the table on a new cluster of each kind; what differs, by number and command. */
    private static Map<String, String> differences(List<Step> steps, Path daemon, boolean isThree)
            throws IOException {
        List<String> expected;
        try (NamespaceCluster cluster = new NamespaceCluster(2, 1000)) {
            Side real = new Side(daemon.getParent() + ":" + SYSTEM, cluster);
            startAll(real, daemon);
            expected = runAll(real, steps);
        }
        List<String> found;
        try (NamespaceCluster cluster = new NamespaceCluster(2, 1000)) {
            Side ours = new Side(cluster.commands() + ":" + SYSTEM, cluster);
            startAll(ours, null);
            found = runAll(ours, steps);
        }
        Map<String, String> differences = new TreeMap<>();
        for (int i = 0; i < steps.size(); i++) {
            char compared = steps.get(i).compared;
            boolean counts = compared == '=' || (compared == '3' && isThree);
            if (counts && !found.get(i).equals(expected.get(i))) {
                differences.put(
                        "%04d %s".formatted(i, steps.get(i).line),
                        "$ %s\n--- real\n%s--- ours\n%s"
                                .formatted(steps.get(i).line, expected.get(i), found.get(i)));
            }
        }
        return differences;
    }

    private static List<String> runAll(Side side, List<Step> steps) throws IOException {
        List<String> outcomes = new ArrayList<>();
        for (Step step : steps) {
            outcomes.add(comparable(run(side, step)));
        }
        return outcomes;
    }

    /** Starts both nodes one after the other, so that the first one leads on either side. */
    private static void startAll(Side side, @org.jspecify.annotations.Nullable Path daemon)
            throws IOException {
        String members = "";
        for (String node : side.cluster.nodes()) {
            addUsers(side.cluster, node);
            if (daemon == null) {
                side.cluster.start(node);
            } else {
                startReal(side.cluster, node, daemon);
            }
            members += node + " ";
            String online = "Online: [ " + members + "]";
            Shell.await(
                    online,
                    Duration.ofSeconds(90),
                    () -> {
                        String status = status(side);
                        return status.contains(online) && status.contains("Current DC: n1 ");
                    },
                    () -> status(side));
        }
        side.cluster.inNode("n1", "env", "PATH=" + side.path, "crm_resource", "--wait");
    }

    private static String status(Side side) {
        return side.cluster.inNode("n1", "env", "PATH=" + side.path, "crm_mon", "-1").output();
    }

    private static void startReal(NamespaceCluster cluster, String node, Path daemon) {
        cluster.inNode(
                        node,
                        "sh",
                        "-c",
                        "cd /var/lib/pacemaker && mkdir -p cib pengine cores blackbox"
                                + " && chown -R hacluster:haclient . && mkdir -p /var/log/pacemaker")
                .orFail();
        cluster.startCorosync(node);
        cluster.inNode(
                        node,
                        "sh",
                        "-c",
                        "sleep 1; PATH="
                                + daemon.getParent()
                                + ":$PATH "
                                + daemon
                                + " -f >> /var/log/pacemakerd.out 2>&1 &")
                .orFail();
    }

    /** Users of the node alone; see the table for what they may do. */
    private static void addUsers(NamespaceCluster cluster, String node) throws IOException {
        Path run = cluster.home(node).resolve("run");
        StringBuilder users = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        int id = 4001;
        for (String user : List.of("alice", "bob", "carol", "dave", "eve")) {
            users.append(user).append(":x:").append(id++).append(":4000::/tmp:/bin/sh\n");
        }
        String groups =
                Files.readString(Path.of("/etc/group"))
                                .replaceFirst(
                                        "(?m)^(haclient:[^\n]*:)[^:\n]*$", "$1alice,bob,dave,eve")
                        + "hfusers:x:4000:\nhfops:x:4010:eve\n";
        Files.writeString(run.resolve("passwd"), users);
        Files.writeString(run.resolve("group"), groups);
        for (String file : List.of("passwd", "group")) {
            cluster.inNode(node, "mount", "--bind", "/run/" + file, "/etc/" + file).orFail();
        }
    }
}
