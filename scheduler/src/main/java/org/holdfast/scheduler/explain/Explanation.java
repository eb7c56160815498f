package org.holdfast.scheduler.explain;

import java.util.List;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/**
 * Why a resource goes where it goes.
 *
 * @param resource the resource that was asked about
 * @param parts one for each primitive that it consists of
 * @param alternatives changes that alter the outcome, the nearest first; each was tried
 * @param tried how many changes were tried
 */
public record Explanation(
        String resource, List<Part> parts, List<Alternative> alternatives, int tried) {

    /**
     * One primitive, or one instance of a cloned one.
     *
     * @param from nodes where it is now
     * @param to the node where it will be, or null
     * @param roleBefore its role now
     * @param roleAfter its role afterwards
     * @param facts what holds for it on all nodes alike, such as that it is not managed
     * @param nodes how each node came off, the chosen one first, then by score
     * @param decision the rule that made the choice, in a sentence
     * @param actions what will be done
     */
    public record Part(
            String id,
            List<String> from,
            @Nullable String to,
            Role roleBefore,
            Role roleAfter,
            List<String> facts,
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
            String node, Verdict verdict, int score, @Nullable String obstacle, List<Step> steps) {}

    /**
     * One change of a score.
     *
     * @param text the reason in plain English
     */
    public record Step(ScoreReason reason, int before, int after, String text) {}

    /**
     * An action that is planned, or that would be if it could.
     *
     * @param blocked whether something stands in its way
     * @param reason why, or null
     */
    public record PlannedAction(
            String operation, @Nullable String node, boolean blocked, @Nullable String reason) {}

    /**
     * A change and what it would lead to.
     *
     * @param outcome where the resource would be, in a sentence
     */
    public record Alternative(Change change, String outcome) {}
}
