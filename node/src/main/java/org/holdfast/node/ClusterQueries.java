package org.holdfast.node;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.holdfast.controlapi.ClusterRequest;
import org.holdfast.controlapi.CmapEntry;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ControlAnswer.Done;
import org.holdfast.controlapi.ControlAnswer.Reason;
import org.holdfast.controlapi.ControlAnswer.Refused;
import org.holdfast.corosyncconf.ConfKeys;
import org.holdfast.corosyncconf.ConfSection;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.QuorumRefusal;
import org.jspecify.annotations.Nullable;

/** Answers what commands ask the cluster layer. Belongs to the loop's thread. */
final class ClusterQueries {

    private static final int IPV4_UDP_HEADER_BYTES = 28;
    private static final int IPV6_UDP_HEADER_BYTES = 48;

    /** As Corosync counts them. */
    private static final int TOTEM_HEADER_BYTES = 62;

    private final ClusterAccess cluster;

    /** Setting a key below this clears counters. */
    private static final String CLEAR = "stats.clear.";

    private static final String PROVIDER = "quorum.provider";

    private final Changer changer;
    private final CmapStore store = new CmapStore();
    private NodeConfiguration configuration;
    private boolean reloaded;
    private boolean quorumChanged;
    private AccessList listed = AccessList.NOBODY;
    private Supplier<ProgramInfo.All> programs = () -> ProgramInfo.All.NONE;
    private @Nullable PauseWatch pauses;
    private Consumer<String> log = line -> {};

    /** Changes the running configuration. */
    @FunctionalInterface
    interface Changer {

        /** Takes the file's content as if it had been read. */
        void change(ConfSection file) throws ConfigurationException;

        /** Finds out whether the file as it is now could be used. */
        default void check() throws ConfigurationException {}

        /** Who may use the cluster layer has changed. */
        default void accessChanged() {}
    }

    ClusterQueries(ClusterAccess cluster, NodeConfiguration configuration, Changer changer) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.changer = changer;
    }

    /** Takes note of a configuration that was read again from its file. */
    void reconfigure(NodeConfiguration changed) {
        store.keepOld(ConfKeys.of(configuration.conf().file()));
        change(changed);
        store.forgetFileKeys();
        reloaded = true;
    }

    /** Takes note of a change of single keys. */
    void change(NodeConfiguration changed) {
        configuration = changed;
        quorumChanged = true;
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
            case ClusterRequest.CmapSet(CmapEntry entry) -> set(entry);
            case ClusterRequest.CmapDelete(String key) -> delete(key);
            case ClusterRequest.KillNode(int node, String reason) -> kill(node, reason);
            case ClusterRequest.ReloadConfiguration() -> reload();
        };
    }

    /** Lets {@code stats.ipcs} count the programs that are connected. */
    void countPrograms(Supplier<ProgramInfo.All> source) {
        programs = source;
    }

    /** Lets {@code stats.schedmiss} tell of the loop's pauses. */
    void showPauses(PauseWatch watch) {
        pauses = watch;
    }

    /** Takes lines for the log. */
    void logTo(Consumer<String> sink) {
        log = sink;
    }

    /** Notes whom the files list. */
    void listAccess(AccessList fromFiles) {
        listed = fromFiles;
    }

    /** Whom the files and the keys of administrators list. */
    AccessList access() {
        return listed.with(store.own());
    }

    /** All keys of the configuration map. */
    List<CmapEntry> cmap() {
        return store.over(view());
    }

    private List<CmapEntry> view() {
        List<CmapEntry> all =
                new ArrayList<>(
                        new CmapView(
                                        configuration,
                                        cluster,
                                        reloaded,
                                        quorumChanged,
                                        programs.get())
                                .entries());
        all.addAll(listed.keys());
        if (pauses != null) {
            all.addAll(StatsView.pauses(pauses.last()));
        }
        return all;
    }

    private ControlAnswer set(CmapEntry entry) {
        if (entry.key().startsWith(CLEAR)) {
            String group = entry.key().substring(CLEAR.length());
            store.clear(group, view());
            if (pauses != null && List.of("schedmiss", "all").contains(group)) {
                pauses.clear();
            }
            return new Done();
        }
        Optional<String> refusal = store.refusal(entry.key());
        if (refusal.isPresent()) {
            return new Refused(Reason.PERMISSION_DENIED, refusal.get());
        }
        if (entry.key().equals("quorum.cancel_wait_for_all")) {
            if (!entry.value().equals("0")) {
                cluster.step(new ClusterInput.CancelWaitForAll());
            }
            store.put(new CmapEntry(entry.key(), entry.type(), "0"));
            return new Done();
        }
        if (!CmapTypes.fits(entry.type(), entry.value())) {
            return new Refused(Reason.INVALID, "CS_ERR_INVALID_PARAM");
        }
        if (CmapStore.isOfFile(entry.key())) {
            apply(entry.key(), entry.type(), Optional.of(entry.value()));
        }
        store.put(entry);
        noteAccess(entry.key());
        return new Done();
    }

    private void noteAccess(String key) {
        if (key.startsWith(AccessList.KEYS)) {
            changer.accessChanged();
        }
    }

    private ControlAnswer delete(String key) {
        if (store.isProtected(key) && !key.startsWith("stats.")) {
            return new Refused(Reason.PERMISSION_DENIED, "CS_ERR_ACCESS");
        }
        Optional<CmapEntry> there =
                cmap().stream().filter(entry -> entry.key().equals(key)).findFirst();
        if (there.isEmpty()) {
            return new Refused(Reason.NOT_FOUND, "CS_ERR_NOT_EXIST");
        }
        boolean own = store.remove(key);
        noteAccess(key);
        if (CmapStore.isOfFile(key)) {
            store.hide(key);
            apply(key, there.get().type(), Optional.empty());
            return new Done();
        }
        return own ? new Done() : new Refused(Reason.PERMISSION_DENIED, "CS_ERR_ACCESS");
    }

    /**
     * Lets a key of the file's sections count, if it can: as with Corosync the map takes any, and
     * what makes no sense changes nothing. Whether votes decide is settled at the start.
     */
    private void apply(String key, String type, Optional<String> value) {
        if (key.equals(PROVIDER)) {
            return;
        }
        boolean understood = ConfKeys.typeOf(key).equals(type);
        ConfSection file = configuration.conf().file();
        try {
            // What is of another type counts as not there.
            ConfSection changed =
                    CmapStore.edited(file, key, understood ? value : Optional.empty());
            // Corosync reads all of this section at any change in it: votes are the file's again.
            if (!changed.equals(file) || key.startsWith("quorum.")) {
                changer.change(changed);
            }
        } catch (ConfigurationException | IllegalArgumentException e) {
            log.accept("Key " + key + " changes nothing: " + e.getMessage());
        }
    }

    /** A file that this node cannot use is reported to the one who asks, before all try it. */
    private ControlAnswer reload() {
        try {
            changer.check();
        } catch (ConfigurationException e) {
            return new Refused(Reason.INVALID, String.join(" ", e.lines()));
        }
        cluster.step(new ClusterInput.RequestReload());
        return new Done();
    }

    private ControlAnswer kill(int node, String reason) {
        NodeId id = new NodeId(node);
        if (!cluster.layer().members().contains(id)) {
            return new Refused(Reason.NOT_FOUND, "CS_ERR_NOT_EXIST");
        }
        cluster.step(new ClusterInput.KillNode(id, reason));
        return new Done();
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
                                        name.value(),
                                        members.stream()
                                                .map(ClusterQueries::groupMember)
                                                .toList())));
        return new ControlAnswer.Groups(groups);
    }

    private static ControlAnswer.GroupMember groupMember(GroupMember member) {
        return new ControlAnswer.GroupMember(member.node().value(), member.pid());
    }
}
