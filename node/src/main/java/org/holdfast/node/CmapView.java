package org.holdfast.node;

import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.ConfKey;
import org.holdfast.corosyncconf.ConfKeys;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.corosyncconf.TotemSettings;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.QuorumConfig.AutoTieBreakerRule;
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
    private final boolean quorumChanged;
    private final ProgramInfo.All programs;
    private final SortedMap<String, CmapEntry> entries = new TreeMap<>();

    CmapView(
            NodeConfiguration configuration,
            ClusterAccess cluster,
            boolean reloaded,
            boolean quorumChanged,
            ProgramInfo.All programs) {
        this.configuration = configuration;
        this.cluster = cluster;
        this.reloaded = reloaded;
        this.quorumChanged = quorumChanged;
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

    /** What the file says, and what Corosync adds to it at the start. */
    private void sections() {
        ClusterConf conf = configuration.conf();
        for (ConfKey key : ConfKeys.of(conf.file())) {
            put(key.name(), key.type(), key.value());
        }
        if (!reloaded) {
            // As Corosync: these keys are not made again when the file is.
            put("totem.interface.0.bindnetaddr", "str", configuration.self().address());
            if (conf.totem().transport() == TotemSettings.Transport.UDP) {
                String prefix = "totem.interface.0.";
                putIfAbsent(prefix + "mcastaddr", "str", RingSockets.groupName(configuration));
                putIfAbsent(prefix + "mcastport", "u16", Integer.toString(conf.totem().port()));
            }
        }
    }

    private void putIfAbsent(String key, String type, String value) {
        entries.putIfAbsent(key, new CmapEntry(key, type, value));
    }

    /** The services that take part in the ring, by Corosync's names and numbers. */
    private void services() {
        List<String> names =
                configuration.cluster().quorum().provider()
                        ? List.of("cmap", "cfg", "cpg", "quorum", "", "votequorum", "mon")
                        : List.of("cmap", "cfg", "cpg", "quorum", "", "", "mon");
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

    /** Nodes without a number get the one that their address makes. */
    private void nodes() {
        for (ConfiguredNode node : configuration.conf().nodes()) {
            put("nodelist.node." + node.position() + ".nodeid", "u32", node.id().toString());
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
        knet(prefix, totem.tokenTimeoutMillis());
    }

    /** What the file says about knet is worked out with any transport. */
    private void knet(String prefix, int tokenMillis) {
        TotemSettings totem = configuration.conf().totem();
        configured(prefix, "knet_pmtud_interval", 30);
        configured(prefix, "knet_mtu", 0);
        configured(prefix, "knet_compression_threshold", 0);
        long level = totem.number("knet_compression_level").orElse(0);
        put(prefix + "knet_compression_level", "i32", Long.toString(level));
        String model = totem.section().value("knet_compression_model").orElse("none");
        put(prefix + "knet_compression_model", "str", model);
        long pongs = linkNumber("knet_pong_count", 2);
        String link = prefix + "interface.0.";
        long timeout = linkNumber("knet_ping_timeout", tokenMillis / pongs);
        long interval = linkNumber("knet_ping_interval", tokenMillis / (pongs * 2));
        put(link + "knet_ping_timeout", "u32", Long.toString(timeout));
        put(link + "knet_ping_interval", "u32", Long.toString(interval));
    }

    private long linkNumber(String key, long otherwise) {
        CmapEntry entry = entries.get("totem.interface.0." + key);
        long value = entry == null ? 0 : Long.parseLong(entry.value());
        return value == 0 ? otherwise : value;
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
        if (quorumChanged || rules.autoTieBreaker() != AutoTieBreakerRule.NONE) {
            // As Corosync, which writes it only when the rule counts, or is read again.
            put(prefix + "atb_type", rules.autoTieBreaker().ordinal());
        }
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
