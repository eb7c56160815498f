package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.holdfast.corosyncconf.Finding.Kind;

/** What must hold between keys, and what this version cannot do yet. */
final class ConsistencyRules {

    private final ConfSection file;
    private final List<Finding> findings = new ArrayList<>();

    private ConsistencyRules(ConfSection file) {
        this.file = file;
    }

    static List<Finding> check(ConfSection file) {
        ConsistencyRules rules = new ConsistencyRules(file);
        rules.checkTotem();
        rules.checkNodes();
        rules.checkQuorum();
        return rules.findings;
    }

    private void checkTotem() {
        List<ConfSection> sections = file.sections("totem");
        if (sections.isEmpty()) {
            add(
                    Kind.ERROR,
                    0,
                    "totem",
                    "This totem parser can only parse version 2 configurations. There is no totem section.");
            return;
        }
        ConfSection totem = Merged.section(file, "totem");
        if (totem.entry("version").isEmpty()) {
            add(
                    Kind.ERROR,
                    totem.line(),
                    "totem.version",
                    "This totem parser can only parse version 2 configurations. Add \"version: 2\".");
        }
        checkTransport(totem);
        totem.sections("interface").forEach(link -> checkLink(totem, link));
        for (ConfSection subsystem :
                file.sections("logging").stream()
                        .flatMap(logging -> logging.sections("logger_subsys").stream())
                        .toList()) {
            if (subsystem.entry("subsys").isEmpty()) {
                add(
                        Kind.ERROR,
                        subsystem.line(),
                        "logging.logger_subsys",
                        "No subsys key in logger_subsys directive");
            }
        }
        for (String key : List.of("crypto_cipher", "crypto_hash", "secauth")) {
            totem.entry(key).ifPresent(entry -> checkCrypto(entry));
        }
        for (ConfSection link : totem.sections("interface")) {
            link.entry("linknumber")
                    .or(() -> link.entry("ringnumber"))
                    .filter(number -> !number.value().equals("0"))
                    .ifPresent(number ->
                            unsupported(
                                    number,
                                    "totem.interface",
                                    "udpu and udp have link 0 only; more links need knet"));
        }
    }

    private void checkTransport(ConfSection totem) {
        Optional<ConfEntry> transport = totem.entry("transport");
        String name = transport.map(ConfEntry::value).orElse("knet");
        if (!name.equals("knet")) {
            return;
        }
        String text =
                transport.isPresent()
                        ? "transport knet is not supported yet."
                        : "transport is not set, which means knet, and knet is not supported yet.";
        add(
                Kind.UNSUPPORTED,
                transport.map(ConfEntry::line).orElse(totem.line()),
                "totem.transport",
                text + " Use \"transport: udpu\" on every node.");
    }

    private void checkLink(ConfSection totem, ConfSection link) {
        boolean multicast = totem.value("transport").orElse("knet").equals("udp");
        link.entry("ttl")
                .filter(ttl -> !multicast && !ttl.value().equals("1"))
                .ifPresent(ttl ->
                        add(
                                Kind.ERROR,
                                ttl.line(),
                                "totem.interface.ttl",
                                "Can only set ttl on multicast transport types for interface 0"));
        link.entry("knet_link_priority")
                .filter(priority -> !priority.value().equals("1"))
                .ifPresent(priority ->
                        add(
                                Kind.ERROR,
                                priority.line(),
                                "totem.interface.knet_link_priority",
                                "Can only set link priority on knet transport type for interface 0"));
        link.entry("mcastaddr").ifPresent(address -> checkGroup(address, multicast));
    }

    private void checkGroup(ConfEntry address, boolean multicast) {
        String text = address.value();
        String problem = "";
        if (!Ipv4.isLiteral(text) && text.indexOf(':') < 0) {
            problem = "failed to parse mcast address '" + text + "'";
        } else if (multicast && Ipv4.isLiteral(text) && Ipv4.bits(text) >>> 28 != 0xE) {
            problem = "mcastaddr is not a correct multicast address for interface 0";
        } else if (multicast && !Ipv4.isLiteral(text) && allNodesHaveIpv4()) {
            problem = "failed to parse mcast address '" + text + "'";
        }
        if (!problem.isEmpty()) {
            add(Kind.ERROR, address.line(), "totem.interface.mcastaddr", problem);
        }
    }

    private boolean allNodesHaveIpv4() {
        return NodeSections.of(file).stream()
                .allMatch(node -> node.value("ring0_addr").filter(Ipv4::isLiteral).isPresent());
    }

    /** Nodes of both families cannot hear each other. */
    private void checkFamilies() {
        String first = "";
        for (ConfSection node : NodeSections.of(file)) {
            String address = node.value("ring0_addr").orElse("");
            boolean six = address.indexOf(':') >= 0;
            if (!six && !Ipv4.isLiteral(address)) {
                continue;
            }
            first = first.isEmpty() ? address : first;
            if (six != first.indexOf(':') >= 0) {
                add(
                        Kind.ERROR,
                        node.line(),
                        "nodelist.node.ring0_addr",
                        "Nodes for link 0 have different IP families (compared %s with %s)"
                                .formatted(address, first));
                return;
            }
        }
    }

    private void checkCrypto(ConfEntry entry) {
        boolean off = List.of("none", "off", "no").contains(entry.value());
        if (!off) {
            unsupported(
                    entry,
                    "totem." + entry.name(),
                    "only knet encrypts, udpu and udp send in the clear; set it to "
                            + (entry.name().equals("secauth") ? "off" : "none"));
        }
    }

    private void checkNodes() {
        checkFamilies();
        Map<String, ConfEntry> seen = new TreeMap<>();
        for (ConfSection node : NodeSections.of(file)) {
            if (node.entry("ring0_addr").isEmpty()) {
                add(Kind.ERROR, node.line(), "nodelist.node", "a node must have a ring0_addr.");
            }
            // Of a key that is there twice the last one counts.
            node.entries().stream()
                    .filter(entry -> node.entry(entry.name()).filter(entry::equals).isPresent())
                    .forEach(entry -> checkNodeEntry(entry, seen));
            checkNumberOrAddress(node);
        }
    }

    private void checkNumberOrAddress(ConfSection node) {
        ConfEntry address = node.entry("ring0_addr").orElse(null);
        if (address == null) {
            return;
        }
        if (!address.value().matches("[A-Za-z0-9._:%-]+")) {
            add(
                    Kind.ERROR,
                    address.line(),
                    "nodelist.node.ring0_addr",
                    "failed to parse node address '"
                            + address.value()
                            + "': it is neither an address nor a host name.");
        } else if (node.entry("nodeid").isEmpty() && !Ipv4.isLiteral(address.value())) {
            add(
                    Kind.ERROR,
                    node.line(),
                    "nodelist.node.nodeid",
                    "a node needs a nodeid unless its address is an IPv4 one; "
                            + address.value()
                            + " is not.");
        }
    }

    private void checkNodeEntry(ConfEntry entry, Map<String, ConfEntry> seen) {
        String path = "nodelist.node." + entry.name();
        boolean address = entry.name().startsWith("ring");
        if (address && !entry.name().equals("ring0_addr")) {
            unsupported(entry, path, "udpu and udp have one link; more links need knet");
        }
        if (entry.name().equals("nodeid") && entry.value().equals("0")) {
            add(Kind.ERROR, entry.line(), path, "nodeid 0 is reserved.");
        }
        if (!address && !entry.name().equals("name") && !entry.name().equals("nodeid")) {
            return;
        }
        String what = address ? "address" : entry.name();
        ConfEntry first = seen.putIfAbsent(what + " " + entry.value(), entry);
        if (first != null) {
            String text =
                    (what.equals("nodeid")
                                    ? "Nodeid "
                                            + entry.value()
                                            + " appears twice in corosync.conf: "
                                    : "")
                            + "%s %s is already that of the node in line %d."
                                    .formatted(what, entry.value(), first.line());
            add(Kind.ERROR, entry.line(), path, text);
        }
    }

    private void checkQuorum() {
        ConfSection quorum = Merged.section(file, "quorum");
        for (ConfSection device : quorum.sections("device")) {
            if (device.entry("model").isPresent()) {
                add(
                        Kind.IGNORED,
                        device.line(),
                        "quorum.device",
                        "corosync-qdevice cannot register here yet: the device's votes count as"
                                + " missing.");
            }
        }
        boolean votes = quorum.value("provider").isPresent();
        if (votes
                && file.sections("nodelist").isEmpty()
                && quorum.value("expected_votes").isEmpty()) {
            add(
                    Kind.ERROR,
                    quorum.line(),
                    "quorum.expected_votes",
                    "configuration error: nodelist or quorum.expected_votes must be configured!");
        }
    }

    private void unsupported(ConfEntry entry, String path, String why) {
        String text = "%s: %s is not supported: %s.".formatted(path, entry.value(), why);
        add(Kind.UNSUPPORTED, entry.line(), path, text);
    }

    private void add(Kind kind, int line, String path, String text) {
        findings.add(new Finding(kind, line, path, text));
    }
}
