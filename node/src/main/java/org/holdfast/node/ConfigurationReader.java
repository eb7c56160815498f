package org.holdfast.node;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.Complaint;
import org.holdfast.corosyncconf.ConfChecker;
import org.holdfast.corosyncconf.ConfParser;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.corosyncconf.ConfSyntaxException;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.corosyncconf.FileVerdict;
import org.holdfast.corosyncconf.Finding;
import org.holdfast.corosyncconf.Machine;
import org.holdfast.corosyncconf.Reload;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.storage.NodeFiles;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.quorum.QuorumRules;
import org.jspecify.annotations.Nullable;

/** Reads corosync.conf and everything about this machine that it refers to. */
final class ConfigurationReader {

    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private final NodeFiles files;
    private final @Nullable String givenName;
    private final Path path;

    ConfigurationReader(NodeFiles files, @Nullable String givenName) {
        this(files, givenName, files.corosyncConf());
    }

    /** As above, with another file than the usual one. */
    ConfigurationReader(NodeFiles files, @Nullable String givenName, Path path) {
        this.files = files;
        this.givenName = givenName;
        this.path = path;
    }

    /**
     * Reads the file as it is now.
     *
     * @throws ConfigurationException if it cannot be used
     */
    NodeConfiguration read() throws ConfigurationException {
        return read(true);
    }

    /**
     * Reads the file for a node that runs: quorum rules that do not go together are then sorted out
     * instead of refused.
     *
     * @throws ConfigurationException if it cannot be used
     */
    NodeConfiguration readAgain() throws ConfigurationException {
        return read(false);
    }

    private NodeConfiguration read(boolean starting) throws ConfigurationException {
        try {
            return derive(parse(path), starting);
        } catch (ConfigurationException e) {
            Optional<Complaint> complaint = corosyncsComplaint();
            throw complaint.isEmpty() ? e : e.ledBy(complaint.get(), path.toString());
        }
    }

    /**
     * Reads the file for a node that runs with another configuration: what is settled at the start
     * stays as it is, with a remark.
     *
     * @throws ConfigurationException if it cannot be used
     */
    NodeConfiguration reload(NodeConfiguration running) throws ConfigurationException {
        ConfSection read = readAgain().conf().file();
        Reload reload = Reload.of(running.conf().file(), read);
        List<LogEvent> remarks = new ArrayList<>();
        for (String key : reload.refused()) {
            remarks.add(new LogEvent(Level.NOTICE, "CFG", Reload.remark(key)));
        }
        return derive(reload.file(), false).withRemarks(remarks);
    }

    /**
     * Tests the file: as {@link #readAgain}, and refuses also what only Corosync refuses.
     *
     * @throws ConfigurationException if it cannot be used
     */
    NodeConfiguration test() throws ConfigurationException {
        NodeConfiguration usable = readAgain();
        Optional<Complaint> complaint = corosyncsComplaint();
        if (complaint.isPresent()) {
            throw new ConfigurationException(complaint.get().describe(path.toString()));
        }
        return usable;
    }

    /** What Corosync would say against the file. */
    private Optional<Complaint> corosyncsComplaint() {
        try {
            Machine machine =
                    new ThisMachine(
                            files,
                            conf -> localNode(conf).map(ConfiguredNode::position).orElse(-1));
            return FileVerdict.of(Files.readAllBytes(path), machine);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private Optional<ConfiguredNode> localNode(ClusterConf conf) {
        return conf.localNode(hostName(), ConfigurationReader::isThisMachines);
    }

    /**
     * The configuration of a node that runs, changed by an administrator without a file.
     *
     * @throws ConfigurationException if it cannot be used
     */
    NodeConfiguration changed(ConfSection file) throws ConfigurationException {
        return derive(file, false);
    }

    private NodeConfiguration derive(ConfSection file, boolean starting)
            throws ConfigurationException {
        List<LogEvent> remarks = check(path, file);
        ClusterConf conf = new ClusterConf(file);
        List<ConfiguredNode> nodes = nodes(conf);
        ConfiguredNode self = self(conf, nodes);
        int port = conf.totem().port();
        Map<NodeId, InetSocketAddress> addresses = new LinkedHashMap<>();
        SortedMap<NodeId, String> names = new TreeMap<>();
        for (ConfiguredNode node : nodes) {
            addresses.put(
                    node.id(),
                    new InetSocketAddress(resolve(node, conf.totem().ipVersion()), port));
            names.put(node.id(), node.name());
        }
        InetSocketAddress own = addresses.remove(self.id());
        if (own == null) {
            throw new ConfigurationException("node " + self.name() + " has no address");
        }
        ClusterConfig cluster = ClusterConfigs.of(conf, nodes, self.id());
        List<String> refusal = starting ? QuorumRules.refusalOf(cluster) : List.of();
        if (!refusal.isEmpty()) {
            throw new ConfigurationException(refusal);
        }
        return new NodeConfiguration(conf, self, cluster, own, addresses, names, remarks);
    }

    private static ConfSection parse(Path path) throws ConfigurationException {
        try {
            return ConfParser.parse(Files.readAllBytes(path));
        } catch (ConfSyntaxException e) {
            throw new ConfigurationException(e.describe(path.toString()));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(
                    "Can't read file "
                            + path
                            + ": No such file or directory. Create it (pcs cluster setup does), see corosync.conf(5).");
        } catch (IOException e) {
            if (Files.isDirectory(path)) {
                throw new ConfigurationException(
                        "No interfaces defined: " + path + " is a directory");
            }
            throw new ConfigurationException("cannot read " + path + ": " + e.getMessage());
        }
    }

    private static List<LogEvent> check(Path path, ConfSection file) throws ConfigurationException {
        List<Finding> findings = ConfChecker.check(file);
        List<String> fatal =
                findings.stream()
                        .filter(Finding::fatal)
                        .map(finding -> finding.describe(path.toString()))
                        .toList();
        if (!fatal.isEmpty()) {
            throw new ConfigurationException(fatal);
        }
        return findings.stream()
                .map(finding ->
                        new LogEvent(
                                finding.kind() == Finding.Kind.DEPRECATED
                                        ? Level.WARNING
                                        : Level.INFO,
                                "MAIN",
                                finding.describe(path.toString())))
                .toList();
    }

    private static List<ConfiguredNode> nodes(ClusterConf conf) throws ConfigurationException {
        List<ConfiguredNode> nodes;
        try {
            nodes = conf.nodes();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
        if (nodes.isEmpty()) {
            throw new ConfigurationException(
                    "No interfaces defined: the configuration has no nodelist. A ring that finds its members by multicast"
                            + " alone is not supported: list every node with its ring0_addr.");
        }
        return nodes;
    }

    private ConfiguredNode self(ClusterConf conf, List<ConfiguredNode> nodes)
            throws ConfigurationException {
        String name = givenName;
        if (name != null) {
            return nodes.stream()
                    .filter(node -> node.name().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new ConfigurationException("no node of the nodelist is named " + name));
        }
        String hostName = hostName();
        Optional<ConfiguredNode> self =
                conf.localNode(hostName, ConfigurationReader::isThisMachines);
        return self.orElseThrow(() ->
                new ConfigurationException(
                        "No valid name found for local host: neither "
                                + hostName
                                + " nor an address of this machine is in the nodelist"));
    }

    /** The machine's name; a root directory that is not {@code /} may have one of its own. */
    private String hostName() {
        List<Path> places = new ArrayList<>();
        if (files.root().getParent() != null) {
            places.add(files.below("/etc/hostname"));
        }
        places.add(HOST_NAME);
        for (Path place : places) {
            try {
                return Files.readString(place, StandardCharsets.UTF_8).strip();
            } catch (IOException notThere) {
                // The next place tells.
            }
        }
        return "localhost";
    }

    private static boolean isThisMachines(String address) {
        if (address.isEmpty()) {
            return false;
        }
        try {
            InetAddress resolved = InetAddress.getByName(address);
            return NetworkInterface.getByInetAddress(resolved) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static InetAddress resolve(ConfiguredNode node, String ipVersion)
            throws ConfigurationException {
        try {
            InetAddress[] all = InetAddress.getAllByName(node.address());
            boolean preferSix = ipVersion.startsWith("ipv6");
            boolean strict = ipVersion.equals("ipv4") || ipVersion.equals("ipv6");
            for (InetAddress address : all) {
                if (address instanceof Inet6Address == preferSix) {
                    return address;
                }
            }
            if (!strict) {
                return all[0];
            }
            throw new ConfigurationException(
                    "failed to parse node address: line %d: %s (node %s) has no address that ip_version: %s allows"
                            .formatted(node.line(), node.address(), node.name(), ipVersion));
        } catch (UnknownHostException e) {
            throw new ConfigurationException(
                    "failed to parse node address '%s': line %d, node %s, has no such address"
                            .formatted(node.address(), node.line(), node.name()));
        }
    }
}
