package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.holdfast.kernel.NodeId;

/**
 * A checked file by type. Build it only from a file in which {@link ConfChecker} found nothing
 * fatal; its methods throw {@link IllegalArgumentException} or {@link NumberFormatException}
 * otherwise.
 *
 * @param file the file
 */
public record ClusterConf(ConfSection file) {

    /** Where Corosync keeps its ring id unless the file says otherwise. */
    public static final String DEFAULT_STATE_DIRECTORY = "/var/lib/corosync";

    /** The totem section. */
    public TotemSettings totem() {
        return new TotemSettings(Merged.section(file, "totem"));
    }

    /** The quorum section. */
    public QuorumSettings quorum() {
        return new QuorumSettings(Merged.section(file, "quorum"));
    }

    /** The logging section. */
    public LoggingSettings logging() {
        return new LoggingSettings(Merged.section(file, "logging"));
    }

    /** {@code system.state_dir}. */
    public String stateDirectory() {
        return Merged.section(file, "system").value("state_dir").orElse(DEFAULT_STATE_DIRECTORY);
    }

    /** Whether {@code system.sched_rr} is on, as it is by default. */
    public boolean wantsRealTime() {
        return !Merged.section(file, "system").value("sched_rr").orElse("yes").equals("no");
    }

    /** The nodes, in the order of the file. */
    public List<ConfiguredNode> nodes() {
        List<ConfiguredNode> nodes = new ArrayList<>();
        boolean clearHighBit = totem().flag("clear_node_high_bit", false);
        for (ConfSection node : NodeSections.of(file)) {
            nodes.add(node(nodes.size(), node, clearHighBit));
        }
        return List.copyOf(nodes);
    }

    private static ConfiguredNode node(int position, ConfSection node, boolean clearHighBit) {
        String address = node.value("ring0_addr").orElse("");
        int id =
                node.value("nodeid")
                        .map(Integer::parseUnsignedInt)
                        .orElseGet(() -> idFromAddress(address, clearHighBit));
        return new ConfiguredNode(
                position,
                new NodeId(id),
                node.value("name").orElse(address),
                address,
                node.value("quorum_votes").map(Integer::parseUnsignedInt).orElse(1),
                node.line());
    }

    /** Without a nodeid, the IPv4 address's 32 bits are the number. */
    private static int idFromAddress(String address, boolean clearHighBit) {
        int id = Ipv4.bits(address);
        return clearHighBit ? id & 0x7FFF_FFFF : id;
    }

    /**
     * The node that this machine is, by the steps that corosync.conf(5) gives for {@code name}: the
     * host's name, its short form, a listed name with the same short form, else a listed address
     * that this machine has.
     *
     * @param hostName the machine's name
     * @param isLocalAddress tells whether an address of the list belongs to this machine
     */
    public Optional<ConfiguredNode> localNode(String hostName, Predicate<String> isLocalAddress) {
        List<ConfiguredNode> nodes = nodes();
        String shortName = shortForm(hostName);
        return first(nodes, node -> isNamed(node, hostName))
                .or(() -> first(nodes, node -> isNamed(node, shortName)))
                .or(() ->
                        first(
                                nodes,
                                node ->
                                        !isAddress(node.name())
                                                && shortForm(node.name()).equals(shortName)))
                .or(() -> first(nodes, node -> isLocalAddress.test(node.address())));
    }

    private static boolean isNamed(ConfiguredNode node, String hostName) {
        return node.name().equals(hostName) || node.address().equals(hostName);
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private static String shortForm(String hostName) {
        int dot = hostName.indexOf('.');
        return dot < 0 ? hostName : hostName.substring(0, dot);
    }

    private static Optional<ConfiguredNode> first(
            List<ConfiguredNode> nodes, Predicate<ConfiguredNode> test) {
        return nodes.stream().filter(test).findFirst();
    }
}
