package org.holdfast.manager.controller;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.kernel.BrokenInvariant;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerInput.GroupMembership;
import org.holdfast.manager.ManagerInput.QuorumChanged;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.attributes.AttributeManager;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.executor.Executor;
import org.holdfast.manager.fencer.Fencer;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * The controller of one node: owns its state and routes what happens to the part that deals with
 * it. The legal changes of state are in {@link StateName#successors}; each change logs one line
 * with its reason.
 */
public final class Controller {

    static final String LOG = "pacemaker-controld";

    private static final String TIMER_STATE = "controller-state";
    private static final String TIMER_ESCALATION = "shutdown-escalation";
    private static final long ESCALATION_MILLIS = 20 * 60_000;
    private static final int PROGRESS_MAX = 20;

    private final NodeContext node;
    private final CibReplica cib;
    private final AttributeManager attributes;
    private final Fencer fencer;
    private final Executor executor;
    private final Planning planning;
    private final ControllerMessages messages;
    private final Peers peers;
    private final Election election;
    private final LocalHistory local;
    private final JoinCoordinator join;
    private final StatusSection status;
    private final TransitionEngine engine;
    private final DcDuties duties;
    private final MemberDuties member;
    private final IdleWaiters waiters;
    private ControllerState state;
    private @Nullable NodeId dc;
    private long stateTimer;
    private int fruitlessWaits;
    private boolean shuttingDown;
    private boolean askedToStop;
    private boolean left;

    /** A controller outside its group. */
    public Controller(
            NodeContext node, CibReplica cib, AttributeManager attributes, Fencer fencer) {
        this.node = node;
        this.cib = cib;
        this.attributes = attributes;
        this.fencer = fencer;
        this.planning = new Planning(node, cib);
        this.messages = new ControllerMessages(node);
        this.peers = new Peers(node.config().nodes());
        this.election = new Election(node, messages, peers);
        CibWriter writer = new CibWriter(node, cib);
        this.local = new LocalHistory(node, messages, writer);
        this.executor = new Executor(node, local);
        this.join = new JoinCoordinator(node, messages, peers);
        this.status = new StatusSection(node, cib, writer, peers, join);
        this.duties = new DcDuties(this, node, messages, writer, attributes);
        this.engine = new TransitionEngine(node, duties);
        this.member = new MemberDuties(this, node, messages, local, executor);
        this.waiters = new IdleWaiters(this, messages);
        this.state = new StartingState(this);
    }

    /** Joins the group. */
    public void start() {
        node.emit(new ManagerEffect.JoinGroup(Group.CONTROLLER.groupName()));
    }

    NodeId self() {
        return node.self();
    }

    Peers peers() {
        return peers;
    }

    int jobsPerNode() {
        return new ClusterProperties(cib.current()).jobsPerNode(node.config().processors());
    }

    CibReplica cib() {
        return cib;
    }

    Election election() {
        return election;
    }

    JoinCoordinator join() {
        return join;
    }

    StatusSection status() {
        return status;
    }

    TransitionEngine engine() {
        return engine;
    }

    @Nullable NodeId dc() {
        return dc;
    }

    void setDc(@Nullable NodeId leader) {
        dc = leader;
    }

    int fruitlessWaits() {
        return fruitlessWaits;
    }

    void countFruitlessWait() {
        fruitlessWaits++;
    }

    void clearFruitlessWaits() {
        fruitlessWaits = 0;
    }

    /** The executor of this node. */
    public Executor executor() {
        return executor;
    }

    /** The name of the state, as Pacemaker's tools know it. */
    public String stateName() {
        return state.name().name();
    }

    /** Whether this node leads its partition. */
    public boolean isDc() {
        return state.name().isDc();
    }

    /** The DC's name, or null while there is none. */
    public @Nullable String dcName() {
        NodeId leader = dc;
        return leader == null ? null : peers.name(leader);
    }

    /** Every node that the controller remembers. */
    public List<ControlAnswer.Peer> knownPeers() {
        return peers.describe();
    }

    /** The node of a name, or null. */
    public @Nullable NodeId nodeNamed(String name) {
        return peers.byName(name);
    }

    /** Forgets a node that is not a member; answers false if it is one. */
    public boolean forget(NodeId peer) {
        if (peers.isMember(peer)) {
            return false;
        }
        peers.forget(peer);
        return true;
    }

    /** Whether this node is the DC of an idle partition. */
    public boolean isIdle() {
        return state.name() == StateName.S_IDLE && planning.wish() == null;
    }

    /** Runs {@code then} when the partition has nothing left to do. */
    public void whenIdle(Runnable then) {
        waiters.add(then);
    }

    void becameIdle() {
        waiters.idle();
    }

    void to(ControllerState next, String reason) {
        StateName from = state.name();
        StateName target = next.name();
        if (!from.successors().contains(target)) {
            throw new BrokenInvariant("no way from " + from + " to " + target + ": " + reason);
        }
        node.log(LogEvent.Level.NOTICE, LOG, "State %s -> %s: %s".formatted(from, target, reason));
        node.cancelTimer(TIMER_STATE, stateTimer);
        stateTimer++;
        if (from.isDc() && !target.isDc()) {
            resign();
        }
        if (!from.isDc() && target.isDc()) {
            status.writeProperties();
            planning.forget();
        }
        if (target == StateName.S_ELECTION) {
            member.dropOffer();
        }
        askedToStop = false;
        state = next;
        next.entered();
    }

    private void resign() {
        engine.drop();
        join.clear();
        planning.forget();
    }

    void setStateTimer(long millis) {
        node.setTimer(TIMER_STATE, stateTimer, millis);
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    StateName stateNow() {
        return state.name();
    }

    void startElection(String reason) {
        switch (state.name()) {
            case S_ELECTION -> {
                if (!election.isInProgress()) {
                    election.vote();
                }
            }
            case S_STARTING, S_STOPPING, S_TERMINATE -> {
                // not ready to lead, or not any more
            }
            case S_PENDING,
                    S_NOT_DC,
                    S_INTEGRATION,
                    S_FINALIZE_JOIN,
                    S_POLICY_ENGINE,
                    S_TRANSITION_ENGINE,
                    S_IDLE ->
                    to(new ElectionState(this), reason);
        }
    }

    private void onVerdict(Election.Verdict verdict, NodeId other) {
        switch (verdict) {
            case NONE -> {}
            case WON -> {
                if (state.name() == StateName.S_ELECTION) {
                    to(new IntegrationState(this, true), "election won");
                }
            }
            case LOST -> {
                if (isDc() || state.name() == StateName.S_ELECTION) {
                    dc = null;
                    to(new PendingState(this), "election lost to " + peers.name(other));
                }
            }
            case CONTEST -> startElection("better than " + peers.name(other));
        }
    }

    private void afterStep() {
        for (int i = 0; i < PROGRESS_MAX; i++) {
            ControllerState before = state;
            state.progress();
            if (state == before) {
                break;
            }
        }
        member.maybeAnswer();
        if (shuttingDown) {
            maybeAskToStop();
        }
    }

    // Inputs.

    /** Controllers came or went. */
    public void onMembership(GroupMembership change) {
        SortedSet<NodeId> lost = new TreeSet<>();
        for (GroupMember gone : change.left()) {
            lost.add(gone.node());
        }
        peers.onGroup(change, node.epochSeconds());
        join.onMembership();
        lost.forEach(waiters::gone);
        NodeId leader = dc;
        boolean dcLost = leader != null && !leader.equals(self()) && lost.contains(leader);
        if (dcLost) {
            dc = null;
            member.dropOffer();
        }
        onVerdict(election.onMembership(), self());
        if (dcLost) {
            startElection("DC lost");
        }
        if (isDc()) {
            lost.forEach(engine::nodeLost);
            if (!lost.isEmpty()) {
                status.write(lost, (code, output) -> {});
                requestPlan("Node left");
            }
            // One that left and came back within one change has lost its place, too.
            lost.forEach(join::onAnnounce);
            integrateNewcomers();
        }
        afterStep();
    }

    private void integrateNewcomers() {
        if (isDc() && join.hasNewcomers()) {
            to(new IntegrationState(this, false), "members to join");
        }
    }

    /** The ring or quorum changed. */
    public void onQuorum(QuorumChanged change) {
        SortedSet<NodeId> before = peers.ring();
        boolean quorumChanged = peers.onQuorum(change, node.epochSeconds());
        if (isDc()) {
            // A controller may have left its group before: only now is its node known to be gone.
            status.write(peers.changedSince(before), (code, output) -> {});
            if (!peers.ring().containsAll(before)) {
                requestPlan("Node left the ring");
            }
            if (quorumChanged) {
                status.writeQuorum((code, output) -> {});
                requestPlan("Quorum change");
            }
        }
        afterStep();
    }

    /** A message of the group was delivered. */
    public void onMessage(GroupMember sender, Element message) {
        NodeId from = sender.node();
        switch (message.getOr("crm_task", "")) {
            case ControllerMessages.VOTE, ControllerMessages.NO_VOTE -> {
                boolean eligible = state.name().mayLead();
                onVerdict(election.onMessage(from, message, eligible), from);
            }
            case ControllerMessages.JOIN_ANNOUNCE -> {
                peers.onAnnounce(from);
                if (isDc() && !from.equals(self()) && join.onAnnounce(from)) {
                    integrateNewcomers();
                }
            }
            case ControllerMessages.JOIN_OFFER -> member.onOffer(from, message);
            case ControllerMessages.JOIN_REQUEST -> {
                if (isDc()
                        && !join.onRequest(
                                from, ControllerMessages.number(message, "join_id", -1))) {
                    integrateNewcomers();
                }
            }
            case ControllerMessages.JOIN_ACK -> member.onAccepted(from, message);
            case ControllerMessages.JOIN_CONFIRM -> {
                if (isDc()) {
                    join.onConfirm(from, ControllerMessages.number(message, "join_id", -1));
                }
            }
            case ControllerMessages.INVOKE -> onInvoke(from, message);
            case ControllerMessages.LRM_DELETE -> member.onDelete(message);
            case ControllerMessages.LRM_FAIL -> member.onFail(message);
            case "clear_failcount" -> member.onClearFailure(message);
            case ControllerMessages.DO_SHUTDOWN -> {
                if (from.equals(dc)) {
                    stopSelf();
                }
            }
            case ControllerMessages.WAIT_IDLE -> waiters.onWait(from, message);
            case ControllerMessages.IS_IDLE -> waiters.onIdle(message);
            default -> {
                // Pacemaker's other messages do not concern this node
            }
        }
        afterStep();
    }

    private void onInvoke(NodeId from, Element message) {
        Element payload = ControllerMessages.payloadOf(message);
        if (payload == null || left) {
            return;
        }
        if (!message.getOr("crm_sys_to", "").equals("tengine")) {
            member.onOrder(from, payload);
            return;
        }
        Element entry = LocalHistory.acknowledged(payload);
        NodeId where = LocalHistory.acknowledgingNode(payload);
        if (isDc() && entry != null && where != null) {
            duties.historyEntry(where, entry);
        }
    }

    /** A timer fired; answers whether it was one of the controller's. */
    public boolean onTimer(ManagerTimer timer) {
        switch (timer.purpose()) {
            case TIMER_STATE -> {
                if (timer.number() == stateTimer && !left) {
                    state.timerFired();
                }
            }
            case TIMER_ESCALATION -> {
                node.log(LogEvent.Level.ERROR, LOG, "Shutdown takes too long; leaving now");
                stopSelf();
            }
            default -> {
                if (!engine.onTimer(timer) && !executor.onTimer(timer)) {
                    return false;
                }
            }
        }
        afterStep();
        return true;
    }

    /** An agent ended. */
    public void onAgentResult(org.holdfast.manager.ManagerInput.AgentResult result) {
        executor.onAgentResult(result);
        afterStep();
    }

    /** An agent has described itself, or has not. */
    public void onAgentDescribed(long call, @Nullable String metadata) {
        executor.onDescribed(call, metadata);
        afterStep();
    }

    /** The CIB changed. */
    public void onCibChanged(Element before, Element after) {
        if (isDc()) {
            duties.onCibChanged(before, after);
        }
    }

    /** The CIB is in step with the other members'. */
    public void onCibInStep(boolean replaced) {
        if (replaced && isDc()) {
            to(new IntegrationState(this, true), "the CIB was replaced");
        }
    }

    /** Runs at the end of a step in which the CIB or the attributes changed. */
    public void onStepEnd() {
        afterStep();
    }

    // The DC's planning.

    void requestPlan(String reason) {
        if (!isDc()) {
            return;
        }
        planning.want(reason);
        engine.abort(TransitionGraph.INFINITY, reason);
    }

    boolean wantsPlan() {
        return planning.wish() != null || engine.wantsRestart();
    }

    String planReason() {
        String reason = planning.wish();
        return reason == null ? "transition was stopped" : reason;
    }

    Planning planning() {
        return planning;
    }

    /** A plan that was asked for has been made. */
    public void onPlanned(int transitionId, Element graphXml) {
        if (planning.came(transitionId) && state.name() == StateName.S_POLICY_ENGINE) {
            String wish = planning.wish();
            if (wish == null && cib.isInStep()) {
                to(new TransitionState(this, planning.adopt(graphXml, transitionId)), "planned");
            } else {
                node.log(
                        LogEvent.Level.INFO,
                        LOG,
                        "Transition %d is dropped: %s"
                                .formatted(
                                        transitionId,
                                        wish == null ? "the CIB is not in step" : wish));
            }
        }
        afterStep();
    }

    /** The planner broke down over a plan that was asked for. */
    public void onPlanningFailed(int transitionId, String why) {
        node.log(
                LogEvent.Level.ERROR,
                LOG,
                "Transition %d cannot be planned, nothing is done until something changes: %s"
                        .formatted(transitionId, why));
        onPlanned(transitionId, Element.of("transition_graph"));
    }

    void fence(GraphAction action, NodeId target) {
        String operation = action.meta("stonith_action");
        fencer.fence(peers.name(target), operation == null ? "reboot" : operation, "crmd");
        engine.fencingFailed(action);
    }

    /** A node is known to be down. */
    public void onFenced(NodeId target) {
        if (isDc() && !peers.isOnline(target)) {
            peers.expectDown(target);
            status.write(List.of(target), (code, output) -> {});
            status.eraseHistory(target);
            engine.fenced(target);
            requestPlan("Node is confirmed to be down");
        }
        afterStep();
    }

    void announce() {
        messages.broadcast(
                messages.request(ControllerMessages.JOIN_ANNOUNCE, "crmd", "dc", null).build());
    }

    /** Has a node forget a resource, or its failures. */
    public void clean(String resource, NodeId target, @Nullable String operation) {
        duties.clearFailures(resource, target, operation);
    }

    ControllerMessages messages() {
        return messages;
    }

    /** Tells the others what this node's manager can do; tools warn when members differ. */
    void announceFeatureSet() {
        attributes.update(self(), "#feature-set", ControllerMessages.FEATURE_SET);
    }

    // Leaving.

    /** Stops this node in good order: the DC moves or stops its resources, then it leaves. */
    public void shutDown() {
        if (shuttingDown) {
            return;
        }
        shuttingDown = true;
        long escalation =
                new ClusterProperties(cib.current())
                        .millis("shutdown-escalation", ESCALATION_MILLIS);
        node.setTimer(TIMER_ESCALATION, 0, escalation);
        if (state.name() == StateName.S_STARTING) {
            stopSelf();
        }
        afterStep();
    }

    private void maybeAskToStop() {
        boolean member = state.name() == StateName.S_NOT_DC || join.isConfirmed(self());
        if (member && !askedToStop && !attributes.hasValue("shutdown", self())) {
            askedToStop = true;
            attributes.update(self(), "shutdown", Long.toString(node.epochSeconds()));
        }
    }

    void stopSelf() {
        switch (state.name()) {
            case S_STOPPING, S_TERMINATE -> {}
            default -> to(new StoppingState(this), "ordered to stop");
        }
    }

    /** Leaves the groups; the last thing that a controller does. */
    void leave() {
        if (left) {
            return;
        }
        left = true;
        executor.stopRecurring();
        cib.flush();
        for (Group group : List.of(Group.CONTROLLER, Group.FENCER, Group.ATTRIBUTES, Group.CIB)) {
            node.emit(new ManagerEffect.LeaveGroup(group.groupName()));
        }
        node.cancelTimer(TIMER_ESCALATION, 0);
        node.emit(new ManagerEffect.ReadyToExit());
    }
}
