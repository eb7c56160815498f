package org.holdfast.totem.layer;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.GroupChange;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.cmap.ConfigVersion;
import org.holdfast.totem.cpg.ProcessGroups;
import org.holdfast.totem.groups.Assembler;
import org.holdfast.totem.groups.OutgoingQueue;
import org.holdfast.totem.quorum.Votequorum;
import org.holdfast.totem.ring.RingUser;
import org.holdfast.totem.sync.SyncStep;
import org.holdfast.wire.cfg.CfgMessage;
import org.holdfast.wire.cmap.CmapMessage;
import org.holdfast.wire.cpg.CpgCodec;
import org.holdfast.wire.cpg.CpgMessage;
import org.holdfast.wire.cpg.CpgName;
import org.holdfast.wire.groups.GroupAddress;
import org.holdfast.wire.groups.Packing;
import org.holdfast.wire.service.ServiceId;
import org.holdfast.wire.service.ServiceMessage;
import org.holdfast.wire.sync.SyncMessage;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.votequorum.VotequorumMessage;

/**
 * What stands on the ring: two queues of outgoing messages (one for the sync step, one for all
 * else, which waits while the step runs), the assembler of incoming ones, and the services.
 */
final class Services implements RingUser {

    /** Longest payload of a group message. */
    static final int PAYLOAD_BYTES_MAX =
            OutgoingQueue.MESSAGE_BYTES_MAX
                    - CpgCodec.MULTICAST_HEADER_BYTES
                    - GroupAddress.bytes(GroupAddress.SERVICES);

    /** A netmtu that leaves less than this cannot be meant. */
    private static final int PACKET_BYTES_MIN = 128;

    private final NodeId self;
    private final Port port;
    private final OutgoingQueue ordinary;
    private final OutgoingQueue ofSync;
    private final Assembler assembler = new Assembler(this::onMessage);
    private final ProcessGroups groups;
    private final Votequorum quorum;
    private final ConfigVersion configVersion;

    /** Without a quorum provider every partition is quorate. */
    private final boolean hasProvider;

    private final SyncStep sync;
    private final SyncWatch syncWatch;
    private final MessageCounts counts = new MessageCounts();
    private final List<ClusterEffect> earlyEffects = new ArrayList<>();
    private boolean started;
    private boolean syncPending = true;
    private boolean lastQuorate;
    private List<NodeId> lastMembers = List.of();
    private byte[] delivering = {};
    private long malformed;
    private long syncsCompleted;
    private long syncsBroken;

    /** What the services need around them. */
    interface Port {
        void emit(ClusterEffect effect);

        void setTimer(ClusterTimer timer, int delayMillis);

        void cancelTimer(ClusterTimer timer);
    }

    Services(ClusterConfig config, int trackedExpectedVotes, Port port) {
        this.self = config.self();
        this.hasProvider = config.quorum().provider();
        this.port = port;
        int packetBytes =
                Math.max(
                        PACKET_BYTES_MIN,
                        config.totem().netMtuBytes()
                                - config.totem().udpIpHeaderBytes()
                                // Room to be wrapped once more during recovery.
                                - 2 * Mcast.HEADER_BYTES
                                - Packing.HEADER_BYTES);
        this.ordinary = new OutgoingQueue(self, packetBytes);
        this.ofSync = new OutgoingQueue(self, packetBytes);
        this.groups = new ProcessGroups(self, new GroupsPort());
        this.quorum = new Votequorum(config, trackedExpectedVotes, new QuorumPort());
        this.configVersion = new ConfigVersion(config.configVersion(), new VersionPort());
        this.sync =
                new SyncStep(
                        hasProvider
                                ? List.of(configVersion, groups, new QuorumNotifier(), quorum)
                                : List.of(configVersion, groups, new QuorumNotifier()),
                        features(config.totem()),
                        new SyncPort());
        this.syncWatch = new SyncWatch(config, port);
    }

    private static int features(TotemConfig totem) {
        return totem.holdAsCorosync()
                ? SyncMessage.ServiceBuild.FEATURE_RESTART_CUT
                : SyncMessage.ServiceBuild.FEATURE_RESTART_CUT
                        | SyncMessage.ServiceBuild.FEATURE_EARLY_HOLD
                        | SyncMessage.ServiceBuild.FEATURE_SENDER_HOLDS;
    }

    ProcessGroups groups() {
        return groups;
    }

    Votequorum quorum() {
        return quorum;
    }

    boolean quorate() {
        return !hasProvider || quorum.quorate();
    }

    /** The nodes of the ring in force. */
    List<NodeId> members() {
        return lastMembers;
    }

    /** The service that held the sync step back may no longer do so. */
    void proceedWithSync() {
        sync.proceed();
    }

    boolean syncRuns() {
        return syncPending;
    }

    /** Its timer has fired: whether the sync step needs another ring to go on. */
    boolean isSyncStalled() {
        if (sync.isRunning()) {
            syncWatch.onStalled();
            return true;
        }
        return false;
    }

    /** Whether messages wait that the ring would take now. */
    boolean hasWaiting() {
        return !syncPending && backlogPackets() > 0;
    }

    long waitingBytes() {
        return ordinary.waitingBytes();
    }

    ServiceStats stats() {
        return new ServiceStats(
                malformed + assembler.malformed(),
                assembler.fragmentsLost(),
                assembler.assembled(),
                syncsCompleted,
                syncsBroken);
    }

    MessageCounts counts() {
        return counts;
    }

    void logWarnings() {
        started = true;
        earlyEffects.forEach(port::emit);
        earlyEffects.clear();
    }

    void reconfigure(ClusterConfig config) {
        configVersion.change(config.configVersion());
        if (hasProvider) {
            quorum.reconfigure(config);
        }
    }

    void multicast(GroupName group, int pid, byte[] payload) {
        CpgMessage.Multicast header =
                new CpgMessage.Multicast(
                        CpgName.of(group.value()), pid, self, 0, 0, payload.length);
        ordinary.add(addressed(CpgCodec.encode(header, servicePrefix())), payload);
    }

    void send(CfgMessage message) {
        ordinary.add(addressed(CfgMessage.encode(message, servicePrefix())));
    }

    private static int servicePrefix() {
        return GroupAddress.bytes(GroupAddress.SERVICES);
    }

    private byte[] addressed(byte[] message) {
        counts.countSent(ServiceMessage.id(message, servicePrefix()));
        GroupAddress.write(message, 0, GroupAddress.SERVICES);
        return message;
    }

    private void log(Level level, String subsystem, String text) {
        LogEvent event = new LogEvent(level, subsystem, text);
        if (started) {
            port.emit(new ClusterEffect.Log(event));
        } else {
            earlyEffects.add(new ClusterEffect.Log(event));
        }
    }

    // ---- for the ring ------------------------------------------------------------------------

    private OutgoingQueue queue() {
        return syncPending ? ofSync : ordinary;
    }

    @Override
    public boolean hasQuorum() {
        return quorate();
    }

    @Override
    public boolean allAskEarly() {
        return sync.allHave(SyncMessage.ServiceBuild.FEATURE_EARLY_HOLD);
    }

    @Override
    public boolean senderHolds() {
        return sync.allHave(SyncMessage.ServiceBuild.FEATURE_SENDER_HOLDS);
    }

    @Override
    public int backlogPackets() {
        return queue().backlogPackets();
    }

    @Override
    public Mcast nextPacket() {
        return queue().nextPacket();
    }

    @Override
    public void deliver(Mcast message) {
        assembler.onPacket(message);
    }

    @Override
    public void transitional(List<NodeId> members, List<NodeId> left, RingId ringId) {
        left.forEach(assembler::forget);
        if (sync.isRunning()) {
            syncsBroken++;
        }
        sync.onTransitional(members);
        syncPending = true;
    }

    @Override
    public void regular(List<NodeId> members, List<NodeId> joined, RingId ringId) {
        assembler.useSetOfSync(true);
        ofSync.dropUnsent();
        ofSync.ringChanged();
        ordinary.ringChanged();
        List<NodeId> left = lastMembers.stream().filter(node -> !members.contains(node)).toList();
        lastMembers = members;
        port.emit(new ClusterEffect.MembershipChanged(ringId, members, joined, left));
        sync.start(members, ringId);
        syncWatch.onMove();
    }

    private void onMessage(NodeId sender, byte[] bytes, int offset, int length) {
        int body = GroupAddress.bodyOffset(bytes, offset, length);
        if (body < 0) {
            malformed++;
            return;
        }
        int bodyBytes = length - (body - offset);
        if (GroupAddress.names(bytes, offset, GroupAddress.SERVICES)) {
            onServiceMessage(sender, bytes, body, bodyBytes);
        } else if (GroupAddress.names(bytes, offset, GroupAddress.SYNC)) {
            SyncMessage message = SyncMessage.decode(bytes, body, bodyBytes);
            malformed += message instanceof SyncMessage.Malformed ? 1 : 0;
            if (sync.isRunning()) {
                syncWatch.onMove();
            }
            sync.onMessage(sender, message);
        }
    }

    private void onServiceMessage(NodeId sender, byte[] bytes, int at, int length) {
        if (length < ServiceMessage.HEADER_BYTES) {
            malformed++;
            return;
        }
        int id = ServiceMessage.id(bytes, at);
        counts.countReceived(id);
        switch (ServiceId.serviceOf(id)) {
            case ServiceId.CPG -> {
                CpgMessage message = CpgCodec.decode(bytes, at, length);
                malformed += message instanceof CpgMessage.Malformed ? 1 : 0;
                delivering = bytes;
                groups.onMessage(sender, message);
            }
            case ServiceId.VOTEQUORUM -> {
                if (!hasProvider) {
                    return;
                }
                VotequorumMessage message = VotequorumMessage.decode(bytes, at, length);
                malformed += message instanceof VotequorumMessage.Malformed ? 1 : 0;
                quorum.onMessage(sender, message);
            }
            case ServiceId.CMAP ->
                    configVersion.onMessage(sender, CmapMessage.decode(bytes, at, length));
            case ServiceId.CFG -> onCfg(sender, CfgMessage.decode(bytes, at, length));
            default -> {
                // A service that this node does not have, such as corosync's pload.
            }
        }
    }

    private void onCfg(NodeId sender, CfgMessage message) {
        switch (message) {
            case CfgMessage.KillNode kill -> {
                if (kill.node().equals(self)) {
                    String text = "Killed by node " + sender + " : " + kill.reason();
                    log(Level.NOTICE, "CFG", text);
                    port.emit(new ClusterEffect.Killed(text));
                }
            }
            case CfgMessage.Reload _ -> {
                log(Level.NOTICE, "CFG", "Config reload requested by node " + sender);
                port.emit(new ClusterEffect.ReloadRequested());
            }
            case CfgMessage.Malformed _ -> malformed++;
            case CfgMessage.RingReenable _,
                    CfgMessage.Shutdown _,
                    CfgMessage.CryptoReconfigure _ -> {
                // A shutdown is followed by the leave message; the others concern knet only.
            }
        }
    }

    // ---- for the services --------------------------------------------------------------------

    private final class SyncPort implements SyncStep.Port {

        @Override
        public void send(SyncMessage message) {
            byte[] bytes = SyncMessage.encode(message, GroupAddress.bytes(GroupAddress.SYNC));
            GroupAddress.write(bytes, 0, GroupAddress.SYNC);
            ofSync.add(bytes);
        }

        @Override
        public void completed(RingId ringId, List<NodeId> members) {
            syncPending = false;
            syncsCompleted++;
            syncWatch.onCompleted();
            ofSync.dropUnsent();
            assembler.useSetOfSync(false);
            if (sync.allHave(SyncMessage.ServiceBuild.FEATURE_RESTART_CUT)) {
                ordinary.restartIfCut();
            }
            log(
                    Level.NOTICE,
                    "MAIN",
                    "Completed service synchronization, ready to provide service.");
        }
    }

    private final class GroupsPort implements ProcessGroups.Port {

        @Override
        public void sendInSync(CpgMessage message) {
            ofSync.add(addressed(CpgCodec.encode(message, servicePrefix())));
        }

        @Override
        public void send(CpgMessage message) {
            ordinary.add(addressed(CpgCodec.encode(message, servicePrefix())));
        }

        @Override
        public void configuration(
                GroupName group,
                RingId ringId,
                List<GroupMember> members,
                List<GroupChange> left,
                List<GroupChange> joined) {
            port.emit(new ClusterEffect.GroupConfiguration(group, ringId, members, left, joined));
        }

        @Override
        public void message(GroupName group, NodeId sender, int pid, int offset, int length) {
            port.emit(
                    new ClusterEffect.GroupMessage(group, sender, pid, delivering, offset, length));
        }
    }

    private final class QuorumPort implements Votequorum.Port {

        @Override
        public void sendInSync(VotequorumMessage message) {
            ofSync.add(addressed(VotequorumMessage.encode(message, servicePrefix())));
        }

        @Override
        public void send(VotequorumMessage message) {
            ordinary.add(addressed(VotequorumMessage.encode(message, servicePrefix())));
        }

        @Override
        public void quorum(RingId ringId, boolean quorate, List<NodeId> members) {
            if (quorate != lastQuorate) {
                lastQuorate = quorate;
                Services.this.log(
                        Level.NOTICE,
                        "QUORUM",
                        quorate
                                ? "This node is within the primary component and will provide service."
                                : "This node is within the non-primary component and will NOT provide any services.");
            }
            StringBuilder line = new StringBuilder("Members[" + members.size() + "]:");
            members.forEach(node -> line.append(' ').append(node));
            Services.this.log(Level.NOTICE, "QUORUM", line.toString());
            port.emit(new ClusterEffect.QuorumChanged(ringId, quorate, members));
        }

        @Override
        public void persistExpectedVotes(int votes) {
            if (started) {
                port.emit(new ClusterEffect.PersistExpectedVotes(votes));
            } else {
                earlyEffects.add(new ClusterEffect.PersistExpectedVotes(votes));
            }
        }

        @Override
        public void setTimer(ClusterTimer timer, int delayMillis) {
            port.setTimer(timer, delayMillis);
        }

        @Override
        public void cancelTimer(ClusterTimer timer) {
            port.cancelTimer(timer);
        }

        @Override
        public void log(Level level, String text) {
            if (hasProvider) {
                Services.this.log(level, "VOTEQ", text);
            }
        }
    }

    private final class VersionPort implements ConfigVersion.Port {

        @Override
        public void sendInSync(CmapMessage.Items message) {
            ofSync.add(addressed(CmapMessage.encode(message, servicePrefix())));
        }

        @Override
        public void outdated(long own, long highest) {
            String text =
                    "Received config version (%s) is different than my config version (%s)! Exiting"
                            .formatted(Long.toUnsignedString(highest), Long.toUnsignedString(own));
            log(Level.ERROR, "CMAP", text);
            port.emit(new ClusterEffect.Killed(text));
        }
    }

    /**
     * Corosync's quorum service has a place in the sync step but nothing to say to others. Without
     * a provider it is the one that announces the partition.
     */
    private final class QuorumNotifier implements SyncStep.Service {

        private List<NodeId> members = List.of();
        private RingId ringId = new RingId(new NodeId(0), 0);

        @Override
        public int id() {
            return ServiceId.QUORUM;
        }

        @Override
        public void init(List<NodeId> transitional, List<NodeId> newMembers, RingId newRingId) {
            members = newMembers;
            ringId = newRingId;
        }

        @Override
        public void send() {
            // Only the barrier.
        }

        @Override
        public void activate() {
            if (!hasProvider) {
                port.emit(new ClusterEffect.QuorumChanged(ringId, true, members));
            }
        }

        @Override
        public void abort() {
            // Nothing was noted.
        }
    }
}
