package org.holdfast.node;

import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ConfEntry;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.QuorumStatus;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.layer.MessageCounts;
import org.holdfast.wire.service.ServiceId;

/**
 * The keys that Corosync keeps in its configuration map, made from the configuration and the
 * layer's present state when somebody asks. Names and types are those of cmap_keys(7).
 */
final class CmapView {

    private final NodeConfiguration configuration;
    private final ClusterAccess cluster;
    private final boolean reloaded;
    private final ProgramInfo.All programs;
    private final SortedMap<String, CmapEntry> entries = new TreeMap<>();

    CmapView(
            NodeConfiguration configuration,
            ClusterAccess cluster,
            boolean reloaded,
            ProgramInfo.All programs) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.reloaded = reloaded;
        this.programs = programs;
    }

    List<CmapEntry> entries() {
        sections();
        nodes();
        services();
        runtimeConfig(cluster.layer().config().totem());
        votequorum(cluster.layer().quorumStatus());
        members(cluster.layer().members());
        heldOff(cluster.layer().heldOff());
        messages(cluster.layer().messageCounts());
        long wallNanos = InstantSource.system().millis() * 1_000_000;
        ResourceView.addTo(entries, configuration.conf().file(), wallNanos);
        StatsView.addTo(entries, cluster, programs);
        return List.copyOf(entries.values());
    }

    private void sections() {
        if (!reloaded) {
            // As Corosync: the key is not made again when the file is.
            put(
                    "totem.interface.0.bindnetaddr",
                    "str",
                    configuration.ownAddress().getAddress().getHostAddress());
        }
        for (ConfSection section : configuration.conf().file().sections()) {
            if (List.of("totem", "quorum", "logging", "system").contains(section.name())) {
                for (ConfEntry entry : section.entries()) {
                    String key = section.name() + "." + entry.name();
                    put(key, typeOf(key, entry.value()), entry.value());
                }
            }
        }
        for (ConfSection link : configuration.conf().totem().section().sections("interface")) {
            String number = link.value("linknumber").or(() -> link.value("ringnumber")).orElse("0");
            for (ConfEntry entry : link.entries()) {
                if (!entry.name().endsWith("number")) {
                    String key = "totem.interface." + number + "." + entry.name();
                    put(key, linkType(entry.name()), entry.value());
                }
            }
        }
        for (ConfSection own : configuration.conf().logging().section().sections("logger_subsys")) {
            String prefix = "logging.logger_subsys." + own.value("subsys").orElse("") + ".";
            own.entries().forEach(entry -> put(prefix + entry.name(), "str", entry.value()));
        }
        for (ConfSection device : configuration.conf().quorum().section().sections("device")) {
            device("quorum.device.", device);
        }
    }

    private void device(String prefix, ConfSection section) {
        for (ConfEntry entry : section.entries()) {
            boolean number = List.of("votes", "timeout", "sync_timeout").contains(entry.name());
            put(prefix + entry.name(), number ? "u32" : "str", entry.value());
        }
        section.sections().forEach(inner -> device(prefix + inner.name() + ".", inner));
    }

    private static String linkType(String name) {
        return switch (name) {
            case "mcastport" -> "u16";
            case "ttl", "knet_link_priority" -> "u8";
            case "knet_ping_interval",
                    "knet_ping_timeout",
                    "knet_ping_precision",
                    "knet_pong_count" ->
                    "u32";
            default -> "str";
        };
    }

    /** The services that take part in the ring, by Corosync's names and numbers. */
    private void services() {
        List<String> names =
                configuration.cluster().quorum().provider()
                        ? List.of("cmap", "cfg", "cpg", "quorum", "", "votequorum")
                        : List.of("cmap", "cfg", "cpg", "quorum");
        for (int id = 0; id < names.size(); id++) {
            if (!names.get(id).isEmpty()) {
                String prefix = "internal_configuration.service." + id + ".";
                put(prefix + "name", "str", "corosync_" + names.get(id));
                put(prefix + "ver", 0);
                String number = Integer.toString(id);
                put("runtime.services." + names.get(id) + ".service_id", "u16", number);
            }
        }
        if (reloaded) {
            put("config.reload_in_progress", "u8", "0");
            put("config.reload_status", "i32", "1");
            put("config.totemconfig_reload_in_progress", "u8", "0");
        }
    }

    /** What services have sent and got, by the numbers of their functions. */
    private void messages(MessageCounts counts) {
        messages(counts, "cmap", ServiceId.CMAP, 1);
        messages(counts, "cfg", ServiceId.CFG, 5);
        messages(counts, "cpg", ServiceId.CPG, 7);
        if (configuration.cluster().quorum().provider()) {
            messages(counts, "votequorum", ServiceId.VOTEQUORUM, 4);
        }
    }

    private void messages(MessageCounts counts, String name, int service, int functions) {
        for (int function = 0; function < functions; function++) {
            String prefix = "runtime.services." + name + "." + function + ".";
            put(prefix + "rx", "u64", Long.toString(counts.received(service, function)));
            put(prefix + "tx", "u64", Long.toString(counts.sent(service, function)));
        }
    }

    private static String typeOf(String key, String value) {
        if (key.equals("totem.config_version")) {
            return "u64";
        }
        boolean number = value.matches("[0-9]+");
        if (number && key.startsWith("totem.")) {
            return key.equals("totem.cluster_name") ? "str" : "u32";
        }
        if (number && key.startsWith("quorum.")) {
            boolean wide = key.endsWith("votes") || key.endsWith("window");
            return wide ? "u32" : "u8";
        }
        return "str";
    }

    private void nodes() {
        for (ConfiguredNode node : configuration.conf().nodes()) {
            String prefix = "nodelist.node." + node.position() + ".";
            put(prefix + "nodeid", "u32", node.id().toString());
            put(prefix + "ring0_addr", "str", node.address());
            if (!node.name().equals(node.address())) {
                put(prefix + "name", "str", node.name());
            }
            if (node.votes() != 1) {
                put(prefix + "quorum_votes", "u32", Integer.toUnsignedString(node.votes()));
            }
        }
        put("nodelist.local_node_pos", "u32", Integer.toString(configuration.self().position()));
    }

    private void runtimeConfig(TotemConfig totem) {
        String prefix = "runtime.config.totem.";
        put(prefix + "token", totem.tokenTimeoutMillis());
        put(prefix + "token_warning", totem.tokenWarningPercent());
        put(prefix + "token_retransmit", totem.tokenRetransmitMillis());
        put(prefix + "token_retransmits_before_loss_const", totem.tokenRetransmitsBeforeLoss());
        put(prefix + "hold", totem.holdMillis());
        put(prefix + "join", totem.joinMillis());
        put(prefix + "send_join", totem.sendJoinMillis());
        put(prefix + "consensus", totem.consensusMillis());
        put(prefix + "merge", totem.mergeMillis());
        put(prefix + "fail_recv_const", totem.failToReceiveConst());
        put(prefix + "seqno_unchanged_const", totem.seqnoUnchangedConst());
        put(prefix + "window_size", totem.windowSize());
        put(prefix + "max_messages", totem.maxMessages());
        put(prefix + "miss_count_const", totem.missCountConst());
        configured(prefix, "downcheck", 1000);
        configured(prefix, "heartbeat_failures_allowed", 0);
        configured(prefix, "max_network_delay", 50);
        put(
                prefix + "cancel_token_hold_on_retransmit",
                totem.cancelTokenHoldOnRetransmit() ? 1 : 0);
        boolean blocks = configuration.conf().totem().flag("block_unlisted_ips", true);
        put(prefix + "block_unlisted_ips", blocks ? 1 : 0);
    }

    private void configured(String prefix, String key, int otherwise) {
        long value = configuration.conf().totem().number(key).orElse(0);
        put(prefix + key, "u32", Long.toString(value == 0 ? otherwise : value));
    }

    private void votequorum(QuorumStatus status) {
        if (!configuration.cluster().quorum().provider()) {
            return;
        }
        QuorumStatus.Rules rules = status.rules();
        String prefix = "runtime.votequorum.";
        put(prefix + "atb_type", rules.autoTieBreaker().ordinal());
        put(prefix + "ev_barrier", rules.expectedVotesBarrier());
        put(prefix + "this_node_id", configuration.self().id().value());
        put(prefix + "two_node", "u8", rules.twoNode() ? "1" : "0");
        if (rules.waitForAll()) {
            put(prefix + "wait_for_all_status", "u8", status.waitingForAll() ? "1" : "0");
        }
        if (rules.lowest().value() != 0) {
            put(prefix + "highest_node_id", rules.highest().value());
            put(prefix + "lowest_node_id", rules.lowest().value());
        }
        if (rules.trackedExpectedVotes() > 0) {
            put(prefix + "ev_tracking_barrier", rules.trackedExpectedVotes());
        }
        if (!configuration.cluster().quorum().device().isEmpty()) {
            put(prefix + "qdevice_can_operate", "u8", status.device().mayOperate() ? "1" : "0");
        }
        if (status.device().masterWins()) {
            put(prefix + "qdevice_master_wins", "u8", "1");
        }
    }

    private void members(List<NodeId> members) {
        String version = Long.toUnsignedString(configuration.cluster().configVersion());
        cluster.joins()
                .forEach((node, count) -> {
                    String prefix = "runtime.members." + node + ".";
                    put(prefix + "status", "str", members.contains(node) ? "joined" : "left");
                    put(prefix + "ip", "str", "r(0) ip(" + address(node) + ") ");
                    put(prefix + "config_version", "u64", version);
                    put(prefix + "join_count", count);
                });
    }

    private String address(NodeId id) {
        return configuration.conf().nodes().stream()
                .filter(node -> node.id().equals(id))
                .map(ConfiguredNode::address)
                .findFirst()
                .orElse("");
    }

    /** Why a node is not taken back yet; Corosync has no such keys. */
    private void heldOff(List<HoldOff> nodes) {
        for (HoldOff held : nodes) {
            String prefix = "runtime.members." + held.node() + ".holdoff_";
            put(prefix + "losses", "u32", Integer.toString(held.losses()));
            put(prefix + "remaining_ms", "u32", Long.toString(held.remainingNanos() / 1_000_000));
            put(prefix + "reason", "str", held.text());
        }
    }

    private void put(String key, int value) {
        put(key, "u32", Integer.toUnsignedString(value));
    }

    private void put(String key, String type, String value) {
        entries.put(key, new CmapEntry(key, type, value));
    }
}
