package org.holdfast.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several machines on one: each node has network, mount and process namespaces of its own, with its
 * own {@code /etc/corosync}, {@code /var/lib}, {@code /var/log} and {@code /run}, so that {@code
 * holdfastd} runs in it as on a server. A switch (a bridge in one more namespace) connects them.
 */
final class NamespaceCluster implements AutoCloseable {

    private static final String SUBNET = "10.88.0.";
    private static final Duration BUILD_TIMEOUT = Duration.ofMinutes(10);
    private static final List<String> PRIVATE_DIRECTORIES =
            List.of(
                    "/etc/corosync",
                    "/var/lib/corosync",
                    "/var/lib/pacemaker",
                    "/var/log",
                    "/var/lib/nginx",
                    "/run");

    /** One node's handle: the process that keeps its namespaces, and the daemon if it runs. */
    private static final class Machine {
        final String name;
        final String address;
        final Path home;
        Process keeper;

        Machine(String name, String address, Path home, Process keeper) {
            this.name = name;
            this.address = address;
            this.home = home;
            this.keeper = keeper;
        }
    }

    private final String prefix;
    private final Path home;
    private @Nullable Path bin;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final @Nullable LossySwitch lossySwitch;

    /** What carries the frames between the machines. */
    enum Network {
        /** The kernel's bridge: nothing is lost. */
        BRIDGE,
        /** A switch of our own, which loses, delays and reorders as it is told. */
        LOSSY
    }

    /** Makes the machines n1..nN, connected and without any daemon. */
    NamespaceCluster(int nodes, int tokenMillis) {
        this(nodes, tokenMillis, "udpu", Network.BRIDGE, 0);
    }

    /**
     * Makes the machines n1..nN, connected and without any daemon.
     *
     * @param transport {@code udpu} or {@code udp}
     * @param seed of what a lossy network does by chance
     */
    NamespaceCluster(int nodes, int tokenMillis, String transport, Network network, long seed) {
        this.prefix = "hf" + ProcessHandle.current().pid() % 100_000;
        try {
            this.home = Files.createTempDirectory("holdfast-interop");
            Files.setPosixFilePermissions(
                    home, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            ip("netns", "add", switchName());
            if (network == Network.BRIDGE) {
                inSwitch("ip", "link", "add", "br0", "type", "bridge");
                inSwitch("ip", "addr", "add", SUBNET + "254/24", "dev", "br0");
                inSwitch("ip", "link", "set", "br0", "up");
            }
            inSwitch("ip", "link", "set", "lo", "up");
            for (int i = 1; i <= nodes; i++) {
                machines.put("n" + i, build(i, configuration(nodes, tokenMillis, transport)));
            }
            lossySwitch =
                    network == Network.LOSSY
                            ? LossySwitch.start(switchName(), home, nodes, seed)
                            : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path repository() {
        return Path.of("..").toAbsolutePath().normalize();
    }

    /** The directory with our commands; built when the first one is used. */
    private Path bin() {
        Path known = bin;
        if (known == null) {
            // A build that was due reports its progress first.
            List<String> answer =
                    Shell.run(BUILD_TIMEOUT, List.of(repository() + "/holdfast", "bin"))
                            .orFail()
                            .output()
                            .lines()
                            .toList();
            known = Path.of(answer.getLast());
            bin = known;
        }
        return known;
    }

    /** The directory with our commands, each by its name. */
    String commands() {
        return bin().toString();
    }

    /** The directory with a node's own files, as the host sees it. */
    Path home(String node) {
        return machine(node).home;
    }

    List<String> nodes() {
        return List.copyOf(machines.keySet());
    }

    /** Starts the daemon in a node. */
    void start(String node) {
        inNode(node, "sh", "-c", bin().resolve("holdfastd") + " >> /var/log/holdfastd.out 2>&1 &")
                .orFail();
    }

    /** Starts only the daemon's cluster layer in a node. */
    void startClusterLayer(String node) {
        inNode(
                        node,
                        "sh",
                        "-c",
                        bin().resolve("holdfastd")
                                + " --only cluster-layer >> /var/log/holdfastd.out 2>&1 &")
                .orFail();
    }

    /** Starts the real corosync in a node. */
    void startCorosync(String node) {
        // Its shared memory is named after process ids, which are the same in all nodes.
        inNode(node, "mount", "-t", "tmpfs", "tmpfs", "/dev/shm").orFail();
        inNode(node, "mkdir", "-p", "/var/log/corosync").orFail();
        inNode(node, "sh", "-c", "corosync -f >> /var/log/corosync.out 2>&1 &").orFail();
    }

    /** The network that this cluster was made with, to be made worse. */
    LossySwitch lossySwitch() {
        return java.util.Objects.requireNonNull(lossySwitch, "made with a bridge");
    }

    /** Cuts a node's cable or mends it. */
    void plug(String node, boolean connected) {
        inSwitch("ip", "link", "set", "p" + node, connected ? "up" : "down").orFail();
    }

    /** A power cut: every process of the node is gone at once; its files stay. */
    void crash(String node) {
        Machine machine = machine(node);
        machine.keeper.descendants().forEach(ProcessHandle::destroyForcibly);
        machine.keeper.destroyForcibly();
        machine.keeper.onExit().join();
    }

    /** Boots a crashed node again, without starting the daemon. */
    void boot(String node) {
        Machine machine = machine(node);
        connect(machine);
        machine.keeper = keeper(machine);
    }

    /** Asks the daemon to leave, and waits until it has ended. */
    void stop(String node) {
        inNode(node, "pkill", "-TERM", "-f", "holdfastd");
        Shell.await(
                "end of holdfastd on " + node,
                Duration.ofSeconds(60),
                () -> inNode(node, "pgrep", "-f", "holdfastd").exitCode() != 0,
                () -> log(node));
    }

    /** Runs a command in a node. */
    Shell.Outcome inNode(String node, String... command) {
        Machine machine = machine(node);
        long pid = machine.keeper.descendants().findFirst().map(ProcessHandle::pid).orElseThrow();
        List<String> all =
                new ArrayList<>(
                        List.of("nsenter", "-t", Long.toString(pid), "-m", "-n", "-u", "-p", "--"));
        all.addAll(List.of(command));
        return Shell.run(all);
    }

    /** Runs one of Holdfast's commands in a node. */
    Shell.Outcome holdfast(String node, String command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(bin().resolve(command).toString()));
        all.addAll(List.of(arguments));
        return inNode(node, all.toArray(String[]::new));
    }

    /** Runs a command on the switch, outside of every node: a client of the cluster's services. */
    Shell.Outcome inSwitch(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", switchName()));
        all.addAll(List.of(command));
        return Shell.run(all);
    }

    /** The end of a node's log, for failure messages. */
    String log(String node) {
        return inNode(node, "sh", "-c", "tail -n 60 /var/log/holdfastd.out").output();
    }

    @Override
    public void close() {
        for (Machine machine : machines.values()) {
            machine.keeper.descendants().forEach(ProcessHandle::destroyForcibly);
            machine.keeper.destroyForcibly();
            machine.keeper.onExit().join();
            Shell.run("ip", "netns", "del", namespace(machine.name));
        }
        if (lossySwitch != null) {
            lossySwitch.close();
        }
        Shell.run("ip", "netns", "del", switchName());
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Machine build(int number, String configuration) throws IOException {
        String name = "n" + number;
        Path files = home.resolve(name);
        for (String directory : PRIVATE_DIRECTORIES) {
            Files.createDirectories(files.resolve(directory.substring(1)));
        }
        Files.createDirectories(files.resolve("var/log/nginx"));
        Files.createDirectories(files.resolve("run/www"));
        Files.writeString(files.resolve("run/www/index.html"), name + "\n");
        Files.writeString(files.resolve("etc/corosync/corosync.conf"), configuration);
        ip("netns", "add", namespace(name));
        Machine machine =
                new Machine(name, SUBNET + number, files, new ProcessBuilder("true").start());
        connect(machine);
        machine.keeper = keeper(machine);
        return machine;
    }

    private void connect(Machine machine) {
        String space = namespace(machine.name);
        if (Shell.run("ip", "-n", space, "link", "show", "eth0").exitCode() != 0) {
            ip(
                    "-n",
                    space,
                    "link",
                    "add",
                    "eth0",
                    "type",
                    "veth",
                    "peer",
                    "name",
                    "p" + machine.name,
                    "netns",
                    switchName());
        }
        // A rebooted machine has only its own address again.
        ip("-n", space, "addr", "flush", "dev", "eth0");
        ip("-n", space, "addr", "add", machine.address + "/24", "brd", "+", "dev", "eth0");
        ip("-n", space, "link", "set", "lo", "up");
        ip("-n", space, "link", "set", "eth0", "up");
        if (inSwitch("ip", "link", "set", "p" + machine.name, "master", "br0").exitCode() != 0) {
            // No bridge: frames of several datagrams do not fit through the other switch.
            Shell.run("ip", "-n", space, "link", "set", "eth0", "gso_max_segs", "1");
        }
        inSwitch("ip", "link", "set", "p" + machine.name, "up");
    }

    /** The process whose end takes the whole node with it: the init of its process namespace. */
    private Process keeper(Machine machine) {
        StringBuilder mounts = new StringBuilder("set -e; hostname " + machine.name + "; ");
        for (String directory : PRIVATE_DIRECTORIES) {
            mounts.append("mkdir -p ").append(directory).append("; mount --bind ");
            mounts.append(machine.home.resolve(directory.substring(1)));
            mounts.append(' ').append(directory).append("; ");
        }
        // The shell reaps what agents leave behind, as an init does: a zombie looks alive to them.
        mounts.append("echo ready; while :; do sleep 1000 & wait; done");
        try {
            Process process =
                    new ProcessBuilder(
                                    "ip",
                                    "netns",
                                    "exec",
                                    namespace(machine.name),
                                    "unshare",
                                    "--mount",
                                    "--uts",
                                    "--pid",
                                    "--fork",
                                    "--kill-child",
                                    "--mount-proc",
                                    "sh",
                                    "-c",
                                    mounts.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String line = process.inputReader().readLine();
            if (!"ready".equals(line)) {
                throw new AssertionError("node " + machine.name + " did not come up: " + line);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String configuration(int nodes, int tokenMillis, String transport) {
        StringBuilder all = new StringBuilder();
        all.append("totem {\n    version: 2\n    cluster_name: interop\n");
        all.append("    transport: ").append(transport).append('\n');
        all.append("    token: ").append(tokenMillis).append("\n    token_coefficient: 0\n");
        all.append("    crypto_cipher: none\n");
        all.append("    crypto_hash: none\n}\nnodelist {\n");
        for (int i = 1; i <= nodes; i++) {
            all.append("    node {\n        ring0_addr: ").append(SUBNET).append(i);
            all.append("\n        name: n").append(i).append("\n        nodeid: ").append(i);
            all.append("\n    }\n");
        }
        all.append("}\nquorum {\n    provider: corosync_votequorum\n}\n");
        all.append("logging {\n    to_stderr: yes\n    debug: ");
        all.append(Boolean.getBoolean("holdfast.interop.debug") ? "on" : "off").append("\n}\n");
        return all.toString();
    }

    private Machine machine(String node) {
        Machine machine = machines.get(node);
        if (machine == null) {
            throw new IllegalArgumentException("no node " + node);
        }
        return machine;
    }

    private String namespace(String node) {
        return prefix + node;
    }

    String switchName() {
        return prefix + "sw";
    }

    private static void ip(String... arguments) {
        List<String> all = new ArrayList<>(List.of("ip"));
        all.addAll(List.of(arguments));
        Shell.run(all).orFail();
    }
}
