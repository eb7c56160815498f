package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.kernel.SeededRandom;

/**
 * One round of the ring's soak, all from one seed: a mix of real and our nodes under load, faults
 * of all kinds, then peace; all must come back into one ring, and {@link LoadHistory} must find
 * nothing wrong.
 */
final class RingSoak implements AutoCloseable {

    private static final String GROUP = "soak";
    private static final Duration TOGETHER_LIMIT = Duration.ofSeconds(60);
    private static final int TOKEN_MILLIS = 1000;

    /** What a round is made of. */
    record Plan(long seed, int nodes, Set<Integer> ours, String transport, int lossPercentMax) {

        static Plan of(long seed, int lossPercentMax) {
            SeededRandom random = new SeededRandom(seed);
            int nodes = 2 + random.nextInt(7);
            Set<Integer> ours = new TreeSet<>();
            // Every number of our nodes is equally likely, none and all included.
            int count = random.nextInt(nodes + 1);
            while (ours.size() < count) {
                ours.add(1 + random.nextInt(nodes));
            }
            return new Plan(seed, nodes, ours, random.chance(0.7) ? "udpu" : "udp", lossPercentMax);
        }
    }

    /** What a round has shown. */
    record Report(
            Plan plan,
            int faults,
            int lives,
            long delivered,
            int lackingCut,
            int faultsOfReal,
            Duration together,
            List<String> wrong) {

        @Override
        public String toString() {
            return "seed %d: %d nodes, ours %s, %s; %d faults, %d lives, %d deliveries, %d cut by a join, %d partings that real nodes did not show, together again after %d ms%s"
                    .formatted(
                            plan.seed(),
                            plan.nodes(),
                            plan.ours(),
                            plan.transport(),
                            faults,
                            lives,
                            delivered,
                            lackingCut,
                            faultsOfReal,
                            together.toMillis(),
                            wrong.isEmpty() ? "" : "; WRONG: " + String.join("\n  ", wrong));
        }
    }

    private final Plan plan;
    private final SeededRandom random;
    private final NamespaceCluster cluster;
    private final Set<Integer> down = new TreeSet<>();
    private final Set<Integer> paused = new TreeSet<>();
    private int lifeSeed;
    private int faults;

    RingSoak(Plan plan) {
        this.plan = plan;
        this.random = new SeededRandom(plan.seed() ^ 0x50A4);
        this.cluster =
                new NamespaceCluster(
                        plan.nodes(),
                        TOKEN_MILLIS,
                        plan.transport(),
                        NamespaceCluster.Network.LOSSY,
                        plan.seed());
    }

    private static String name(int node) {
        return "n" + node;
    }

    private boolean isOurs(int node) {
        return plan.ours().contains(node);
    }

    /**
     * Plays the round.
     *
     * @param faultTime how long things are broken
     */
    Report play(Duration faultTime) {
        Path program = cluster.home("n1").resolve("run/soakmember");
        LossySwitch.compile("soakmember.c", program, "-lcpg");
        for (int node = 1; node <= plan.nodes(); node++) {
            if (node > 1) {
                copy(program, cluster.home(name(node)).resolve("run/soakmember"));
            }
        }
        boolean together = random.chance(0.5);
        for (int node = 1; node <= plan.nodes(); node++) {
            start(node);
            if (!together) {
                sleep(random.nextInt(1500));
            }
        }
        awaitTogether();
        long end = System.nanoTime() + faultTime.toNanos();
        while (System.nanoTime() < end) {
            breakSomething();
            sleep(random.chance(0.3) ? random.nextInt(100) : random.nextInt(2000));
        }
        mend();
        Duration healed = awaitTogether();
        sleep(1000);
        return judge(healed);
    }

    private Report judge(Duration healed) {
        for (int node = 1; node <= plan.nodes(); node++) {
            write(cluster.home(name(node)).resolve("run/soak.quiet"));
        }
        Set<String> all = new TreeSet<>();
        for (int node = 1; node <= plan.nodes(); node++) {
            all.add(Integer.toString(node));
        }
        List<String> open = List.of("not judged");
        for (int i = 0; i < 40 && !open.isEmpty(); i++) {
            sleep(500);
            open = history().checkEnd(all);
        }
        LoadHistory history = history();
        List<String> wrong = new ArrayList<>(history.check());
        wrong.addAll(history.checkEnd(all));
        return new Report(
                plan,
                faults,
                history.lives(),
                history.delivered(),
                history.lackingCut(),
                history.faultsOfReal(),
                healed,
                List.copyOf(new LinkedHashSet<>(wrong)));
    }

    // ---- faults ------------------------------------------------------------------------------

    private int any() {
        return 1 + random.nextInt(plan.nodes());
    }

    private void breakSomething() {
        int node = any();
        faults++;
        switch (random.nextInt(9)) {
            case 0 -> killAndRestart(node, random.nextInt(300));
            case 1 -> killAndRestart(node, 1000 + random.nextInt(2500));
            case 2 -> powerCut(node);
            case 3 -> partition();
            case 4 -> cutOneWay(node);
            case 5 -> pause(node);
            case 6 -> leaveAndReturn(node);
            default -> changeQuality();
        }
    }

    private void killAndRestart(int node, int millis) {
        if (down.contains(node)) {
            return;
        }
        note("kill " + node + ", back after " + millis + " ms");
        signal(node, "KILL");
        sleep(millis);
        awaitDaemonGone(node);
        start(node);
    }

    private void powerCut(int node) {
        note("power cut " + node);
        cluster.crash(name(node));
        paused.remove(node);
        sleep(random.nextInt(2500));
        cluster.boot(name(node));
        start(node);
    }

    private void partition() {
        boolean[] side = new boolean[plan.nodes() + 1];
        for (int i = 1; i < side.length; i++) {
            side[i] = random.chance(0.5);
        }
        note("partition " + java.util.Arrays.toString(side));
        for (int from = 1; from < side.length; from++) {
            for (int to = 1; to < side.length; to++) {
                cluster.lossySwitch().setCut(from, to, side[from] != side[to]);
            }
        }
        sleep(random.nextInt(4500));
        cluster.lossySwitch().mendAll();
    }

    private void cutOneWay(int node) {
        int to = any();
        if (to != node) {
            note("cut " + node + " -> " + to);
            cluster.lossySwitch().setCut(node, to, true);
            sleep(random.nextInt(3000));
            cluster.lossySwitch().setCut(node, to, false);
        }
    }

    private void pause(int node) {
        int millis = random.nextInt(random.chance(0.5) ? 600 : 4000);
        note("pause " + node + " for " + millis + " ms");
        signal(node, "STOP");
        sleep(millis);
        signal(node, "CONT");
    }

    private void leaveAndReturn(int node) {
        note("leave " + node);
        signal(node, "TERM");
        sleep(random.nextInt(2000));
        awaitDaemonGone(node);
        start(node);
    }

    private void changeQuality() {
        LossySwitch.Quality quality =
                new LossySwitch.Quality(
                        random.chance(0.5) ? 0 : random.nextInt(plan.lossPercentMax() + 1),
                        random.chance(0.5) ? 0 : random.nextInt(10),
                        random.chance(0.5) ? 0 : random.nextInt(20),
                        random.chance(0.5) ? 0 : 1000,
                        random.chance(0.5) ? 1000 : 3000);
        note(quality.toString());
        cluster.lossySwitch().setQuality(quality);
    }

    private void mend() {
        note("peace");
        cluster.lossySwitch().mendAll();
        cluster.lossySwitch().setQuality(LossySwitch.Quality.GOOD);
    }

    private void note(String text) {
        if (Boolean.getBoolean("holdfast.soak.verbose")) {
            System.out.println(java.time.LocalTime.now() + " " + text);
        }
    }

    // ---- nodes -------------------------------------------------------------------------------

    private void start(int node) {
        if (isOurs(node)) {
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
                                60);
        cluster.inNode(
                        name(node),
                        "sh",
                        "-c",
                        "rm -f /run/soak.quiet; " + member + " >> /var/log/soak.err 2>&1 &")
                .orFail();
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

    private Duration awaitTogether() {
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
        LoadHistory history = history();
        Set<String> living = new TreeSet<>();
        for (int node = 1; node <= plan.nodes(); node++) {
            if (log(node).stream().noneMatch(line -> line.startsWith("I "))) {
                return false;
            }
            living.add(history.last(Integer.toString(node)).process);
        }
        for (int node = 1; node <= plan.nodes(); node++) {
            Set<String> seen = history.last(Integer.toString(node)).view();
            if (!seen.containsAll(living) || isOurs(node) && seen.size() != living.size()) {
                return false;
            }
        }
        return true;
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

    private LoadHistory history() {
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
            Files.copy(from, to, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(int millis) {
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
            for (int node = 1; node <= plan.nodes(); node++) {
                for (String log :
                        List.of("soak.log", "soak.err", "holdfastd.out", "corosync.out")) {
                    Path from = cluster.home(name(node)).resolve("var/log").resolve(log);
                    if (Files.exists(from)) {
                        Files.copy(
                                from,
                                directory.resolve(name(node) + "-" + log),
                                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
