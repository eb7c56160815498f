package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A ring of real and our nodes over a switch of our own, with a member of the CPG load of {@code
 * soakmember.c} on each; what tests do to it, and how it is judged.
 */
final class LoadedRing implements AutoCloseable {

    private static final String GROUP = "soak";
    private static final Duration TOGETHER_LIMIT = Duration.ofSeconds(60);
    private static final int TOKEN_MILLIS = 1000;
    private static final int MESSAGES_A_SECOND = 60;

    /**
     * What the ring is made of.
     *
     * @param ours the numbers of our nodes, from 1; all others are real
     * @param transport {@code udpu} or {@code udp}
     */
    record Plan(long seed, int nodes, Set<Integer> ours, String transport) {

        String title() {
            return "%d nodes, ours %s, %s".formatted(nodes, ours, transport);
        }
    }

    private final Plan plan;
    private final NamespaceCluster cluster;
    private final List<LogTail> tails = new ArrayList<>();
    private final @Nullable Process capture;
    private int lifeSeed;

    LoadedRing(Plan plan) {
        this.plan = plan;
        this.cluster =
                new NamespaceCluster(
                        plan.nodes(),
                        TOKEN_MILLIS,
                        plan.transport(),
                        NamespaceCluster.Network.LOSSY,
                        plan.seed());
        Path program = cluster.home("n1").resolve("run/soakmember");
        LossySwitch.compile("soakmember.c", program, "-lcpg");
        for (int node = 2; node <= plan.nodes(); node++) {
            copy(program, cluster.home(name(node)).resolve("run/soakmember"));
        }
        for (int node = 1; node <= plan.nodes(); node++) {
            tails.add(new LogTail(cluster.home(name(node)).resolve("var/log/soak.log")));
        }
        capture = Boolean.getBoolean("holdfast.interop.capture") ? capture() : null;
    }

    /** Writes down what enters and leaves the switch. */
    private Process capture() {
        Path file = cluster.home("n1").resolveSibling("switch.pcap");
        try {
            return new ProcessBuilder(
                            "ip",
                            "netns",
                            "exec",
                            cluster.switchName(),
                            "tcpdump",
                            "-i",
                            "any",
                            "-y",
                            "LINUX_SLL2",
                            "-s",
                            "700",
                            "-B",
                            "65536",
                            "-U",
                            "-Z",
                            "root",
                            "-w",
                            file.toString(),
                            "udp")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(int node) {
        return "n" + node;
    }

    private boolean isOurs(int node) {
        return plan.ours().contains(node);
    }

    LossySwitch network() {
        return cluster.lossySwitch();
    }

    // ---- nodes -------------------------------------------------------------------------------

    void start(int node) {
        if (isOurs(node) && Boolean.getBoolean("holdfast.matrix.whole")) {
            cluster.start(name(node));
        } else if (isOurs(node)) {
            cluster.startClusterLayer(name(node));
        } else {
            cluster.startCorosync(name(node));
        }
        String member =
                "/run/soakmember %s %d %s %d %d /var/log/soak.log"
                        .formatted(
                                isOurs(node) ? "ours" : "real",
                                node,
                                GROUP,
                                plan.seed() * 1000 + ++lifeSeed,
                                MESSAGES_A_SECOND);
        cluster.inNode(
                        name(node),
                        "sh",
                        "-c",
                        "rm -f /run/soak.quiet; " + member + " >> /var/log/soak.err 2>&1 &")
                .orFail();
    }

    /** Ends the daemon with this signal and starts it again. */
    void restart(int node, String signal, int millisLater) {
        signal(node, signal);
        sleep(millisLater);
        awaitDaemonGone(node);
        start(node);
    }

    /** Ends all daemons in order and starts them, with this time between two. */
    void restartAll(int millisBetween) {
        for (int node = 1; node <= plan.nodes(); node++) {
            signal(node, "TERM");
        }
        for (int node = 1; node <= plan.nodes(); node++) {
            awaitDaemonGone(node);
        }
        for (int node = 1; node <= plan.nodes(); node++) {
            start(node);
            sleep(millisBetween);
        }
    }

    void powerCut(int node, int millis) {
        cluster.crash(name(node));
        sleep(millis);
        cluster.boot(name(node));
        start(node);
    }

    void pause(int node, int millis) {
        signal(node, "STOP");
        sleep(millis);
        signal(node, "CONT");
    }

    /** Cuts the nodes of one side off from the others for a while. */
    void partition(boolean[] side, int millis) {
        for (int from = 1; from < side.length; from++) {
            for (int to = 1; to < side.length; to++) {
                network().setCut(from, to, side[from] != side[to]);
            }
        }
        sleep(millis);
        network().mendAll();
    }

    private void signal(int node, String signal) {
        String pattern = isOurs(node) ? "-f [o]rg.holdfast" : "-x corosync";
        cluster.inNode(name(node), "sh", "-c", "pkill -" + signal + " " + pattern);
    }

    /** Before the next life begins, the last one's member must have noticed and ended, too. */
    private void awaitDaemonGone(int node) {
        String pattern = isOurs(node) ? "[o]rg.holdfast" : "[c]orosync -f";
        Shell.await(
                "end of node " + node,
                Duration.ofSeconds(20),
                () -> cluster.inNode(name(node), "pgrep", "-f", pattern).exitCode() != 0,
                () -> cluster.inNode(name(node), "ps", "ax").output());
        cluster.inNode(name(node), "pkill", "-KILL", "-x", "soakmember");
    }

    /** Stops the load on all nodes, or lets it go on. */
    void setQuiet(boolean quiet) {
        for (int node = 1; node <= plan.nodes(); node++) {
            Path file = cluster.home(name(node)).resolve("run/soak.quiet");
            try {
                Files.deleteIfExists(file);
                if (quiet) {
                    Files.createFile(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    // ---- judgement ---------------------------------------------------------------------------

    /** Waits until all members see all; answers how long that took. */
    Duration awaitTogether() {
        return Shell.await(
                "one ring of all (seed " + plan.seed() + ")",
                TOGETHER_LIMIT,
                this::isTogether,
                this::evidence);
    }

    /**
     * Whether all members see just each other. A real Corosync may keep a process besides that has
     * long ended: the list of joins of a sync step that was broken off, delivered after that.
     */
    private boolean isTogether() {
        Set<String> living = new TreeSet<>();
        for (LogTail tail : tails) {
            tail.update();
            living.add(tail.process());
        }
        if (living.contains("")) {
            return false;
        }
        for (int node = 1; node <= plan.nodes(); node++) {
            Set<String> seen = tails.get(node - 1).view();
            if (!seen.containsAll(living) || isOurs(node) && seen.size() != living.size()) {
                return false;
            }
        }
        return true;
    }

    /** Processes that have ended, but that a real node still shows as members. */
    int ghosts() {
        return tails.stream().mapToInt(tail -> tail.view().size() - plan.nodes()).sum();
    }

    /** How often members have seen the group change, all together. */
    long views() {
        tails.forEach(LogTail::update);
        return tails.stream().mapToLong(LogTail::views).sum();
    }

    /** Ends the load and judges everything so far; answers what is wrong. */
    List<String> judge() {
        setQuiet(true);
        Set<String> all = new TreeSet<>();
        for (int node = 1; node <= plan.nodes(); node++) {
            all.add(Integer.toString(node));
        }
        List<String> open = List.of("not judged");
        for (int i = 0; i < 60 && !open.isEmpty(); i++) {
            sleep(500);
            open = history().checkEnd(all);
        }
        LoadHistory history = history();
        List<String> wrong = new ArrayList<>(history.check());
        wrong.addAll(history.checkEnd(all));
        return List.copyOf(new LinkedHashSet<>(wrong));
    }

    private String evidence() {
        StringBuilder text = new StringBuilder(plan.toString()).append('\n');
        for (int node = 1; node <= plan.nodes(); node++) {
            List<String> views =
                    log(node).stream()
                            .filter(line -> line.startsWith("V") || line.startsWith("I"))
                            .toList();
            text.append(name(node))
                    .append(isOurs(node) ? " (ours): " : " (real): ")
                    .append(views.subList(Math.max(0, views.size() - 3), views.size()))
                    .append('\n')
                    .append(
                            cluster.inNode(
                                            name(node),
                                            "sh",
                                            "-c",
                                            "tail -n 12 /var/log/holdfastd.out /var/log/corosync.out")
                                    .output());
        }
        return text.toString();
    }

    private Set<String> realNodes() {
        Set<String> real = new TreeSet<>();
        for (int node = 1; node <= plan.nodes(); node++) {
            if (!isOurs(node)) {
                real.add(Integer.toString(node));
            }
        }
        return real;
    }

    /** All members' logs so far. */
    LoadHistory history() {
        LoadHistory history = new LoadHistory(realNodes());
        for (int node = 1; node <= plan.nodes(); node++) {
            history.read(log(node));
        }
        return history;
    }

    private List<String> log(int node) {
        Path file = cluster.home(name(node)).resolve("var/log/soak.log");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Keeps the logs where the caller wants to read them. */
    void keepLogs(Path directory) {
        try {
            Files.createDirectories(directory);
            if (capture != null) {
                capture.destroy();
                Files.copy(
                        cluster.home("n1").resolveSibling("switch.pcap"),
                        directory.resolve("switch.pcap"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            for (int node = 1; node <= plan.nodes(); node++) {
                for (String log :
                        List.of("soak.log", "soak.err", "holdfastd.out", "corosync.out")) {
                    Path from = cluster.home(name(node)).resolve("var/log").resolve(log);
                    if (Files.exists(from)) {
                        Files.copy(
                                from,
                                directory.resolve(name(node) + "-" + log),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (capture != null) {
            capture.destroyForcibly();
            capture.onExit().join();
        }
        cluster.close();
    }
}
