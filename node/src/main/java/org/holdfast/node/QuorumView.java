package org.holdfast.node;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.QuorumDevice;
import org.holdfast.controlapi.ControlAnswer.QuorumMember;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.QuorumConfig.AutoTieBreakerRule;
import org.holdfast.totem.QuorumStatus;
import org.holdfast.wire.votequorum.NodeFlags;

/** votequorum's view as commands are told of it: with names and addresses. */
final class QuorumView {

    private QuorumView() {}

    static ControlAnswer.QuorumStatus of(QuorumStatus status, NodeConfiguration configuration) {
        NodeId self = configuration.self().id();
        List<QuorumMember> members = new ArrayList<>();
        int ownVotes = 0;
        int ownFlags = 0;
        for (QuorumStatus.Voter voter : status.nodes()) {
            if (voter.node().equals(self)) {
                ownVotes = voter.votes();
                ownFlags = voter.flags();
            }
            if (voter.state() != QuorumStatus.State.DEAD) {
                members.add(
                        new QuorumMember(
                                voter.node().value(),
                                voter.votes(),
                                name(configuration, voter.node()),
                                address(configuration, voter.node()),
                                device(voter.flags())));
            }
        }
        boolean registered = has(ownFlags, NodeFlags.DEVICE_REGISTERED);
        return new ControlAnswer.QuorumStatus(
                self.value(),
                new ControlAnswer.Ring(
                        status.ringId().representative().value(), status.ringId().sequence()),
                status.quorate(),
                configuration.cluster().quorum().provider() ? "corosync_votequorum" : "",
                ownVotes,
                status.expectedVotes(),
                status.highestExpected(),
                status.totalVotes(),
                status.quorum(),
                flags(status, registered),
                anyDevice(status)
                        ? new QuorumDevice(
                                status.device().name(),
                                status.device().votes(),
                                has(ownFlags, NodeFlags.DEVICE_CASTS_VOTE))
                        : null,
                members);
    }

    private static boolean anyDevice(QuorumStatus status) {
        return status.nodes().stream()
                .anyMatch(voter ->
                        voter.state() == QuorumStatus.State.MEMBER
                                && has(voter.flags(), NodeFlags.DEVICE_REGISTERED));
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private static String device(int flags) {
        return has(flags, NodeFlags.DEVICE_REGISTERED)
                ? (has(flags, NodeFlags.DEVICE_ALIVE) ? "A," : "NA,")
                        + (has(flags, NodeFlags.DEVICE_CASTS_VOTE) ? "V," : "NV,")
                        + (has(flags, NodeFlags.DEVICE_MASTER_WINS) ? "MW" : "NMW")
                : "";
    }

    private static List<String> flags(QuorumStatus status, boolean deviceRegistered) {
        QuorumStatus.Rules rules = status.rules();
        List<String> flags = new ArrayList<>();
        addIf(flags, rules.twoNode(), "2Node");
        addIf(flags, status.quorate(), "Quorate");
        addIf(flags, rules.waitForAll(), "WaitForAll");
        addIf(flags, rules.lastManStanding(), "LastManStanding");
        addIf(flags, rules.autoTieBreaker() != AutoTieBreakerRule.NONE, "AutoTieBreaker");
        addIf(flags, rules.allowDownscale(), "AllowDownscale");
        addIf(flags, deviceRegistered, "Qdevice");
        return flags;
    }

    private static void addIf(List<String> flags, boolean condition, String flag) {
        if (condition) {
            flags.add(flag);
        }
    }

    private static String name(NodeConfiguration configuration, NodeId node) {
        return configuration.names().getOrDefault(node, node.toString());
    }

    private static String address(NodeConfiguration configuration, NodeId node) {
        return configuration.conf().nodes().stream()
                .filter(configured -> configured.id().equals(node))
                .map(ConfiguredNode::address)
                .findFirst()
                .orElse("");
    }
}
