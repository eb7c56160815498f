package org.holdfast.manager.controller;

import java.util.SortedSet;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * This node's part in elections, by Pacemaker's rules: the older feature set wins, then the longer
 * uptime, then the name that sorts first. A node that would lose to a vote answers with a no-vote;
 * a vote's owner has won when all members have given in.
 *
 * <p>Uptimes are compared as they were at the last membership change, on both sides. So any two
 * nodes agree on who of them is better for as long as the membership lasts, and no chain of votes
 * can go round in circles.
 */
final class Election {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private final NodeContext node;
    private final ControllerMessages messages;
    private final Peers peers;
    private final SortedSet<NodeId> gaveIn = new TreeSet<>();
    private final SortedSet<NodeId> asked = new TreeSet<>();
    private final long startedNanos;
    private long ageNanos;
    private long round;
    private boolean inProgress;
    private @Nullable NodeId lostTo;

    /** What a message meant for this node. */
    enum Verdict {
        /** Nothing to do. */
        NONE,
        /** All others gave in. */
        WON,
        /** The sender is better. */
        LOST,
        /** This node is better and should say so by a vote of its own. */
        CONTEST
    }

    Election(NodeContext node, ControllerMessages messages, Peers peers) {
        this.node = node;
        this.messages = messages;
        this.peers = peers;
        this.startedNanos = node.nowNanos();
    }

    /**
     * The membership changed; answers {@link Verdict#WON} if only voters that left were missing.
     */
    Verdict onMembership() {
        ageNanos = node.nowNanos() - startedNanos;
        gaveIn.retainAll(peers.online());
        lostTo = null;
        if (!inProgress) {
            return Verdict.NONE;
        }
        if (!asked.containsAll(peers.online())) {
            // The newcomers have not heard this node's vote, and would never answer it.
            vote();
            return Verdict.NONE;
        }
        return check();
    }

    /** Starts a round of this node's own. */
    void vote() {
        round++;
        inProgress = true;
        lostTo = null;
        gaveIn.clear();
        asked.clear();
        asked.addAll(peers.online());
        messages.broadcast(
                messages.request(ControllerMessages.VOTE, "crmd", "crmd", null)
                        .attribute("election-owner", node.self().toString())
                        .attribute("election-id", Long.toString(round))
                        .attribute("election-age-sec", Long.toString(ageNanos / NANOS_PER_SECOND))
                        .attribute(
                                "election-age-nano-sec",
                                Long.toString(ageNanos % NANOS_PER_SECOND / NANOS_PER_MICRO))
                        .build());
    }

    boolean isInProgress() {
        return inProgress;
    }

    void stop() {
        inProgress = false;
    }

    /**
     * A vote or no-vote was delivered.
     *
     * @param eligible whether this node could lead; one that could not gives in to everybody, so
     *     that nobody waits for it
     */
    Verdict onMessage(NodeId sender, Element message, boolean eligible) {
        if (!peers.isOnline(sender)) {
            return Verdict.NONE;
        }
        NodeId owner = ControllerMessages.nodeId(message.get("election-owner"));
        long id = ControllerMessages.number(message, "election-id", -1);
        boolean forSelf = node.self().equals(owner);
        if (message.getOr("crm_task", "").equals(ControllerMessages.NO_VOTE)
                || sender.equals(node.self())) {
            if (!forSelf || id != round || !inProgress) {
                return Verdict.NONE;
            }
            gaveIn.add(sender);
            return check();
        }
        if (owner == null) {
            return Verdict.NONE;
        }
        String reason = eligible ? reasonToLose(sender, message) : "not ready to lead";
        if (reason == null) {
            // Somebody better than this node will answer; two of us would only make noise.
            boolean leaveItToBetter = lostTo != null && peers.isOnline(lostTo);
            return inProgress || leaveItToBetter ? Verdict.NONE : Verdict.CONTEST;
        }
        lostTo = sender;
        node.log(
                LogEvent.Level.INFO,
                Controller.LOG,
                "Election round %d of %s: this node gives in (%s)"
                        .formatted(id, peers.name(sender), reason));
        inProgress = false;
        messages.send(
                sender,
                messages.request(ControllerMessages.NO_VOTE, "crmd", "crmd", sender)
                        .attribute("election-owner", owner.toString())
                        .attribute("election-id", Long.toString(id))
                        .build());
        return Verdict.LOST;
    }

    private Verdict check() {
        if (gaveIn.containsAll(peers.online())) {
            inProgress = false;
            return Verdict.WON;
        }
        return Verdict.NONE;
    }

    /** Why the sender of a vote is the better DC, or null if this node is. */
    private @Nullable String reasonToLose(NodeId sender, Element vote) {
        int byVersion = compareVersions(vote.getOr("version", "0"), ControllerMessages.FEATURE_SET);
        if (byVersion != 0) {
            return byVersion < 0 ? "older feature set" : null;
        }
        long theirs =
                ControllerMessages.number(vote, "election-age-sec", 0) * NANOS_PER_SECOND
                        + ControllerMessages.number(vote, "election-age-nano-sec", 0)
                                * NANOS_PER_MICRO;
        long mine = ageNanos / NANOS_PER_MICRO * NANOS_PER_MICRO;
        if (theirs != mine) {
            return theirs > mine ? "longer uptime" : null;
        }
        int byName = peers.name(sender).compareToIgnoreCase(node.selfName());
        if (byName != 0) {
            return byName < 0 ? "name" : null;
        }
        return sender.compareTo(node.self()) < 0 ? "id" : null;
    }

    private static int compareVersions(String left, String right) {
        String[] a = left.split("\\.");
        String[] b = right.split("\\.");
        for (int i = 0; i < Math.max(a.length, b.length); i++) {
            long x = i < a.length ? part(a[i]) : 0;
            long y = i < b.length ? part(b[i]) : 0;
            if (x != y) {
                return Long.compare(x, y);
            }
        }
        return 0;
    }

    private static long part(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
