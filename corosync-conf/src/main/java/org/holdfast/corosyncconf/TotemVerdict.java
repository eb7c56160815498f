package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Corosync has against links, nodes and encryption, in its order: first what it meets while it
 * reads its map, then what it finds when it looks at all of it ({@link TimeoutVerdict} for the
 * timeouts).
 */
final class TotemVerdict {

    private static final int LINKS_MAX = 8;
    private static final int KNET_NODE_ID_MAX = 65536;
    private static final int LINK_MODE_BYTES_MAX = 64;
    private static final int KEY_BYTES_MIN = 128;
    private static final int KEY_BYTES_MAX = 4096;
    private static final String DEFAULT_KEY_FILE = "/etc/corosync/authkey";
    private static final Pattern OF_NODE = Pattern.compile("nodelist\\.node\\.(\\d+)\\.(.+)");
    private static final Pattern OF_RING = Pattern.compile("ring(\\d+)_addr");

    private final SortedMap<String, ConfKey> keys;
    private final Machine machine;
    private final String transport;
    private final boolean hasLocal;

    /** The node that this machine is; without one Corosync goes on with the last one. */
    private final int local;

    private final String ipVersion;

    /** The addresses of the nodes on each link that is configured, in Corosync's order of nodes. */
    private final SortedMap<Integer, List<String>> links = new TreeMap<>();

    /** Group and own address of the links that have them. */
    private final SortedMap<Integer, String> groups = new TreeMap<>();

    private final SortedMap<Integer, String> bound = new TreeMap<>();

    private TotemVerdict(SortedMap<String, ConfKey> keys, Machine machine, int local) {
        this.keys = keys;
        this.machine = machine;
        this.transport = value("totem.transport").orElse("knet");
        this.hasLocal = local >= 0;
        List<Integer> positions = positions();
        this.local = hasLocal || positions.isEmpty() ? local : positions.getLast();
        this.ipVersion =
                value("totem.ip_version").orElse(transport.equals("udp") ? "ipv4" : "ipv6-4");
    }

    /**
     * The first sentence; empty if there is none.
     *
     * @param local the position of the node that this machine is, or -1
     */
    static Optional<String> of(SortedMap<String, ConfKey> keys, Machine machine, int local) {
        TotemVerdict verdict = new TotemVerdict(keys, machine, local);
        return verdict.read().or(verdict::validate);
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(keys.get(key)).map(ConfKey::value);
    }

    private static Optional<String> when(boolean wrong, String sentence) {
        return wrong ? Optional.of(sentence) : Optional.empty();
    }

    private boolean isKnet() {
        return transport.equals("knet");
    }

    // ---- while it reads ----------------------------------------------------------------------

    private Optional<String> read() {
        return when(
                        !List.of("udpu", "udp", "knet").contains(transport),
                        "Invalid transport type. Should be udpu, udp or knet")
                .or(this::encryption)
                .or(() ->
                        when(
                                value("totem.link_mode").orElse("").length() >= LINK_MODE_BYTES_MAX,
                                "totem.link_mode is too long"))
                .or(this::interfaces)
                .or(this::nodes);
    }

    private String algorithm(String key, String secure) {
        boolean on = value("totem.secauth").filter("on"::equals).isPresent();
        return value(key).orElse(on ? secure : "none");
    }

    private boolean encrypts() {
        return !algorithm("totem.crypto_cipher", "aes256").equals("none")
                || !algorithm("totem.crypto_hash", "sha256").equals("none");
    }

    private Optional<String> encryption() {
        boolean cipher = !algorithm("totem.crypto_cipher", "aes256").equals("none");
        boolean hash = !algorithm("totem.crypto_hash", "sha256").equals("none");
        if (cipher && !hash) {
            return Optional.of("crypto_cipher requires crypto_hash with value other than none");
        }
        if (!encrypts()) {
            return Optional.empty();
        }
        Optional<String> file = value("totem.keyfile");
        Optional<String> key = value("totem.key");
        if (file.isEmpty() && key.isPresent()) {
            // The zero at its end counts.
            int bytes = key.get().length() + 1;
            return when(bytes > KEY_BYTES_MAX, "key is too long")
                    .or(() -> when(bytes < KEY_BYTES_MIN, "key is too short"));
        }
        return machine.problemWithKey(file.orElse(DEFAULT_KEY_FILE));
    }

    /** What {@code interface} sections configure, and the links that this node's addresses make. */
    private Optional<String> interfaces() {
        TreeSet<Integer> numbers = new TreeSet<>();
        SortedMap<Integer, String> bindings = new TreeMap<>();
        for (ConfKey key : keys.values()) {
            String[] names = key.name().split("\\.", 4);
            if (names.length == 4 && key.name().startsWith("totem.interface.")) {
                int number = number(names[2]);
                boolean counts = names[3].equals("bindnetaddr") || !transport.equals("udp");
                if (counts) {
                    numbers.add(number);
                }
                if (names[3].equals("bindnetaddr")) {
                    bindings.put(number, key.value());
                }
            }
        }
        if (local >= 0) {
            addressesOf(local)
                    .forEach((link, address) -> {
                        numbers.add(link);
                        bindings.put(link, address);
                    });
        }
        for (int link : numbers) {
            Optional<String> complaint = link(link, bindings.get(link));
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return 0;
        }
    }

    private SortedMap<Integer, String> addressesOf(int node) {
        SortedMap<Integer, String> addresses = new TreeMap<>();
        String prefix = "nodelist.node." + node + ".";
        for (ConfKey key : keys.tailMap(prefix).values()) {
            if (!key.name().startsWith(prefix)) {
                break;
            }
            Matcher ring = OF_RING.matcher(key.name().substring(prefix.length()));
            if (ring.matches()) {
                addresses.put(number(ring.group(1)), key.value());
            }
        }
        return addresses;
    }

    private Optional<String> link(int number, @Nullable String binding) {
        if (number >= LINKS_MAX) {
            return tooHigh(number);
        }
        String prefix = "totem.interface." + number + ".";
        if (binding != null) {
            Optional<String> own = machine.resolve(binding, ipVersion);
            if (own.isEmpty()) {
                return Optional.of("failed to parse bindnet address '" + binding + "'");
            }
            bound.put(number, own.get());
        }
        Optional<String> configured = value(prefix + "mcastaddr");
        if (configured.isPresent()) {
            Optional<String> group = machine.resolve(configured.get(), ipVersion);
            if (group.isEmpty()) {
                return Optional.of("failed to parse mcast address '" + configured.get() + "'");
            }
            groups.put(number, group.get());
        } else if (value("totem.cluster_name").isPresent()) {
            boolean six = bound.getOrDefault(0, "").contains(":");
            groups.put(number, six ? "ff15::1" : "239.192.0.1");
        }
        String way = value(prefix + "knet_transport").orElse("udp");
        if (!way.equals("udp") && !way.equals("sctp")) {
            return Optional.of("Unrecognised knet_transport. expected 'udp' or 'sctp'");
        }
        links.put(number, new ArrayList<>());
        return keys.containsKey("nodelist.node.0.ring0_addr")
                ? Optional.empty()
                : keys.values().stream()
                        .filter(key -> key.name().startsWith(prefix + "member."))
                        .map(ConfKey::value)
                        .filter(address -> machine.resolve(address, ipVersion).isEmpty())
                        .map(TotemVerdict::notAnAddress)
                        .findFirst();
    }

    private static Optional<String> tooHigh(int number) {
        return Optional.of(
                "interface ring number %d is bigger than allowed maximum 7".formatted(number));
    }

    private static String notAnAddress(String address) {
        return "failed to parse node address '" + address + "'";
    }

    private boolean hasNodes() {
        return keys.containsKey("nodelist.node.0.name")
                || keys.containsKey("nodelist.node.0.ring0_addr");
    }

    /** The numbers of the nodes in the order of their keys: 10 is before 2. */
    private List<Integer> positions() {
        List<Integer> positions = new ArrayList<>();
        for (String key : keys.keySet()) {
            Matcher node = OF_NODE.matcher(key);
            if (node.matches() && !positions.contains(number(node.group(1)))) {
                positions.add(number(node.group(1)));
            }
        }
        return positions;
    }

    private long configuredId(int node) {
        return value("nodelist.node." + node + ".nodeid").map(Long::parseLong).orElse(0L);
    }

    /** 0 if there is no address to make a number from, -1 if it is none of IPv4. */
    private long madeId(int node) {
        Optional<String> address = value("nodelist.node." + node + ".ring0_addr");
        if (address.isEmpty()) {
            return 0;
        }
        return machine.resolve(address.get(), "ipv4")
                .filter(Ipv4::isLiteral)
                .map(Ipv4::bits)
                .map(bits -> bits & (clearsHighBit() ? 0x7FFF_FFFFL : 0xFFFF_FFFFL))
                .orElse(-1L);
    }

    private boolean clearsHighBit() {
        return value("totem.clear_node_high_bit").filter("yes"::equals).isPresent();
    }

    private Optional<String> nodes() {
        if (!hasNodes()) {
            return Optional.empty();
        }
        if (local >= 0 && configuredId(local) == 0) {
            if (isKnet()) {
                return Optional.of("Knet requires an explicit nodeid for the local node");
            }
            if (madeId(local) == -1) {
                return Optional.of("An IPV6 network requires that a node ID be specified");
            }
        }
        links.values().forEach(List::clear);
        for (int node : positions()) {
            Optional<String> complaint = node(node);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<String> node(int node) {
        for (var entry : addressesOf(node).entrySet()) {
            int link = entry.getKey();
            String address = entry.getValue();
            if (link >= LINKS_MAX) {
                return tooHigh(link);
            }
            long id = configuredId(node);
            if (id == 0 && !isKnet() && madeId(node) == -1) {
                return Optional.of(
                        "An IPV6 network requires that a node ID be specified for address '%s'."
                                .formatted(address));
            }
            if (id == 0 && isKnet()) {
                return Optional.of(
                        "Knet requires an explicit nodeid to be specified for address '%s'."
                                .formatted(address));
            }
            if (id >= KNET_NODE_ID_MAX && isKnet()) {
                return Optional.of(
                        "Knet requires nodeid to be less than 65536 for address '%s'."
                                .formatted(address));
            }
            Optional<String> resolved = machine.resolve(address, ipVersion);
            if (resolved.isEmpty()) {
                return Optional.of(notAnAddress(address));
            }
            links.computeIfAbsent(link, _ -> new ArrayList<>()).add(resolved.get());
        }
        return Optional.empty();
    }

    // ---- when it has read all ----------------------------------------------------------------

    private Optional<String> validate() {
        return when(links.isEmpty(), "No interfaces defined")
                .or(() -> when(!hasLocal, "No valid name found for local host"))
                .or(this::eachLink)
                .or(() ->
                        when(
                                !value("totem.version").orElse("0").equals("2"),
                                "This totem parser can only parse version 2 configurations."))
                .or(() -> TimeoutVerdict.of(keys, members(0)))
                .or(this::equalLinks)
                .or(this::families)
                .or(this::doubledIds)
                .or(this::linkMode)
                .or(() ->
                        when(
                                !isKnet() && links.size() > 1,
                                "%d is too many configured interfaces for non-Knet transport."
                                        .formatted(links.size())))
                .or(() ->
                        when(
                                !isKnet() && encrypts(),
                                "crypto_cipher & crypto_hash are only valid for the Knet transport."));
    }

    private int members(int link) {
        return links.getOrDefault(link, List.of()).size();
    }

    private Optional<String> eachLink() {
        for (int number : links.keySet()) {
            Optional<String> complaint = oneLink(number);
            if (complaint.isPresent()) {
                return complaint;
            }
        }
        return Optional.empty();
    }

    private Optional<String> oneLink(int number) {
        String prefix = "totem.interface." + number + ".";
        boolean isUdp = transport.equals("udp");
        boolean broadcasts = value(prefix + "broadcast").filter("yes"::equals).isPresent();
        String group = groups.getOrDefault(number, "");
        String bind = bound.getOrDefault(number, "");
        // Links that only other nodes have got neither a port nor a time to live.
        boolean own = addressesOf(local).containsKey(number);
        boolean read =
                own
                        || keys.keySet().stream().anyMatch(key -> key.startsWith(prefix)) && !isUdp
                        || keys.containsKey(prefix + "bindnetaddr");
        String port = value(prefix + "mcastport").orElse("5405");
        boolean noPort = !read || port.equals("0") && !own;
        String ttl = read ? value(prefix + "ttl").orElse("1") : "0";
        String priority = value(prefix + "knet_link_priority").orElse("1");
        return when(
                        isUdp && group.isEmpty() && !broadcasts,
                        "No multicast address specified for interface " + number)
                .or(() -> when(noPort, "No multicast port specified for interface " + number))
                .or(() ->
                        when(
                                !isUdp && !ttl.equals("1"),
                                "Can only set ttl on multicast transport types for interface "
                                        + number))
                .or(() ->
                        when(
                                !isKnet() && !priority.equals("1"),
                                "Can only set link priority on knet transport type for interface "
                                        + number))
                .or(() ->
                        when(
                                isUdp && !broadcasts && group.contains(":") != bind.contains(":"),
                                "Multicast address family does not match bind address family for interface "
                                        + number))
                .or(() ->
                        when(
                                isUdp && !broadcasts && !isMulticast(group),
                                "mcastaddr is not a correct multicast address for interface "
                                        + number));
    }

    private static boolean isMulticast(String address) {
        return Ipv4.isLiteral(address)
                ? Ipv4.bits(address) >>> 28 == 0xE
                : address.startsWith("ff");
    }

    private Optional<String> equalLinks() {
        if (links.size() < 2) {
            return Optional.empty();
        }
        int members = members(links.firstKey());
        for (int i = 0; i < members; i++) {
            if (!keys.containsKey("nodelist.node." + i + ".name")) {
                return Optional.of(
                        "for a multi-link configuration, all nodes must have a 'name' attribute");
            }
        }
        return when(
                links.values().stream().anyMatch(nodes -> nodes.size() != members),
                "Not all nodes have the same number of links");
    }

    private Optional<String> families() {
        for (var link : links.entrySet()) {
            List<String> nodes = link.getValue();
            for (String node : nodes) {
                if (node.contains(":") != nodes.getFirst().contains(":")) {
                    return Optional.of(
                            "Nodes for link %d have different IP families (compared %s with %s)"
                                    .formatted(link.getKey(), node, nodes.getFirst()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> doubledIds() {
        List<Integer> positions = positions();
        for (int i = 1; i < positions.size(); i++) {
            int node = positions.get(i);
            boolean made = !keys.containsKey("nodelist.node." + node + ".nodeid");
            long id = made ? madeId(node) : configuredId(node);
            for (int before : positions.subList(0, i)) {
                boolean same =
                        keys.containsKey("nodelist.node." + before + ".nodeid")
                                ? configuredId(before) == id
                                : !isKnet() && madeId(before) == id;
                if (same && id != -1) {
                    return Optional.of("Nodeid " + id + " appears twice in corosync.conf");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> linkMode() {
        String mode = value("totem.link_mode").orElse("passive");
        return when(
                !List.of("active", "rr", "passive").contains(mode),
                "The Knet link mode \"%s\" specified is invalid.  It must be active, passive or rr."
                        .formatted(mode));
    }
}
