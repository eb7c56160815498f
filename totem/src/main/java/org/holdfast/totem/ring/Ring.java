package org.holdfast.totem.ring;

import java.util.List;
import java.util.SortedSet;
import org.holdfast.kernel.BrokenInvariant;
import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.HoldOff;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.totem.TokenHoldCancel;
import org.holdfast.wire.totem.TotemCodec;
import org.holdfast.wire.totem.TotemMessage;

/**
 * The ring as one node sees it. Edges between its states:
 *
 * <pre>
 * (start)     -> GATHER
 * OPERATIONAL -> GATHER        token lost, foreign message, merge, join, failed to receive
 * GATHER      -> GATHER        somebody new or given up
 * GATHER      -> COMMIT        all candidates agree; the lowest makes a commit token, the others get it
 * COMMIT      -> GATHER        token lost, join
 * COMMIT      -> RECOVERY      the commit token has been to all members
 * RECOVERY    -> GATHER        token lost, join, failed to receive
 * RECOVERY    -> OPERATIONAL   all members have all old messages that any of them has
 * </pre>
 *
 * <p>A ring that does not come to be leaves the old ring's messages as they were. Not thread-safe.
 */
public final class Ring {

    /** Tokens that a ring of one node passes to itself before the driver gets its turn again. */
    private static final int OWN_TOKENS_A_STEP_MAX = 64;

    private static final long RING_SEQUENCE_STEP = 4;

    private final NodeId self;
    private final RingPort port;
    private final RingUser user;
    private final RingTimers timers;
    private final RingStats stats = new RingStats();
    private final Opinion opinion = new Opinion();
    private final int firstSequence;
    private final SeededRandom random;
    private final TokenCourier courier;
    private final Announcer announcer;
    private final MembershipLog membershipLog;
    private final Strangers strangers;
    private final LateToken lateToken;
    private final PauseWatch pauseWatch;
    private final PacketSource userSource;
    private final DurableNumbers durableNumbers;

    private TotemConfig config;
    private SortedSet<NodeId> configured;
    private RingState state;
    private boolean stopped;

    private RingId ringId;
    private RingLog log;
    private boolean logFrozen;
    private List<NodeId> members = List.of();
    private long highestRingSequence;
    private final RingSequences ringSequences = new RingSequences();

    private int originSequence;

    /**
     * Prepares a node without a ring.
     *
     * @param persisted the ring id that was made durable last
     * @param firstSequence the number before the first message of each ring: 0 on the wire to real
     *     nodes; others serve tests of wrap-around
     * @param random spreads join messages
     */
    public Ring(
            NodeId self,
            TotemConfig config,
            SortedSet<NodeId> configured,
            RingId persisted,
            int firstSequence,
            SeededRandom random,
            RingPort port,
            RingUser user) {
        this.self = self;
        this.config = config;
        this.configured = configured;
        this.port = port;
        this.user = user;
        this.firstSequence = firstSequence;
        this.random = random;
        this.timers = new RingTimers(port);
        this.lateToken = new LateToken(port, timers);
        this.pauseWatch = new PauseWatch(port);
        this.strangers = new Strangers(this);
        this.membershipLog = new MembershipLog(port, strangers.steadiness());
        // One more than was ever used: a restarted node must not repeat its last ring id, even
        // before the others have noticed that it was away.
        this.ringId = new RingId(self, persisted.sequence() + 1);
        this.highestRingSequence = ringId.sequence();
        this.durableNumbers = new DurableNumbers(self, persisted.sequence(), port);
        this.log = new RingLog(ringId, firstSequence);
        this.courier = new TokenCourier(self, port, stats);
        this.announcer = new Announcer(self, port, stats);
        this.state = new GatherState(this, null);
        this.userSource = new UserPackets(user);
    }

    /** Begins to look for others. */
    public void start() {
        pauseWatch.start();
        timers.set(ClusterTimer.PAUSE, config.tokenTimeoutMillis() / 5);
        durableNumbers.reserveBeyond(highestRingSequence);
        toGather(GatherReason.START);
    }

    /** Takes a datagram, which may be anything. */
    public void receive(byte[] frame) {
        if (!stopped) {
            dispatch(TotemCodec.decode(frame));
        }
    }

    /** Notes the time that passed since the step before; call first in every step. */
    public void beginStep() {
        pauseWatch.onStep(config);
    }

    /** Does what the step has left to do; call last in every step. */
    public void endStep() {
        int budget = OWN_TOKENS_A_STEP_MAX;
        while (!stopped) {
            state.deliver();
            if (user.backlogPackets() > 0) {
                state.onLocalMessage();
                // With the token at hand it has been sent, and is delivered here, too.
                state.deliver();
            }
            TotemMessage message = courier.pollOwn();
            if (message == null) {
                return;
            }
            if (budget-- == 0) {
                courier.pushBackOwn(message);
                timers.setNanos(ClusterTimer.CONTINUE, 0);
                return;
            }
            dispatch(message);
        }
    }

    /** Takes a timer that has fired. */
    public void onTimer(ClusterTimer timer) {
        if (stopped || !timers.fired(timer)) {
            return;
        }
        switch (timer) {
            case TOKEN_LOSS -> state.onTokenLoss();
            case TOKEN_RETRANSMIT -> state.onTokenRetransmit();
            case TOKEN_WARNING -> lateToken.warn(config);
            case TOKEN_HOLD -> {
                if (state instanceof OperationalState operational) {
                    operational.onHoldEnded();
                }
            }
            case MERGE_DETECT -> callOtherRings();
            case JOIN -> {
                if (state instanceof GatherState gather) {
                    gather.sendJoin();
                }
            }
            case SEND_JOIN -> {
                if (state instanceof GatherState) {
                    sendJoinNow();
                }
            }
            case CONSENSUS -> {
                if (state instanceof GatherState gather) {
                    gather.onConsensusTimeout();
                }
            }
            case PAUSE -> timers.set(ClusterTimer.PAUSE, config.tokenTimeoutMillis() / 5);
            case CONTINUE, LAST_MAN_STANDING, QUORUM_DEVICE, SYNC_STALLED, LEAVE -> {
                // CONTINUE only opens the step; the others are not the ring's.
            }
        }
    }

    /**
     * A member's process seems to have ended: the others need not wait for the token and for
     * consensus to find out. Nodes that are no members are left to the protocol.
     */
    public void onPeerUnreachable(NodeId node) {
        boolean useful =
                !stopped
                        && members.contains(node)
                        && !opinion.hasFailed(node)
                        && (state instanceof OperationalState || state instanceof GatherState);
        if (useful) {
            stats.count(Counter.PEER_UNREACHABLE);
            membershipLog.onDeath(node);
            port.log(
                    Level.NOTICE,
                    "Nobody listens on node " + node + " any more; going on without it.");
            opinion.add(node);
            opinion.fail(node);
            toGather(GatherReason.PEER_UNREACHABLE);
        }
    }

    /** What stands on the ring cannot go on in the one in force: its members form another one. */
    public void startAnew() {
        if (isOperational()) {
            port.log(Level.WARNING, "The synchronization does not go on; forming a new ring.");
            toGather(GatherReason.SYNC_STALLED);
        }
    }

    /** The ring id with this ticket is durable. */
    public void onPersisted(long ticket) {
        if (!stopped) {
            durableNumbers.onPersisted(ticket);
            state.onNumbersDurable();
        }
    }

    /** Tells the others that this node leaves; nothing is sent or received afterwards. */
    public void leave() {
        opinion.fail(self);
        announcer.leave(opinion, ringId);
        stopped = true;
    }

    /**
     * Uses other tunables and another node list from now on. Nodes that were held off are forgiven:
     * somebody has looked after the cluster.
     */
    public void reconfigure(TotemConfig newConfig, SortedSet<NodeId> newConfigured) {
        config = newConfig;
        configured = newConfigured;
        strangers.steadiness().forget();
    }

    /** The ring in force or, while none is, the last one that was tried. */
    public RingId ringId() {
        return ringId;
    }

    /** The members of the ring that was in force last. */
    public List<NodeId> members() {
        return members;
    }

    /** GATHER, COMMIT, RECOVERY or OPERATIONAL. */
    public String stateName() {
        return state.name();
    }

    /** Whether a ring is in force. */
    public boolean isOperational() {
        return state instanceof OperationalState && !stopped;
    }

    /** Nodes that were lost so often that this node does not take them back at once. */
    public List<HoldOff> heldOff() {
        return strangers.heldOff();
    }

    /** The message that tells the others that this node has gone, for whoever outlives it. */
    public byte[] lastWill() {
        return announcer.lastWill(members, ringId);
    }

    /** What has happened so far. */
    public RingStats stats() {
        return stats;
    }

    private void dispatch(TotemMessage message) {
        switch (message) {
            case OrfToken token -> {
                stats.count(Counter.ORF_TOKEN_RX);
                stats.count(Counter.FOREIGN_TOKEN, token.ringId().equals(ringId) ? 0 : 1);
                stats.tokenTimes().came(port.nowNanos(), user.backlogPackets());
                state.onToken(token);
            }
            case Mcast mcast -> onMcast(mcast);
            case MergeDetect merge -> onMergeDetect(merge);
            case MembJoin join -> onJoin(join);
            case CommitToken token -> {
                stats.count(Counter.MEMB_COMMIT_TOKEN_RX);
                if (RingSequences.isPlausible(token.ringId().sequence(), highestRingSequence)) {
                    state.onCommitToken(token);
                } else {
                    drop("commit token of ring " + token.ringId());
                }
            }
            case TokenHoldCancel cancel -> {
                stats.count(Counter.TOKEN_HOLD_CANCEL_RX);
                if (cancel.ringId().equals(ringId)) {
                    state.onHoldCancel();
                }
            }
            case TotemMessage.Malformed malformed -> drop(malformed.reason());
        }
    }

    private void drop(String reason) {
        stats.count(Counter.RX_MSG_DROPPED);
        port.log(Level.DEBUG, "Ignoring a datagram: " + reason);
    }

    private void onMcast(Mcast mcast) {
        stats.count(Counter.MCAST_RX);
        if (!isConfigured(mcast.from())) {
            return;
        }
        if (mcast.isOf(ringId)) {
            state.onMessage(mcast);
        } else if (strangers.mayCall(mcast.from(), mcast.ringId())) {
            state.onForeignMessage(mcast);
        }
    }

    private void onMergeDetect(MergeDetect merge) {
        stats.count(Counter.MEMB_MERGE_DETECT_RX);
        if (!merge.ringId().equals(ringId)
                && isConfigured(merge.from())
                && strangers.mayCall(merge.from(), merge.ringId())) {
            state.onMergeDetect(merge);
        }
    }

    private void onJoin(MembJoin join) {
        stats.count(Counter.MEMB_JOIN_RX);
        if (!isConfigured(join.from()) || join.from().equals(self)) {
            return;
        }
        if (join.isLeave()) {
            stats.count(Counter.LEAVE_RX);
            membershipLog.onLeave(join.from());
        } else if (pauseWatch.isFlushing()) {
            stats.count(Counter.JOIN_DROPPED_AFTER_PAUSE);
            return;
        }
        strangers.steadiness().onAnswer(join.from());
        if (ringSequences.believes(join.from(), join.ringSequence(), highestRingSequence)) {
            highestRingSequence = join.ringSequence();
            durableNumbers.reserveBeyond(highestRingSequence);
        }
        if (!strangers.isHeldOff(join.from())) {
            state.onJoin(join);
        }
    }

    private boolean isConfigured(NodeId node) {
        if (configured.contains(node)) {
            return true;
        }
        drop("node " + node + " is not in the node list");
        return false;
    }

    private void callOtherRings() {
        if (isOperational() && isRepresentative()) {
            announcer.callOtherRings(ringId);
        }
    }

    private void moveTo(RingState next, String reason) {
        port.log(
                Level.DEBUG,
                "entering %s state from %s: %s".formatted(next.name(), state.name(), reason));
        state = next;
    }

    private BrokenInvariant illegal(String edge) {
        return new BrokenInvariant("ring of node " + self + ": " + state.name() + " -> " + edge);
    }

    void toGather(GatherReason reason) {
        toGather(reason, new GatherState(this, null));
    }

    /** As above, because of a sign of life of a node that is in another ring. */
    void toGather(GatherReason reason, NodeId caller) {
        toGather(reason, new GatherState(this, caller));
    }

    private void toGather(GatherReason reason, GatherState gather) {
        stats.count(Counter.GATHER_ENTERED);
        strangers.forgetEarly();
        moveTo(gather, reason.text());
        gather.enter();
    }

    void toCommit(CommitToken token) {
        if (!(state instanceof GatherState)) {
            throw illegal("COMMIT");
        }
        stats.count(Counter.COMMIT_ENTERED);
        stats.gatherEnded();
        logFrozen = true;
        CommitState commit = new CommitState(this, token);
        ringId = token.ringId();
        highestRingSequence = ringId.sequence();
        durableNumbers.reserveBeyond(highestRingSequence);
        moveTo(commit, "all candidates agree on ring " + ringId);
        commit.enter();
    }

    void toRecovery(CommitToken complete) {
        if (!(state instanceof CommitState)) {
            throw illegal("RECOVERY");
        }
        stats.count(Counter.RECOVERY_ENTERED);
        RecoveryState recovery = new RecoveryState(this, complete);
        port.log(Level.DEBUG, "commit token " + complete.members());
        moveTo(recovery, "the commit token has been to all members");
        recovery.enter();
    }

    void toOperational() {
        if (!(state instanceof RecoveryState recovery)) {
            throw illegal("OPERATIONAL");
        }
        stats.count(Counter.OPERATIONAL_ENTERED);
        RingLog fresh = recovery.rotation().log();
        List<NodeId> along = recovery.transitional();
        List<NodeId> left = without(members, along);
        List<NodeId> joined = without(recovery.newMembers(), along);
        OldRing old = recovery.oldRing();
        old.takeRecovered(fresh);
        port.log(Level.DEBUG, "recovered from %s to %s".formatted(fresh, log));
        old.deliverUpToGap();
        moveTo(
                new OperationalState(this, recovery.rotation()),
                "all members have all old messages");
        user.transitional(along, left, ringId);
        old.deliverBeyondGap(along);
        members = recovery.newMembers();
        log = fresh;
        logFrozen = false;
        opinion.reset(members);
        membershipLog.onMembership(ringId, joined, left);
        user.regular(members, joined, ringId);
    }

    static List<NodeId> without(List<NodeId> nodes, List<NodeId> others) {
        return nodes.stream().filter(node -> !others.contains(node)).toList();
    }

    NodeId self() {
        return self;
    }

    RingPort port() {
        return port;
    }

    RingUser user() {
        return user;
    }

    PacketSource userSource() {
        return userSource;
    }

    RingTimers timers() {
        return timers;
    }

    TotemConfig config() {
        return config;
    }

    Opinion opinion() {
        return opinion;
    }

    /** The messages of the ring that was in force last. */
    RingLog log() {
        return log;
    }

    int firstSequence() {
        return firstSequence;
    }

    int nextOriginSequence() {
        return originSequence++;
    }

    boolean isRepresentative() {
        return ringId.representative().equals(self);
    }

    /** Until the first commit token has reported this node's position, each old message helps. */
    void keepForRecovery(Mcast message) {
        if (!logFrozen && message.isOf(log.ringId())) {
            log.add(message);
        }
    }

    /**
     * Takes over what another node knows.
     *
     * @return whether that changed this node's opinion
     */
    boolean learnFrom(MembJoin join) {
        NodeId from = join.from();
        if (opinion.hasFailed(from) || opinion.covers(join.processors(), join.failed())) {
            return false;
        }
        if (!opinion.hasRoomFor(join.processors(), join.failed())) {
            drop("join message of node " + from + " names too many nodes");
            return false;
        }
        return opinion.learn(join, self, members);
    }

    Strangers strangers() {
        return strangers;
    }

    /** Gives the state a join message that was kept. */
    void joinNow(MembJoin join) {
        state.onJoin(join);
    }

    /** Counts a join message again that arrived in a state which it has ended. */
    void reconsider(MembJoin join) {
        if (state instanceof GatherState gather) {
            gather.countIfAgreeing(join);
        }
    }

    /** Whether this ring id may be used: a restart would not lead back to it. */
    boolean isDurable(RingId id) {
        return durableNumbers.cover(id.sequence());
    }

    /** In large clusters not all may speak at once: {@code send_join} spreads them. */
    void sendJoin() {
        if (config.sendJoinMillis() > 0) {
            timers.set(ClusterTimer.SEND_JOIN, random.nextInt(config.sendJoinMillis()));
        } else {
            sendJoinNow();
        }
    }

    private void sendJoinNow() {
        announcer.join(opinion, ringId);
    }

    CommitToken createCommitToken(List<NodeId> candidates) {
        return Announcer.commitToken(
                candidates, new RingId(self, highestRingSequence + RING_SEQUENCE_STEP));
    }

    void sendCommitToken(CommitToken token) {
        courier.send(token);
        timers.set(ClusterTimer.TOKEN_RETRANSMIT, config.tokenRetransmitMillis());
    }

    void sendToken(OrfToken token) {
        courier.send(token);
    }

    /** Keeps a token for {@link #resendToken} without sending it now. */
    void rememberToken(OrfToken token) {
        courier.remember(token);
    }

    void resendToken() {
        courier.resend();
        timers.set(ClusterTimer.TOKEN_RETRANSMIT, config.tokenRetransmitMillis());
    }

    void restartTokenTimers() {
        timers.set(ClusterTimer.TOKEN_LOSS, config.tokenTimeoutMillis());
        timers.set(ClusterTimer.TOKEN_RETRANSMIT, config.tokenRetransmitMillis());
        lateToken.tokenCame(config);
    }
}
