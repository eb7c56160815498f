package org.holdfast.cli.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** The demo from beginning to end. */
public final class Demo {

    static final String ADDRESS = "service-ip";
    static final String WEB = "web";
    private static final String GROUP = "service";

    private static final int EX_FAILED = 1;
    private static final int EX_USAGE = 64;
    private static final int EX_UNAVAILABLE = 69;

    private static final long START_MILLIS = 60_000;
    private static final long POLL_MILLIS = 50;
    private static final long VIEW_MILLIS = 200;
    private static final int LOG_LINES = 15;

    private final DemoOptions options;
    private final DemoView view;
    private final DemoNetwork network;
    private final DemoCluster cluster;
    private final WebProbe probe;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile String serving = "";
    private volatile boolean stopped;

    private Demo(DemoOptions options, DemoView view) {
        this.options = options;
        this.view = view;
        this.network =
                options.network()
                        ? new NamespaceNetwork()
                        : new LoopbackNetwork(options.servicePort());
        this.cluster = new DemoCluster(DemoDirectory.ofUser(), network);
        this.probe = new WebProbe(network.serviceAddress(), options.servicePort());
    }

    /**
     * Runs the demo.
     *
     * @param arguments its command line
     * @param environment the user's environment
     * @return 0 if another node took over the service of the one that crashed
     */
    public static int run(List<String> arguments, Map<String, String> environment) {
        DemoOptions options;
        try {
            options = DemoOptions.parse(arguments, environment);
        } catch (DemoException e) {
            System.err.println("holdfast demo: " + e.getMessage());
            return EX_USAGE;
        }
        if (options.help()) {
            System.out.print(DemoOptions.USAGE);
            return 0;
        }
        boolean terminal =
                System.console() != null
                        && System.console().isTerminal()
                        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        Path lockFile = lockFile();
        try (FileChannel channel =
                        FileChannel.open(
                                lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = tryLock(channel)) {
            if (lock == null) {
                System.err.println(
                        "holdfast demo: a demo of yours is running already (below "
                                + DemoDirectory.ofUser().path()
                                + "). End it with Ctrl-C in its terminal first.");
                return EX_UNAVAILABLE;
            }
            return new Demo(options, new DemoView(System.out, terminal)).run();
        } catch (IOException e) {
            System.err.println("holdfast demo: cannot use " + lockFile + ": " + e.getMessage());
            return EX_UNAVAILABLE;
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
            throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static Path lockFile() {
        return Path.of(DemoDirectory.ofUser().path() + ".lock");
    }

    private int run() {
        Thread hook = new Thread(this::stopBySignal, "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        int code;
        try {
            code = perform();
        } catch (DemoException e) {
            view.finish();
            System.err.println("holdfast demo: " + e.getMessage());
            code = EX_FAILED;
        } catch (IOException e) {
            view.finish();
            System.err.println("holdfast demo: " + e);
            code = EX_FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            code = EX_FAILED;
        }
        cleanUp();
        ended.countDown();
        return code;
    }

    /** Ctrl-C or SIGTERM: everything that the demo started ends with it. */
    private void stopBySignal() {
        if (ended.getCount() > 0) {
            stopped = true;
            view.finish();
            cleanUp();
        }
    }

    private void cleanUp() {
        view.finish();
        try {
            cluster.close();
            Files.deleteIfExists(lockFile());
        } catch (IOException e) {
            System.err.println("holdfast demo: could not remove everything: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int perform() throws DemoException, IOException, InterruptedException {
        DaemonProgram program = DaemonProgram.find();
        view.line(
                "Three nodes on this machine; their files are below "
                        + DemoDirectory.ofUser().path());
        view.step("starting node1, node2 and node3 (holdfastd, token 1000 ms)");
        cluster.start(program);
        Thread.ofVirtual().name("view").start(this::drawUntilStopped);
        int nodes = cluster.nodes().size();
        ClusterState ring =
                await("a ring of all nodes", s -> s.members().size() == nodes && s.quorate());
        view.step("ring " + ring.ring() + " of " + String.join(", ", ring.members()) + ", quorate");
        ClusterState online =
                await(
                        "a controller and all nodes online",
                        s -> !s.dc().isEmpty() && s.online().size() == nodes);
        view.step(online.dc() + " is the designated controller, all nodes are online");
        configure();
        String first = awaitService();
        view.step(probe.url() + " answers: served by " + first);
        await("an idle cluster", ClusterState::idle);
        return failOver(first);
    }

    private void configure() throws DemoException {
        pcs("property", "set", "stonith-enabled=false");
        List<String> address =
                new ArrayList<>(List.of("resource", "create", ADDRESS, "ocf:holdfast:Address"));
        address.addAll(network.addressParameters());
        address.addAll(List.of("op", "monitor", "interval=5s", "group", GROUP, "--future"));
        pcs(address.toArray(new String[0]));
        pcs(
                "resource",
                "create",
                WEB,
                "ocf:holdfast:WebServer",
                "ip=" + network.serviceAddress(),
                "port=" + options.servicePort(),
                "op",
                "monitor",
                "interval=5s",
                "group",
                GROUP,
                "--future");
    }

    private void pcs(String... arguments) throws DemoException {
        view.command("pcs " + String.join(" ", arguments));
        CommandResult result = cluster.running().getFirst().run("pcs", List.of(arguments));
        if (result.code() != 0) {
            throw new DemoException(
                    "pcs " + String.join(" ", arguments) + " failed: " + result.err().strip());
        }
    }

    private ClusterState await(String what, Predicate<ClusterState> wanted)
            throws DemoException, InterruptedException {
        long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline && !stopped) {
            checkAlive();
            ClusterState state = cluster.state();
            if (wanted.test(state)) {
                return state;
            }
            Thread.sleep(POLL_MILLIS);
        }
        endIfStopped();
        throw new DemoException("no " + what + " within " + START_MILLIS / 1000 + " s\n" + logs());
    }

    private String awaitService() throws DemoException, InterruptedException {
        long deadline = System.nanoTime() + START_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline && !stopped) {
            checkAlive();
            String node = probe.servingNode();
            if (!node.isEmpty()) {
                serving = node;
                return node;
            }
            Thread.sleep(POLL_MILLIS);
        }
        endIfStopped();
        throw new DemoException(
                "the web service did not answer within "
                        + START_MILLIS / 1000
                        + " s\n"
                        + cluster.running().getFirst().run("pcs", List.of("status")).out()
                        + logs());
    }

    /** Ends this thread's work when the user has ended the demo. */
    private void endIfStopped() throws InterruptedException {
        if (stopped) {
            throw new InterruptedException();
        }
    }

    private void checkAlive() throws DemoException {
        for (DemoNode node : cluster.nodes()) {
            if (!node.isRunning() && !stopped) {
                throw new DemoException(
                        node.name()
                                + " ended with exit code "
                                + node.exitCode()
                                + ":\n"
                                + node.logTail(LOG_LINES));
            }
        }
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        for (DemoNode node : cluster.nodes()) {
            all.append("--- ")
                    .append(node.name())
                    .append('\n')
                    .append(node.logTail(LOG_LINES))
                    .append('\n');
        }
        return all.toString();
    }

    private int failOver(String first) throws DemoException, IOException, InterruptedException {
        DemoNode victim = cluster.node(first);
        List<DemoNode> survivors = cluster.nodes().stream().filter(node -> node != victim).toList();
        view.step("crash of " + first + ": SIGKILL to its daemon and to all that it had started");
        Failover.Outcome outcome =
                Failover.run(
                        victim,
                        () -> network.disconnect(cluster.numberOf(victim)),
                        survivors,
                        probe,
                        view);
        serving = outcome.survivor();
        if (outcome.survivor().isEmpty()) {
            throw new DemoException("no other node took the service over\n" + logs());
        }
        view.step(
                "%s serves again, from %s, %d ms after the crash"
                        .formatted(
                                probe.url(),
                                outcome.survivor(),
                                outcome.millis().getOrDefault("first answer", 0L)));
        if (!options.once()) {
            view.line("");
            view.line("The cluster stays up until Ctrl-C. In another terminal, try:");
            view.line("    ./holdfast pcs status");
            view.line("    ./holdfast crm_mon -1");
            view.line("    ./holdfast pcs node standby " + outcome.survivor());
            view.line("    curl " + probe.url());
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private void drawUntilStopped() {
        try {
            while (!stopped && ended.getCount() > 0) {
                serving = probe.servingNode();
                view.show(cluster.state(), cluster.runningByName(), serving);
                Thread.sleep(VIEW_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
