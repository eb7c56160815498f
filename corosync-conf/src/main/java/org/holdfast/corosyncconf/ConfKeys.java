package org.holdfast.corosyncconf;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configuration map that Corosync makes of a file (coroparse; cmap_keys(7)): a value is stored
 * under its sections' names with dots between, the last one of a name counts, and sections that may
 * be there several times get their number or name in between.
 */
public final class ConfKeys {

    private static final Set<String> WIDE =
            new TreeSet<>(
                    List.of(
                            "totem.version",
                            "totem.nodeid",
                            "totem.threads",
                            "totem.token",
                            "totem.token_coefficient",
                            "totem.token_retransmit",
                            "totem.token_warning",
                            "totem.hold",
                            "totem.token_retransmits_before_loss_const",
                            "totem.join",
                            "totem.send_join",
                            "totem.consensus",
                            "totem.merge",
                            "totem.downcheck",
                            "totem.fail_recv_const",
                            "totem.seqno_unchanged_const",
                            "totem.heartbeat_failures_allowed",
                            "totem.max_network_delay",
                            "totem.window_size",
                            "totem.max_messages",
                            "totem.miss_count_const",
                            "totem.knet_pmtud_interval",
                            "totem.knet_mtu",
                            "totem.knet_compression_threshold",
                            "totem.netmtu",
                            "totem.interface.knet_ping_interval",
                            "totem.interface.knet_ping_timeout",
                            "totem.interface.knet_ping_precision",
                            "totem.interface.knet_pong_count",
                            "nodelist.node.nodeid",
                            "nodelist.node.quorum_votes",
                            "quorum.expected_votes",
                            "quorum.votes",
                            "quorum.last_man_standing_window",
                            "quorum.leaving_timeout",
                            "quorum.device.timeout",
                            "quorum.device.sync_timeout",
                            "quorum.device.votes",
                            "resources.watchdog_timeout"));

    private static final Set<String> NARROW =
            new TreeSet<>(
                    List.of(
                            "totem.ip_dscp",
                            "totem.interface.ttl",
                            "totem.interface.knet_link_priority",
                            "quorum.two_node",
                            "quorum.expected_votes_tracking",
                            "quorum.allow_downscale",
                            "quorum.wait_for_all",
                            "quorum.auto_tie_breaker",
                            "quorum.last_man_standing",
                            "quorum.device.master_wins"));

    /** What an {@code interface} section stores under its number; the rest stays without one. */
    private static final Set<String> OF_LINK =
            new TreeSet<>(
                    List.of(
                            "bindnetaddr",
                            "mcastaddr",
                            "broadcast",
                            "mcastport",
                            "ttl",
                            "knet_link_priority",
                            "knet_ping_interval",
                            "knet_ping_timeout",
                            "knet_ping_precision",
                            "knet_pong_count",
                            "knet_transport"));

    private final Map<String, ConfKey> keys = new LinkedHashMap<>();

    private ConfKeys() {}

    /**
     * The keys of a file that {@link ConfChecker} found nothing fatal in. Users and groups of
     * {@code uidgid} sections are not among them, since their numbers are the machine's.
     */
    public static Collection<ConfKey> of(ConfSection file) {
        ConfKeys made = new ConfKeys();
        made.section(file, "");
        return List.copyOf(made.keys.values());
    }

    /** Whether an {@code interface} section stores a key under its number. */
    static boolean isOfLink(String name) {
        return OF_LINK.contains(name);
    }

    /** The numbers that a value may be; null where it is a text. */
    static ValueRule.@Nullable Number range(String path) {
        return switch (type(path)) {
            case "u32" -> ValueRule.Number.U32;
            case "u8" -> path.equals("totem.ip_dscp") ? null : ValueRule.Number.U8;
            case "u16" -> ValueRule.Number.U16;
            case "i32" -> ValueRule.Number.I32;
            case "u64" -> ValueRule.Number.U64;
            default -> null;
        };
    }

    private void section(ConfSection section, String path) {
        int node = 0;
        for (ConfItem item : section.items()) {
            String inner = path.isEmpty() ? item.name() : path + "." + item.name();
            switch (item) {
                case ConfEntry entry -> put(inner, inner, entry.value());
                case ConfSection child -> {
                    switch (inner) {
                        case "uidgid" -> {}
                        case "nodelist.node" -> node(child, node++);
                        case "totem.interface" -> link(child);
                        case "logging.logger_subsys" ->
                                named(child, "logging.logger_subsys." + subsystem(child), "subsys");
                        case "logging.logging_daemon" -> daemon(child);
                        default -> section(child, inner);
                    }
                }
            }
        }
    }

    /** A second nodelist begins with node 0 again. */
    private void node(ConfSection node, int position) {
        for (ConfEntry entry : node.entries()) {
            String name = entry.name();
            put("nodelist.node." + name, "nodelist.node." + position + "." + name, entry.value());
        }
    }

    private void link(ConfSection link) {
        String number = link.value("linknumber").map(ConfKeys::decimal).orElse("0");
        String path = "totem.interface.";
        for (ConfEntry entry : link.entries()) {
            String name = entry.name();
            if (!name.equals("linknumber")) {
                boolean numbered = OF_LINK.contains(name);
                put(path + name, path + (numbered ? number + "." : "") + name, entry.value());
            }
        }
        // Corosync puts each in front of those before.
        List<String> members = new ArrayList<>();
        for (ConfSection member : link.sections("member")) {
            member.entries().forEach(entry -> members.addFirst(entry.value()));
        }
        for (int i = 0; i < members.size(); i++) {
            String name = path + number + ".member." + i;
            put(name, name, members.get(i));
        }
    }

    private static String subsystem(ConfSection section) {
        return section.value("subsys").orElse("");
    }

    /** A section of one name: of a key that is there twice the first one counts. */
    private void named(ConfSection section, String path, String... names) {
        for (ConfEntry entry : section.entries().reversed()) {
            boolean isName = entry.name().equals("subsys") || entry.name().equals("name");
            if (!isName) {
                put("", path + "." + entry.name(), entry.value());
            }
        }
        for (String name : names) {
            put("", path + "." + name, section.value(name).orElse(""));
        }
    }

    /** {@code logging_daemon} of this daemon is another way to write the logging section. */
    private void daemon(ConfSection section) {
        String name = section.value("name").orElse("");
        boolean own = name.equals("corosync");
        boolean ofSubsystem = section.entry("subsys").isPresent();
        if (own && ofSubsystem) {
            named(section, "logging.logger_subsys." + subsystem(section), "subsys");
        } else if (own) {
            named(section, "logging");
        } else if (ofSubsystem) {
            String path = "logging.logging_daemon." + name + "." + subsystem(section);
            named(section, path, "subsys", "name");
        } else {
            named(section, "logging.logging_daemon." + name, "name");
        }
    }

    private void put(String rule, String name, String value) {
        String type = type(rule);
        String stored =
                switch (type) {
                    case "str" -> value;
                    case "u8" ->
                            rule.equals("totem.ip_dscp")
                                    ? Integer.toString(ValueRule.Dscp.codePoint(value))
                                    : decimal(value);
                    default -> decimal(value);
                };
        keys.put(name, new ConfKey(name, type, stored));
    }

    /** The type that a key of the map has when the file makes it. */
    public static String typeOf(String key) {
        return type(
                key.replaceFirst("^totem\\.interface\\.\\d+\\.", "totem.interface.")
                        .replaceFirst("^nodelist\\.node\\.\\d+\\.", "nodelist.node."));
    }

    private static String type(String path) {
        if (WIDE.contains(path)) {
            return "u32";
        }
        if (NARROW.contains(path)) {
            return "u8";
        }
        if (path.startsWith("resources.") && path.endsWith(".poll_period")) {
            return "u64";
        }
        return switch (path) {
            case "totem.config_version" -> "u64";
            case "totem.knet_compression_level" -> "i32";
            case "totem.interface.mcastport" -> "u16";
            default -> "str";
        };
    }

    /** Without sign and zeros in front. */
    private static String decimal(String number) {
        try {
            return new BigInteger(number.strip()).toString();
        } catch (NumberFormatException notChecked) {
            return number;
        }
    }
}
