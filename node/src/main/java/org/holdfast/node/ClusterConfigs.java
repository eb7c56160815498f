package org.holdfast.node;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.corosyncconf.QuorumSettings;
import org.holdfast.corosyncconf.TotemSettings;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;

/** Corosync.conf's settings as the cluster layer wants them, with the limits of totemconfig. */
final class ClusterConfigs {

    private static final int VALUE_MAX = Integer.MAX_VALUE / 4;

    /** No timeout may be shorter; three ticks of a 100 Hz clock. */
    private static final int TIMEOUT_MILLIS_MIN = 30;

    /** Four fifths of that, less a tick. */
    private static final int HOLD_MILLIS_MIN = 14;

    private static final List<String> ZERO_MEANS_ZERO =
            List.of("token_coefficient", "token_warning", "send_join", "netmtu");

    private ClusterConfigs() {}

    static ClusterConfig of(ClusterConf conf, List<ConfiguredNode> nodes, NodeId self)
            throws ConfigurationException {
        try {
            List<ClusterNode> members = nodes.stream().map(ClusterConfigs::member).toList();
            return new ClusterConfig(
                    self,
                    members,
                    totem(conf.totem(), nodes.size(), usesIpv6(nodes)),
                    quorum(conf.quorum()),
                    conf.totem().configVersion());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    private static ClusterNode member(ConfiguredNode node) {
        String key = "nodelist.node." + node.position() + ".quorum_votes";
        int votes = whole(key, OptionalLong.of(Integer.toUnsignedLong(node.votes())), 1);
        return new ClusterNode(node.id(), node.name(), votes);
    }

    /** A number that this program counts with in 32 bits, sums included. */
    private static int whole(String key, OptionalLong number, int otherwise) {
        long value = number.orElse(otherwise);
        if (value > VALUE_MAX) {
            throw new IllegalArgumentException(key + ": " + value + " is too large");
        }
        return (int) value;
    }

    /** Host names count as IPv4; a wrong guess costs IP fragmentation, nothing else. */
    private static boolean usesIpv6(List<ConfiguredNode> nodes) {
        return nodes.stream().anyMatch(node -> node.address().indexOf(':') >= 0);
    }

    static TotemConfig totem(TotemSettings totem, int nodes, boolean ipv6)
            throws ConfigurationException {
        TotemConfig.Builder builder =
                TotemConfig.builder().clusterName(totem.clusterName()).ipv6(ipv6);
        set(totem, "token", builder::tokenMillis);
        set(totem, "token_coefficient", builder::tokenCoefficientMillis);
        set(totem, "token_warning", builder::tokenWarningPercent);
        set(totem, "token_retransmits_before_loss_const", builder::tokenRetransmitsBeforeLoss);
        set(totem, "token_retransmit", builder::tokenRetransmitMillis);
        set(totem, "hold", builder::holdMillis);
        set(totem, "join", builder::joinMillis);
        set(totem, "send_join", builder::sendJoinMillis);
        set(totem, "consensus", builder::consensusMillis);
        set(totem, "merge", builder::mergeMillis);
        set(totem, "fail_recv_const", builder::failToReceiveConst);
        set(totem, "seqno_unchanged_const", builder::seqnoUnchangedConst);
        set(totem, "window_size", builder::windowSize);
        set(totem, "max_messages", builder::maxMessages);
        set(totem, "miss_count_const", builder::missCountConst);
        set(totem, "netmtu", builder::netMtuBytes);
        builder.cancelTokenHoldOnRetransmit(totem.flag("cancel_token_hold_on_retransmit", false));
        TotemConfig config = builder.build(nodes);
        checkLimits(config, isSet(totem, "token_retransmit"));
        long delay = totem.number("max_network_delay").orElse(0);
        if (delay > 0 && delay < TIMEOUT_MILLIS_MIN) {
            throw new ConfigurationException(
                    "The max_network_delay parameter (%d ms) may not be less than (%d ms)."
                            .formatted(delay, TIMEOUT_MILLIS_MIN));
        }
        return config;
    }

    /** A 0 means the default, except where it is a value of its own. */
    private static boolean isSet(TotemSettings totem, String key) {
        return totem.number(key).isPresent()
                && (totem.number(key).getAsLong() != 0 || ZERO_MEANS_ZERO.contains(key));
    }

    private static void set(TotemSettings totem, String key, IntConsumer setter)
            throws ConfigurationException {
        if (isSet(totem, key)) {
            long value = totem.number(key).getAsLong();
            if (value > VALUE_MAX) {
                throw new ConfigurationException("totem." + key + ": " + value + " is too large");
            }
            setter.accept((int) value);
        }
    }

    private static void checkLimits(TotemConfig config, boolean retransmitGiven)
            throws ConfigurationException {
        atLeast("token timeout", config.tokenTimeoutMillis());
        if (!retransmitGiven && config.tokenRetransmitMillis() < TIMEOUT_MILLIS_MIN) {
            throw new ConfigurationException(
                    "Not appropriate token or token_retransmits_before_loss_const value set");
        }
        atLeast("token retransmit timeout", config.tokenRetransmitMillis());
        if (config.holdMillis() < HOLD_MILLIS_MIN) {
            throw new ConfigurationException(
                    "The token hold timeout parameter (%d ms) may not be less than (%d ms)."
                            .formatted(config.holdMillis(), HOLD_MILLIS_MIN));
        }
        atLeast("join timeout", config.joinMillis());
        atLeast("consensus timeout", config.consensusMillis());
        atLeast("merge timeout", config.mergeMillis());
        if (config.consensusMillis() < config.joinMillis()) {
            throw new ConfigurationException(
                    "The consensus timeout parameter (%d ms) may not be less than join timeout (%d ms)."
                            .formatted(config.consensusMillis(), config.joinMillis()));
        }
        if (config.tokenWarningPercent() > 100) {
            throw new ConfigurationException(
                    "The token warning parameter (%d%%) must be between 0 (disabled) and 100."
                            .formatted(config.tokenWarningPercent()));
        }
    }

    private static void atLeast(String what, int millis) throws ConfigurationException {
        if (millis < TIMEOUT_MILLIS_MIN) {
            throw new ConfigurationException(
                    "The %s parameter (%d ms) may not be less than (%d ms)."
                            .formatted(what, millis, TIMEOUT_MILLIS_MIN));
        }
    }

    static QuorumConfig quorum(QuorumSettings quorum) {
        QuorumConfig.Builder builder =
                QuorumConfig.builder()
                        .provider(quorum.hasProvider())
                        .expectedVotes(
                                whole("quorum.expected_votes", quorum.number("expected_votes"), 0))
                        .twoNode(quorum.feature("two_node").orElse(false))
                        .autoTieBreaker(quorum.feature("auto_tie_breaker").orElse(false))
                        .autoTieBreakerNode(quorum.tieBreakerNodes())
                        .lastManStanding(quorum.feature("last_man_standing").orElse(false))
                        .lastManStandingWindowMillis(
                                whole(
                                        "quorum.last_man_standing_window",
                                        quorum.number("last_man_standing_window"),
                                        10_000))
                        .allowDownscale(quorum.feature("allow_downscale").orElse(false))
                        .expectedVotesTracking(
                                quorum.feature("expected_votes_tracking").orElse(false));
        quorum.feature("wait_for_all").ifPresent(builder::waitForAll);
        if (quorum.hasDevice()) {
            builder.device(
                    new QuorumConfig.Device(
                            whole("quorum.device.votes", quorum.deviceNumber("votes"), -1),
                            whole(
                                    "quorum.device.timeout",
                                    quorum.deviceNumber("timeout"),
                                    QuorumConfig.Device.DEFAULT_TIMEOUT_MILLIS),
                            whole(
                                    "quorum.device.sync_timeout",
                                    quorum.deviceNumber("sync_timeout"),
                                    QuorumConfig.Device.DEFAULT_SYNC_TIMEOUT_MILLIS)));
        }
        return builder.build();
    }
}
