package org.holdfast.scheduler.colocation;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.assignment.Places;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Changes a dependent's scores, or its priority for promotion, by where one primary was placed. */
public final class ColocationWeights {

    private final ReasonSink sink;

    public ColocationWeights(ReasonSink sink) {
        this.sink = sink;
    }

    /**
     * Applies a colocation with a primitive (or a whole group taken as one) as far as it has an
     * effect now.
     */
    int apply(Resource dependent, Resource primary, Colocation colocation) {
        return switch (ColocationEffect.of(dependent, primary, colocation, false)) {
            case NOTHING -> 0;
            case LOCATION -> {
                addToScores(dependent, primary, colocation);
                yield 0;
            }
            case ROLE -> addToPriority(dependent, primary, colocation);
        };
    }

    private void addToScores(Resource dependent, Resource primary, Colocation colocation) {
        Node place = primary.assignedNode();
        int score = colocation.score();
        if (place == null && score < 0) {
            return; // keeping away from what does not run
        }
        String value = ColocationAttributes.value(place, colocation.nodeAttribute(), primary);
        NodeTable work = dependent.allowed.copy();
        for (ScoredNode node : work) {
            if (place == null) {
                node.score = Score.add(-score, node.score);
                continue;
            }
            String own =
                    ColocationAttributes.value(node.node, colocation.nodeAttribute(), dependent);
            if (ColocationAttributes.same(own, value)) {
                // What is mandatory bans all other nodes and need not make this one better
                if (score < Score.INFINITY) {
                    node.score = Score.add(score, node.score);
                }
            } else if (score >= Score.INFINITY) {
                node.score = Score.MINUS_INFINITY;
            }
        }
        boolean mandatory = score <= Score.MINUS_INFINITY || score >= Score.INFINITY;
        if (mandatory || Availability.any(work)) {
            report(dependent, work, new ScoreReason.PlacedWith(colocation.id(), primary.id));
            dependent.allowed = work;
        }
    }

    private void report(Resource resource, NodeTable after, ScoreReason reason) {
        if (!sink.wanted()) {
            return;
        }
        for (ScoredNode node : after) {
            int before = resource.allowed.scoreOr(node.node, 0);
            if (before != node.score) {
                sink.score(resource, node.node, before, node.score, reason);
            }
        }
    }

    private static int addToPriority(Resource dependent, Resource primary, Colocation colocation) {
        Node dependentPlace = dependent.assignedNode();
        Node primaryPlace = primary.assignedNode();
        if (dependentPlace == null) {
            return 0;
        }
        if (primaryPlace != null
                && colocation.primaryRole() != Role.UNKNOWN
                && colocation.primaryRole() != ColocationEffect.inRole(primary).nextRole) {
            return 0;
        }
        String attribute = colocation.nodeAttribute();
        boolean together =
                ColocationAttributes.same(
                        ColocationAttributes.value(dependentPlace, attribute, dependent),
                        ColocationAttributes.value(primaryPlace, attribute, primary));
        int delta = colocation.score();
        if (!together) {
            if (delta != Score.INFINITY || colocation.dependentRole() != Role.PROMOTED) {
                return 0;
            }
            delta = -delta;
        } else if (colocation.dependentRole() == Role.UNPROMOTED) {
            delta = -delta;
        }
        dependent.priority = Score.add(delta, dependent.priority);
        return delta;
    }

    /**
     * Applies a colocation with instances of a promotable clone that are in the role that the
     * colocation names.
     */
    void addPromotable(Clone primary, Resource dependent, Colocation colocation) {
        List<ScoredNode> places = new ArrayList<>();
        for (Resource instance : primary.children) {
            ScoredNode place = Places.assigned(instance);
            if (place != null && instance.state(false) == colocation.primaryRole()) {
                addOptional(dependent, primary, place.node, colocation);
                places.add(place);
            }
        }
        boolean bothPromoted =
                colocation.dependentRole() == Role.PROMOTED
                        && colocation.primaryRole() == Role.PROMOTED;
        // Promoted with promoted must not keep an instance from starting unpromoted
        if (colocation.score() >= Score.INFINITY && !bothPromoted) {
            limitTo(dependent, primary, colocation, places.reversed(), true);
        }
    }

    private void addOptional(
            Resource dependent, Resource primary, Node place, Colocation colocation) {
        if (colocation.score() >= Score.INFINITY) {
            return;
        }
        String attribute = colocation.nodeAttribute();
        String value = ColocationAttributes.value(place, attribute, primary);
        for (ScoredNode node : dependent.allowed) {
            if (ColocationAttributes.same(
                    value, ColocationAttributes.value(node.node, attribute, dependent))) {
                set(
                        dependent,
                        node,
                        Score.add(node.score, colocation.score()),
                        new ScoreReason.PlacedWith(colocation.id(), primary.id));
            }
        }
    }

    /**
     * Bans a dependent from all nodes but those of the primary.
     *
     * @param addScores whether the primary's scores are added on the nodes that remain
     */
    void limitTo(
            Resource dependent,
            Resource primary,
            Colocation colocation,
            List<ScoredNode> places,
            boolean addScores) {
        ScoreReason reason = new ScoreReason.PlacedWith(colocation.id(), primary.id);
        @Nullable ScoredNode[] byIndex = new @Nullable ScoredNode[dependent.cluster.nodes.size()];
        for (ScoredNode place : places.reversed()) {
            byIndex[place.node.index] = place;
        }
        for (ScoredNode node : dependent.allowed) {
            ScoredNode place = byIndex[node.node.index];
            if (place == null) {
                set(dependent, node, Score.MINUS_INFINITY, reason);
            } else if (addScores) {
                set(dependent, node, Score.add(node.score, place.score), reason);
            }
        }
    }

    private void set(Resource resource, ScoredNode node, int score, ScoreReason reason) {
        int before = node.score;
        node.score = score;
        if (before != score && sink.wanted()) {
            sink.score(resource, node.node, before, score, reason);
        }
    }
}
