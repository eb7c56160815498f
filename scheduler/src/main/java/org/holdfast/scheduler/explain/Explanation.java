package org.holdfast.scheduler.explain;

import java.util.List;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/**
 * Why things go as they go.
 *
 * @param subject what was asked about
 * @param kind what that is
 * @param parts one for each primitive that it consists of, or that it concerns
 * @param nodes nodes that were asked about
 * @param facts what holds for the subject itself, such as the state of a ticket
 * @param alternatives changes that alter the outcome, the nearest first; each was tried
 * @param tried how many changes were tried
 */
public record Explanation(
        String subject,
        Kind kind,
        List<Part> parts,
        List<NodePart> nodes,
        List<Cause> facts,
        List<Alternative> alternatives,
        int tried) {

    /** What can be asked about. */
    public enum Kind {
        RESOURCE,
        TAG,
        TICKET,
        CONSTRAINT,
        NODE
    }

    /**
     * One primitive, or one instance of a cloned one.
     *
     * @param from nodes where it is now
     * @param to the node where it shall be, or null
     * @param after where it will be once all that can be done is done, with its role
     * @param roleBefore its role now
     * @param roleAfter its role afterwards
     * @param facts what holds for it on all nodes alike, such as that it is not managed
     * @param nodes how each node came off, the chosen one first, then by score
     * @param decision the rule that made the choice, in a sentence
     * @param actions what will be done, and what would be if it could
     */
    public record Part(
            String id,
            List<String> from,
            @Nullable String to,
            List<String> after,
            Role roleBefore,
            Role roleAfter,
            List<Cause> facts,
            List<NodeVerdict> nodes,
            String decision,
            List<PlannedAction> actions) {}

    /** How a node came off. */
    public enum Verdict {
        CHOSEN,
        WORSE,
        BANNED,
        UNAVAILABLE,
        NOT_ALLOWED
    }

    /**
     * A node as a place for a primitive.
     *
     * @param score the score at the time of the decision
     * @param obstacle why the node can take nothing at all, or null
     * @param steps how the score came about
     */
    public record NodeVerdict(
            String node, Verdict verdict, int score, @Nullable Cause obstacle, List<Step> steps) {}

    /**
     * One change of a score.
     *
     * @param cause the reason in plain English, with what it names
     */
    public record Step(ScoreReason reason, int before, int after, Cause cause) {}

    /** Whether an action is done. */
    public enum Planned {
        /** It is part of the transition. */
        YES,
        /** It is wanted, and something stands in its way. */
        BLOCKED,
        /** It is wanted, but its resource is not managed. */
        UNMANAGED
    }

    /**
     * An action that is planned, or that would be if it could.
     *
     * @param key the operation's key, such as {@code vip_start_0}
     * @param intervalMillis of what recurs; 0 for the rest
     * @param causes why it must happen
     * @param obstacles why it cannot; empty if it can
     * @param reason in Pacemaker's words, or null
     */
    public record PlannedAction(
            String key,
            String operation,
            long intervalMillis,
            @Nullable String node,
            Planned planned,
            List<Cause> causes,
            List<Cause> obstacles,
            @Nullable String reason) {}

    /**
     * A node.
     *
     * @param state in a word: online, offline, standby...
     * @param facts why it is in that state
     * @param running what is active there now, with the role
     * @param arriving what will come there
     * @param leaving what will leave, with the reason
     * @param actions what will be done to it: fencing, unfencing, shutdown
     */
    public record NodePart(
            String node,
            String state,
            List<Cause> facts,
            List<String> running,
            List<String> arriving,
            List<PlannedAction> leaving,
            List<PlannedAction> actions) {}

    /**
     * A change and what it would lead to.
     *
     * @param outcome what would be different, in a sentence
     * @param before the outcome as it is planned
     * @param after the outcome with the change
     */
    public record Alternative(Change change, String outcome, Outcome before, Outcome after) {}
}
