package org.holdfast.node;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Done;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.QuorumRefusal;

/** Answers what commands ask the cluster layer. Belongs to the loop's thread. */
final class ClusterQueries {

    private static final int IPV4_UDP_HEADER_BYTES = 28;
    private static final int IPV6_UDP_HEADER_BYTES = 48;

    /** As Corosync counts them. */
    private static final int TOTEM_HEADER_BYTES = 62;

    private final ClusterAccess cluster;
    private NodeConfiguration configuration;

    ClusterQueries(ClusterAccess cluster, NodeConfiguration configuration) {
        this.cluster = cluster;
        this.configuration = configuration;
    }

    void reconfigure(NodeConfiguration changed) {
        configuration = changed;
    }

    ControlAnswer answer(ClusterRequest<?> request) {
        return switch (request) {
            case ClusterRequest.QuorumQuery() ->
                    QuorumView.of(cluster.layer().quorumStatus(), configuration);
            case ClusterRequest.SetExpectedVotes(int votes) -> setExpectedVotes(votes);
            case ClusterRequest.SetVotes(int node, int votes) -> setVotes(node, votes);
            case ClusterRequest.UnregisterDevice() -> unregisterDevice();
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

    private ControlAnswer setExpectedVotes(int votes) {
        return unlessRefused(
                cluster.layer().checkExpectedVotes(votes),
                new ClusterInput.SetExpectedVotes(votes));
    }

    private ControlAnswer setVotes(int node, int votes) {
        NodeId whose = node == 0 ? configuration.self().id() : new NodeId(node);
        return unlessRefused(
                cluster.layer().checkVotes(whose, votes), new ClusterInput.SetVotes(whose, votes));
    }

    private ControlAnswer unregisterDevice() {
        DeviceRequest request =
                new DeviceRequest.Unregister(cluster.layer().quorumStatus().device().name());
        Optional<QuorumRefusal> refusal = cluster.layer().checkDevice(request);
        return refusal.equals(Optional.of(QuorumRefusal.NOT_THERE))
                ? new Done()
                : unlessRefused(refusal, new ClusterInput.QuorumDevice(request));
    }

    private ControlAnswer unlessRefused(Optional<QuorumRefusal> refusal, ClusterInput input) {
        if (!configuration.cluster().quorum().provider()) {
            return new Refused(Reason.INVALID, "corosync is not using votequorum");
        }
        if (refusal.isPresent()) {
            return new Refused(Reason.INVALID, refusal.get().text());
        }
        cluster.step(input);
        return new Done();
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
}
