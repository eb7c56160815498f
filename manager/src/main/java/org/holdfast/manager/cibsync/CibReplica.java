package org.holdfast.manager.cibsync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.kernel.LogEvent;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerInput.GroupMember;
import org.holdfast.manager.ManagerInput.GroupMembership;
import org.holdfast.manager.ManagerTimer;
import org.holdfast.manager.cibsync.CibMessages.Round;
import org.holdfast.manager.cibsync.CibMessages.State;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of the CIB and its part in the replication.
 *
 * <p>Members may differ whenever the group's membership has changed for any of them; not all need
 * to have seen a change. So whoever sees one asks for a comparison, and the delivery of that
 * message is the point in the total order from which all take part:
 *
 * <ol>
 *   <li>UNSETTLED, from a membership change to the start of a comparison: requests wait.
 *   <li>COMPARING: what waited is applied, then each member says what copy it has. Requests that
 *       are delivered from here on wait again, so what a member said stays true.
 *   <li>AWAITING, if the copies differ: the member with the best one sends it.
 *   <li>IN_STEP: requests are applied as they are delivered.
 * </ol>
 */
public final class CibReplica {

    /** ENXIO: what was to be deleted is not there. */
    private static final int NOTHING_THERE = -6;

    private static final String TIMER_START = "cib-start";

    /** The member with the lowest id asks at once; the others only if it does not. */
    private static final long PATIENCE_MILLIS = 300;

    /** A comparison takes a few messages; after this time it is begun anew. */
    private static final long RETRY_MILLIS = 5_000;

    /** Subsystem name in the log. */
    private static final String LOG = "pacemaker-based";

    private enum Phase {
        OUTSIDE,
        UNSETTLED,
        COMPARING,
        AWAITING,
        IN_STEP
    }

    private record Pending(CibCompletion completion) {}

    private final NodeContext node;
    private final CibApplier applier;
    private final CibListener listener;
    private final CibPersistence persistence;
    private final String clientId;
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final List<Element> waiting = new ArrayList<>();
    private Element cib;
    private Phase phase = Phase.OUTSIDE;
    private boolean live;
    private long lastCallId;
    private long lastRound;
    private List<GroupMember> members = List.of();
    private @Nullable Round round;
    private CopyComparison comparison = new CopyComparison(List.of());
    private @Nullable GroupMember source;

    /**
     * A replica that has not joined its group.
     *
     * @param node this node
     * @param applier applies operations
     * @param initial the CIB from disk, or an empty one; with an empty status section
     * @param listener is told of changes
     */
    public CibReplica(NodeContext node, CibApplier applier, Element initial, CibListener listener) {
        this.node = node;
        this.applier = applier;
        this.cib = initial;
        this.listener = listener;
        this.persistence = new CibPersistence(node, initial);
        this.clientId =
                node.selfName() + "-" + Long.toUnsignedString(node.config().incarnation(), 16);
    }

    /** Joins the group. */
    public void start() {
        node.emit(new ManagerEffect.JoinGroup(Group.CIB.groupName()));
    }

    /** This node's copy. Immutable. */
    public Element current() {
        return cib;
    }

    /** Whether this copy is in step with those of all members. */
    public boolean isInStep() {
        return phase == Phase.IN_STEP;
    }

    /** A digest of this node's copy: equal for equal content. */
    public String digest() {
        return digest(cib);
    }

    /**
     * Sends a request to all members. Requests of one node are applied in the order in which it
     * submitted them.
     *
     * @param durable whether there must be a second copy when {@code completion} is called: on this
     *     node's disk if no other member has the change
     * @param completion is called once, in the step in which this node has applied the request or
     *     has it on disk
     */
    public void submit(CibRequest request, boolean durable, CibCompletion completion) {
        lastCallId++;
        pending.put(
                lastCallId,
                new Pending(
                        durable
                                ? (code, output) ->
                                        whenSafe(() -> completion.completed(code, output))
                                : completion));
        node.broadcast(Group.CIB, CibMessages.encode(request, clientId, lastCallId));
    }

    /**
     * What was applied here has been sent to the other members, and each of them writes it to its
     * disk; Pacemaker does not wait for the disk at all. A node without others waits for its own.
     */
    private void whenSafe(Runnable then) {
        if (members.size() > 1) {
            then.run();
        } else {
            persistence.whenDurable(then);
        }
    }

    /** Applies a request to this node's copy without keeping the result: queries and dry runs. */
    public CibApplier.Outcome tryOut(CibRequest request) {
        return applier.apply(cib, request);
    }

    /** Members came or went. */
    public void onMembership(GroupMembership change) {
        members = change.members();
        source = null;
        round = null;
        phase = Phase.UNSETTLED;
        boolean isFirst = !members.isEmpty() && members.getFirst().node().equals(node.self());
        if (isFirst) {
            askToCompare();
        } else {
            node.setTimer(TIMER_START, 0, PATIENCE_MILLIS);
        }
    }

    private void askToCompare() {
        lastRound++;
        node.broadcast(Group.CIB, CibMessages.encodeStart(lastRound));
        node.setTimer(TIMER_START, 0, RETRY_MILLIS);
    }

    /** A timer fired; answers whether it was the replica's. */
    public boolean onTimer(ManagerTimer timer) {
        if (persistence.onTimer(timer)) {
            return true;
        }
        if (!timer.purpose().equals(TIMER_START)) {
            return false;
        }
        if (phase != Phase.IN_STEP && phase != Phase.OUTSIDE) {
            askToCompare();
        }
        return true;
    }

    /** A comparison begins: here, for all members. */
    private void onStart(Round started) {
        applyWaiting();
        source = null;
        round = started;
        comparison = new CopyComparison(members);
        phase = Phase.COMPARING;
        node.setTimer(TIMER_START, 0, RETRY_MILLIS);
        node.broadcast(
                Group.CIB,
                CibMessages.encodeState(started, new State(CibVersion.of(cib), digest(cib), live)));
    }

    private void applyWaiting() {
        List<Element> due = new ArrayList<>(waiting);
        waiting.clear();
        due.forEach(this::applyRequest);
    }

    /** A message of the group was delivered. */
    public void onMessage(GroupMember sender, Element message) {
        boolean own = sender.node().equals(node.self()) && sender.pid() == node.config().pid();
        switch (message.name()) {
            case CibMessages.START -> onStart(CibMessages.startedRound(sender, message));
            case CibMessages.STATE -> {
                if (phase == Phase.COMPARING && CibMessages.round(message).equals(round)) {
                    onState(sender, CibMessages.decodeState(message));
                }
            }
            case CibMessages.SYNC -> {
                if (phase == Phase.AWAITING && CibMessages.round(message).equals(round)) {
                    onSync(sender, own, message);
                }
            }
            case CibMessages.COMMAND -> {
                if (phase == Phase.IN_STEP) {
                    applyRequest(message);
                } else {
                    waiting.add(message);
                }
            }
            default ->
                    node.log(
                            LogEvent.Level.DEBUG,
                            LOG,
                            "Ignoring " + message.name() + " from " + sender.node());
        }
    }

    /** Before this node leaves: what is not on its disk yet is written. */
    public void flush() {
        persistence.flush();
    }

    /** A write is durable. */
    public void onPersisted(long ticket) {
        persistence.persisted(ticket);
    }

    private void onState(GroupMember sender, State state) {
        comparison.tell(sender, state);
        if (!comparison.isComplete()) {
            return;
        }
        if (comparison.isEqual()) {
            goInStep(false);
            return;
        }
        GroupMember best = comparison.best();
        source = best;
        phase = Phase.AWAITING;
        node.log(
                LogEvent.Level.DEBUG,
                LOG,
                "CIBs differ; all take that of " + node.config().nodeName(best.node()));
        boolean selfIsBest = best.node().equals(node.self()) && best.pid() == node.config().pid();
        Round current = round;
        if (selfIsBest && current != null) {
            node.broadcast(Group.CIB, CibMessages.encodeSync(current, cib));
        }
    }

    private void onSync(GroupMember sender, boolean own, Element message) {
        Element best = CibMessages.syncedCib(message);
        if (!sender.equals(source) || best == null) {
            return;
        }
        Element before = cib;
        boolean replaced = !own && !digest(best).equals(digest(before));
        if (replaced) {
            node.log(
                    LogEvent.Level.NOTICE,
                    LOG,
                    "CIB %s replaced by version %s of %s"
                            .formatted(
                                    CibVersion.of(before),
                                    CibVersion.of(best),
                                    node.config().nodeName(sender.node())));
            cib = best;
        }
        if (comparison.isAmbiguous()) {
            // Two partitions made different changes under one version number: whoever followed
            // either must be able to tell the result from what it had.
            CibVersion version = CibVersion.of(cib);
            cib = cib.with("epoch", Long.toString(version.epoch() + 1)).with("num_updates", "0");
        }
        if (!CibVersion.of(cib).ofConfiguration().equals(CibVersion.of(before).ofConfiguration())
                || replaced) {
            persistence.changed(cib);
        }
        if (cib != before) {
            listener.cibChanged(before, cib);
        }
        goInStep(replaced);
    }

    private void goInStep(boolean replaced) {
        phase = Phase.IN_STEP;
        live = true;
        node.cancelTimer(TIMER_START, 0);
        applyWaiting();
        listener.cibInStep(replaced);
    }

    private void applyRequest(Element message) {
        CibRequest request = CibMessages.decodeRequest(message);
        if (request == null) {
            return;
        }
        Element before = cib;
        CibApplier.Outcome outcome = applier.apply(before, request);
        if (outcome.returnCode() != 0
                && outcome.returnCode() != NOTHING_THERE
                && request.user().equals(CibRequest.CLUSTER_USER)) {
            node.log(
                    LogEvent.Level.WARNING,
                    LOG,
                    "%s of %s on %s failed with %d"
                            .formatted(
                                    request.op(),
                                    request.client(),
                                    request.origin(),
                                    outcome.returnCode()));
        }
        boolean keeps = outcome.returnCode() == 0 && !request.has(CibRequest.DRY_RUN);
        if (keeps && outcome.cib() != before) {
            cib = outcome.cib();
            if (!CibVersion.of(cib)
                    .ofConfiguration()
                    .equals(CibVersion.of(before).ofConfiguration())) {
                persistence.changed(cib);
            }
            listener.cibChanged(before, cib);
        }
        if (message.getOr("cib_clientid", "").equals(clientId)) {
            Pending mine = pending.remove(CibMessages.callId(message));
            if (mine != null) {
                mine.completion().completed(outcome.returnCode(), outcome.output());
            }
        }
    }

    private static String digest(Element cib) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            return HexFormat.of()
                    .formatHex(
                            md5.digest(XmlPrinter.compact(cib).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
