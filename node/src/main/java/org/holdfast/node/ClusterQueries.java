package org.holdfast.node;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Done;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.QuorumStatus;

/** Answers what commands ask the cluster layer. Belongs to the loop's thread. */
final class ClusterQueries {

    private static final int IPV4_UDP_HEADER_BYTES = 28;
    private static final int IPV6_UDP_HEADER_BYTES = 48;

    /** As Corosync counts them. */
    private static final int TOTEM_HEADER_BYTES = 62;

    private final ClusterDriver cluster;
    private NodeConfiguration configuration;

    ClusterQueries(ClusterDriver cluster, NodeConfiguration configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    void reconfigure(NodeConfiguration changed) {
        configuration = changed;
    }

    ControlAnswer answer(ClusterRequest<?> request) {
        return switch (request) {
            case ClusterRequest.QuorumQuery() -> quorum();
            case ClusterRequest.SetExpectedVotes(int votes) -> {
                cluster.step(new ClusterInput.SetExpectedVotes(votes));
                yield new Done();
            }
            case ClusterRequest.LinkQuery() -> links();
            case ClusterRequest.GroupQuery() -> groups();
            case ClusterRequest.CmapQuery(String prefix) ->
                    new ControlAnswer.CmapEntries(
                            cmap().stream()
                                    .filter(entry -> entry.key().startsWith(prefix))
                                    .toList());
            case ClusterRequest.CmapSet(CmapEntry entry) -> readOnly(entry.key());
            case ClusterRequest.CmapDelete(String key) -> readOnly(key);
            case ClusterRequest.ReloadConfiguration() -> {
                cluster.step(new ClusterInput.RequestReload());
                yield new Done();
            }
        };
    }

    private List<CmapEntry> cmap() {
        return new CmapView(configuration, cluster).entries();
    }

    private static Refused readOnly(String key) {
        return new Refused(
                Reason.PERMISSION_DENIED, "key " + key + " cannot be changed at run time");
    }

    private ControlAnswer quorum() {
        QuorumStatus status = cluster.layer().quorumStatus();
        NodeId self = configuration.self().id();
        List<ControlAnswer.QuorumMember> members = new ArrayList<>();
        int ownVotes = 0;
        for (QuorumStatus.Voter voter : status.nodes()) {
            if (voter.node().equals(self)) {
                ownVotes = voter.votes();
            }
            if (voter.state() == QuorumStatus.State.MEMBER) {
                members.add(
                        new ControlAnswer.QuorumMember(
                                voter.node().value(),
                                voter.votes(),
                                name(voter.node()),
                                address(voter.node())));
            }
        }
        boolean hasProvider = configuration.conf().quorum().hasProvider();
        return new ControlAnswer.QuorumStatus(
                self.value(),
                new ControlAnswer.Ring(
                        status.ringId().representative().value(), status.ringId().sequence()),
                status.quorate(),
                hasProvider ? "corosync_votequorum" : "",
                ownVotes,
                status.expectedVotes(),
                status.highestExpected(),
                status.totalVotes(),
                status.quorum(),
                flags(status, cluster.layer().config().quorum()),
                members);
    }

    private static List<String> flags(QuorumStatus status, QuorumConfig config) {
        List<String> flags = new ArrayList<>();
        addIf(flags, config.twoNode(), "2Node");
        addIf(flags, status.quorate(), "Quorate");
        addIf(flags, config.waitForAll(), "WaitForAll");
        addIf(flags, config.lastManStanding(), "LastManStanding");
        addIf(flags, config.autoTieBreaker(), "AutoTieBreaker");
        addIf(flags, config.allowDownscale(), "AllowDownscale");
        return flags;
    }

    private static void addIf(List<String> flags, boolean condition, String flag) {
        if (condition) {
            flags.add(flag);
        }
    }

    private ControlAnswer links() {
        List<NodeId> members = cluster.layer().members();
        List<ControlAnswer.LinkPeer> peers = new ArrayList<>();
        for (ConfiguredNode node : configuration.conf().nodes()) {
            peers.add(
                    new ControlAnswer.LinkPeer(
                            node.id().value(),
                            node.address(),
                            true,
                            members.contains(node.id()),
                            payloadBytes()));
        }
        peers.sort((a, b) -> Integer.compareUnsigned(a.id(), b.id()));
        return new ControlAnswer.LinkStatus(
                configuration.self().id().value(),
                configuration.conf().totem().transport().name().toLowerCase(Locale.ROOT),
                List.of(
                        new ControlAnswer.Link(
                                0,
                                configuration.ownAddress().getAddress().getHostAddress(),
                                peers)));
    }

    /**
     * What a datagram has for messages: the network's unit less the headers of IP, UDP and Totem.
     */
    private int payloadBytes() {
        boolean six = configuration.ownAddress().getAddress() instanceof Inet6Address;
        int headers = (six ? IPV6_UDP_HEADER_BYTES : IPV4_UDP_HEADER_BYTES) + TOTEM_HEADER_BYTES;
        return cluster.layer().config().totem().netMtuBytes() - headers;
    }

    private ControlAnswer groups() {
        List<ControlAnswer.Group> groups = new ArrayList<>();
        cluster.layer()
                .groups()
                .forEach((name, members) ->
                        groups.add(
                                new ControlAnswer.Group(
                                        name.printable(),
                                        members.stream()
                                                .map(ClusterQueries::groupMember)
                                                .toList())));
        return new ControlAnswer.Groups(groups);
    }

    private static ControlAnswer.GroupMember groupMember(GroupMember member) {
        return new ControlAnswer.GroupMember(member.node().value(), member.pid());
    }

    private String name(NodeId node) {
        return configuration.names().getOrDefault(node, node.toString());
    }

    private String address(NodeId node) {
        return configuration.conf().nodes().stream()
                .filter(configured -> configured.id().equals(node))
                .map(ConfiguredNode::address)
                .findFirst()
                .orElse("");
    }
}
