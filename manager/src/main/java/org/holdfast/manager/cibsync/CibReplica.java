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
import org.holdfast.manager.cibsync.CibMessages.State;
import org.holdfast.manager.messages.Group;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * This node's copy of the CIB and its part in the replication.
 *
 * <p>Three phases, entered by messages and membership changes of the {@code cib} group only, so all
 * members that move together are in the same phase at the same point of the total order:
 *
 * <ol>
 *   <li>COMPARING, after every membership change: each member says what copy it has. Requests that
 *       are delivered meanwhile wait.
 *   <li>AWAITING, if the copies differ: the member with the best one sends it, with the requests
 *       that it had waiting from before the change.
 *   <li>IN_STEP: requests are applied as they are delivered.
 * </ol>
 *
 * <p>A member does not change its copy between telling it and the end of the comparison, so what it
 * told stays true even if the message is delivered after a further membership change. It never has
 * two such messages under way.
 */
public final class CibReplica {

    /** Code of a request that was lost with a membership change: try again (EAGAIN). */
    public static final int LOST = -11;

    /** Subsystem name in the log. */
    private static final String LOG = "pacemaker-based";

    private enum Phase {
        OUTSIDE,
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
    private final List<Element> carried = new ArrayList<>();
    private final List<Element> waiting = new ArrayList<>();
    private Element cib;
    private Phase phase = Phase.OUTSIDE;
    private boolean live;
    private boolean stateUnderWay;
    private boolean syncUnderWay;
    private long lastCallId;
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
     * @param completion is called once, in the step in which this node has applied the request and,
     *     if {@code durable}, has it on disk
     */
    public void submit(CibRequest request, boolean durable, CibCompletion completion) {
        lastCallId++;
        pending.put(
                lastCallId,
                new Pending(
                        durable
                                ? (code, output) ->
                                        persistence.whenDurable(
                                                () -> completion.completed(code, output))
                                : completion));
        node.broadcast(Group.CIB, CibMessages.encode(request, clientId, lastCallId));
    }

    /** Applies a request to this node's copy without keeping the result: queries and dry runs. */
    public CibApplier.Outcome tryOut(CibRequest request) {
        return applier.apply(cib, request);
    }

    /** Members came or went. */
    public void onMembership(GroupMembership change) {
        carried.addAll(waiting);
        waiting.clear();
        source = null;
        comparison = new CopyComparison(change.members());
        phase = Phase.COMPARING;
        if (!stateUnderWay) {
            stateUnderWay = true;
            node.broadcast(
                    Group.CIB,
                    CibMessages.encodeState(
                            new State(CibVersion.of(cib), digest(cib), live, carried.size())));
        }
    }

    /** A message of the group was delivered. */
    public void onMessage(GroupMember sender, Element message) {
        boolean own = sender.node().equals(node.self()) && sender.pid() == node.config().pid();
        switch (message.name()) {
            case CibMessages.STATE -> onState(sender, own, CibMessages.decodeState(message));
            case CibMessages.SYNC -> onSync(sender, own, message);
            case "cib_command" -> {
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

    /** A write is durable. */
    public void onPersisted(long ticket) {
        persistence.persisted(ticket);
    }

    private void onState(GroupMember sender, boolean own, State state) {
        if (own) {
            stateUnderWay = false;
        }
        if (phase != Phase.COMPARING) {
            return;
        }
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
        boolean selfIsBest = best.node().equals(node.self()) && best.pid() == node.config().pid();
        if (selfIsBest && !syncUnderWay) {
            syncUnderWay = true;
            node.broadcast(Group.CIB, CibMessages.encodeSync(cib, carried));
        }
    }

    private void onSync(GroupMember sender, boolean own, Element message) {
        if (own) {
            syncUnderWay = false;
        }
        Element best = CibMessages.syncedCib(message);
        if (phase != Phase.AWAITING || !sender.equals(source) || best == null) {
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
        List<Element> theirs = CibMessages.syncedRequests(message);
        failLostRequests(theirs);
        carried.clear();
        if (cib != before) {
            listener.cibChanged(before, cib);
        }
        theirs.forEach(this::applyRequest);
        goInStep(replaced);
    }

    /** Requests that only this node had waiting, not the one whose copy won, are gone. */
    private void failLostRequests(List<Element> kept) {
        for (Element mine : carried) {
            if (!kept.contains(mine) && mine.getOr("cib_clientid", "").equals(clientId)) {
                Pending lost = pending.remove(CibMessages.callId(mine));
                if (lost != null) {
                    lost.completion().completed(LOST, null);
                }
            }
        }
    }

    private void goInStep(boolean replaced) {
        phase = Phase.IN_STEP;
        live = true;
        List<Element> due = new ArrayList<>(waiting);
        waiting.clear();
        due.forEach(this::applyRequest);
        listener.cibInStep(replaced);
    }

    private void applyRequest(Element message) {
        CibRequest request = CibMessages.decodeRequest(message);
        if (request == null) {
            return;
        }
        Element before = cib;
        CibApplier.Outcome outcome = applier.apply(before, request);
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
