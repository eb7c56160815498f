package org.holdfast.totem.layer;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import org.holdfast.kernel.BrokenInvariant;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.GroupChange.Reason;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.totem.QuorumStatus;
import org.holdfast.totem.ring.Ring;
import org.holdfast.totem.ring.RingPort;
import org.holdfast.totem.ring.RingStats;
import org.holdfast.wire.cfg.CfgMessage;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * The cluster layer of one node: ring, groups, sync, quorum. Deterministic: the same inputs at the
 * same times give the same effects.
 *
 * <p>Not thread-safe: one driver calls {@link #step} and carries the effects out, in order, before
 * the next step.
 */
public final class ClusterLayer {

    /**
     * Most bytes of messages that may wait for the token (MESSAGE_QUEUE_MAX: four of the largest).
     */
    private static final long WAITING_BYTES_MAX = 4L * 1_048_576;

    /** The longest wait for this node's last words on a ring that does not move. */
    private static final long LEAVE_NANOS_MAX = 500_000_000L;

    private static final EffectSink<ClusterEffect> CLOSED =
            effect -> {
                throw new BrokenInvariant("effect outside a step: " + effect);
            };

    private final Ring ring;
    private final Services services;
    private ClusterConfig config;
    private EffectSink<ClusterEffect> out = CLOSED;
    private long nowNanos = Long.MIN_VALUE;
    private long nextTicket = 1;
    private boolean leaving;
    private boolean stopped;

    /**
     * Prepares a node; nothing happens before {@link ClusterInput.Start}.
     *
     * @param config the configuration
     * @param persistedRingId the ring id that was made durable last, or null on a new node
     * @param seed for the little randomness that the protocol has
     */
    public ClusterLayer(ClusterConfig config, @Nullable RingId persistedRingId, long seed) {
        this(config, persistedRingId, seed, 0);
    }

    /**
     * As above, for tests of the wrap-around of sequence numbers.
     *
     * @param firstSequence the number before each ring's first message; the same on all nodes
     */
    public ClusterLayer(
            ClusterConfig config, @Nullable RingId persistedRingId, long seed, int firstSequence) {
        this(config, persistedRingId, 0, seed, firstSequence);
    }

    /**
     * Prepares a node that may have expected votes to remember.
     *
     * @param persistedExpectedVotes what {@link ClusterEffect.PersistExpectedVotes} said last, or 0
     */
    public ClusterLayer(
            ClusterConfig config,
            @Nullable RingId persistedRingId,
            int persistedExpectedVotes,
            long seed,
            int firstSequence) {
        this.config = config;
        RingId last = persistedRingId != null ? persistedRingId : new RingId(config.self(), 0);
        // Warnings about the configuration are logged with the first step.
        this.services = new Services(config, persistedExpectedVotes, new ServicesPort());
        this.ring =
                new Ring(
                        config.self(),
                        config.totem(),
                        ids(config),
                        last,
                        firstSequence,
                        new SeededRandom(seed),
                        new Port(),
                        services);
    }

    private static TreeSet<NodeId> ids(ClusterConfig config) {
        TreeSet<NodeId> ids = new TreeSet<>();
        for (ClusterNode node : config.nodes()) {
            ids.add(node.id());
        }
        return ids;
    }

    /**
     * Takes one input.
     *
     * @param now monotonic time in nanoseconds; never less than at the step before
     * @param input what happened
     * @param sink receives what must be done, in order
     */
    public void step(long now, ClusterInput input, EffectSink<ClusterEffect> sink) {
        if (now < nowNanos) {
            throw new BrokenInvariant("time went back from " + nowNanos + " to " + now);
        }
        if (stopped) {
            return;
        }
        nowNanos = now;
        out = sink;
        try {
            if (!(input instanceof ClusterInput.Start)) {
                ring.beginStep();
            }
            take(input);
            ring.endStep();
            if (leaving && !services.hasWaiting()) {
                stop();
            }
        } finally {
            out = CLOSED;
        }
    }

    private void take(ClusterInput input) {
        switch (input) {
            case ClusterInput.Start _ -> {
                services.logWarnings();
                ring.start();
            }
            case ClusterInput.Datagram datagram -> ring.receive(datagram.bytes());
            case ClusterInput.Datagrams all -> all.datagrams().forEach(ring::receive);
            case ClusterInput.PeerUnreachable peer -> ring.onPeerUnreachable(peer.node());
            case ClusterInput.TimerFired fired -> onTimer(fired.timer());
            case ClusterInput.RingIdPersisted persisted -> ring.onPersisted(persisted.ticket());
            case ClusterInput.JoinGroup join -> services.groups().join(join.group(), join.pid());
            case ClusterInput.LeaveGroup leave ->
                    services.groups().leave(leave.group(), leave.pid(), leave.reason());
            case ClusterInput.Multicast multicast -> multicast(multicast);
            case ClusterInput.Leave _ -> leave();
            case ClusterInput.Reconfigured reconfigured -> reconfigure(reconfigured.config());
            case ClusterInput.SetExpectedVotes set ->
                    services.quorum().setExpectedVotes(set.votes());
            case ClusterInput.SetVotes set -> services.quorum().setVotes(set.node(), set.votes());
            case ClusterInput.KillNode kill ->
                    services.send(new CfgMessage.KillNode(kill.node(), kill.reason()));
            case ClusterInput.RequestReload _ ->
                    services.send(new CfgMessage.Reload(config.self(), 0));
            case ClusterInput.CancelWaitForAll _ -> services.quorum().cancelWaitForAll();
            case ClusterInput.QuorumDevice device -> {
                services.quorum().onDevice(device.request());
                services.proceedWithSync();
            }
        }
    }

    private void onTimer(ClusterTimer timer) {
        switch (timer) {
            case LAST_MAN_STANDING -> services.quorum().onLastManStandingTimer();
            case QUORUM_DEVICE -> {
                services.quorum().onDeviceTimer();
                services.proceedWithSync();
            }
            case SYNC_STALLED -> {
                if (services.isSyncStalled()) {
                    ring.startAnew();
                }
            }
            case LEAVE -> stop();
            default -> ring.onTimer(timer);
        }
    }

    private void multicast(ClusterInput.Multicast multicast) {
        if (!canMulticast(multicast.payload().length)) {
            throw new BrokenInvariant(
                    "a message of %d bytes was sent while %d wait"
                            .formatted(multicast.payload().length, services.waitingBytes()));
        }
        if (services.groups().mayMulticast(multicast.group(), multicast.pid())) {
            services.multicast(multicast.group(), multicast.pid(), multicast.payload());
        }
    }

    private void reconfigure(ClusterConfig newConfig) {
        config = newConfig;
        ring.reconfigure(config.totem(), ids(config));
        services.reconfigure(config);
    }

    private void leave() {
        if (leaving) {
            return;
        }
        leaving = true;
        services.quorum().announceLeave();
        services.groups()
                .localMembers()
                .forEach(member ->
                        services.groups()
                                .leave(member.getKey(), member.getValue(), Reason.PROCESS_DOWN));
        if (!ring.isOperational()) {
            stop();
        } else {
            out.emit(new ClusterEffect.SetTimer(ClusterTimer.LEAVE, nowNanos + LEAVE_NANOS_MAX));
        }
    }

    private void stop() {
        if (!stopped) {
            stopped = true;
            ring.leave();
            out.emit(new ClusterEffect.Stopped());
        }
    }

    // ---- what others may know ----------------------------------------------------------------

    /** The configuration in force. */
    public ClusterConfig config() {
        return config;
    }

    /** The ring in force, or the one that was tried last while a new one forms. */
    public RingId ringId() {
        return ring.ringId();
    }

    /** The members of the ring that was in force last, ascending; empty before the first. */
    public List<NodeId> members() {
        return ring.members();
    }

    /** The ring's state: GATHER, COMMIT, RECOVERY or OPERATIONAL. */
    public String ringState() {
        return ring.stateName();
    }

    /**
     * Nodes that were lost so often lately that this node does not begin a new ring with them yet;
     * it follows if another member does.
     */
    public List<HoldOff> heldOff() {
        return ring.heldOff();
    }

    /**
     * The datagram that tells the other members that this node has left the ring in force. For a
     * supervisor that outlives this process; each new ring makes it outdated.
     */
    public byte[] lastWill() {
        return ring.lastWill();
    }

    /** Whether a ring is in force and all nodes have synchronised their services in it. */
    public boolean isReady() {
        return ring.isOperational() && !services.syncRuns();
    }

    /** Whether this node's partition has quorum. */
    public boolean quorate() {
        return services.quorate();
    }

    /** Why {@link ClusterInput.SetExpectedVotes} would be refused now; empty if it would not. */
    public Optional<QuorumRefusal> checkExpectedVotes(int votes) {
        return services.quorum().checkExpectedVotes(votes);
    }

    /** Why {@link ClusterInput.SetVotes} would be refused now; empty if it would not. */
    public Optional<QuorumRefusal> checkVotes(NodeId node, int votes) {
        return services.quorum().checkVotes(node, votes);
    }

    /** Why a device's request would be refused now; empty if it would not. */
    public Optional<QuorumRefusal> checkDevice(DeviceRequest request) {
        return services.quorum().checkDevice(request);
    }

    /** What corosync-quorumtool shows. */
    public QuorumStatus quorumStatus() {
        QuorumStatus status = services.quorum().status();
        return config.quorum().provider()
                ? status
                : status.withoutProvider(ring.ringId(), services.members());
    }

    /** All groups of all nodes and their members, as corosync-cpgtool shows them. */
    public SortedMap<GroupName, List<GroupMember>> groups() {
        return services.groups().groups();
    }

    /** What has happened in the ring, by kind. */
    public RingStats ringStats() {
        return ring.stats();
    }

    /** What has happened to messages above the ring. */
    public ServiceStats serviceStats() {
        return services.stats();
    }

    /** How many messages the services have sent and got. */
    public MessageCounts messageCounts() {
        return services.counts();
    }

    /** Longest payload of a group message, in bytes. */
    public int payloadBytesMax() {
        return Services.PAYLOAD_BYTES_MAX;
    }

    /** Bytes of messages that wait for the token, headers included. */
    public long waitingBytes() {
        return services.waitingBytes();
    }

    /** Bytes of messages that would be taken beside those that wait. */
    public long freeBytes() {
        return Math.max(0, WAITING_BYTES_MAX - services.waitingBytes());
    }

    /**
     * Whether a message of this size would be taken now.
     *
     * @param payloadBytes size of the payload
     */
    public boolean canMulticast(int payloadBytes) {
        return payloadBytes <= Services.PAYLOAD_BYTES_MAX
                && services.waitingBytes() + payloadBytes <= WAITING_BYTES_MAX;
    }

    // ---- ports -------------------------------------------------------------------------------

    private final class Port implements RingPort {

        @Override
        public long nowNanos() {
            return nowNanos;
        }

        @Override
        public void sendTo(NodeId node, byte[] frame) {
            out.emit(new ClusterEffect.SendTo(node, frame));
        }

        @Override
        public void sendToAll(byte[] frame) {
            out.emit(new ClusterEffect.SendToAll(frame));
        }

        @Override
        public void setTimer(ClusterTimer timer, long deadlineNanos) {
            out.emit(new ClusterEffect.SetTimer(timer, deadlineNanos));
        }

        @Override
        public long persist(RingId ringId) {
            long ticket = nextTicket++;
            out.emit(new ClusterEffect.PersistRingId(ticket, ringId));
            return ticket;
        }

        @Override
        public void log(Level level, String text) {
            out.emit(new ClusterEffect.Log(new LogEvent(level, "TOTEM", text)));
        }
    }

    private final class ServicesPort implements Services.Port {

        @Override
        public void emit(ClusterEffect effect) {
            out.emit(effect);
        }

        @Override
        public void setTimer(ClusterTimer timer, int delayMillis) {
            out.emit(new ClusterEffect.SetTimer(timer, nowNanos + delayMillis * 1_000_000L));
        }

        @Override
        public void cancelTimer(ClusterTimer timer) {
            emit(new ClusterEffect.CancelTimer(timer));
        }
    }
}
