package org.holdfast.scheduler.colocation;

import java.util.Arrays;
import java.util.List;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Adds the node preferences of colocated resources to those of the resource that is being placed,
 * and those of the resources colocated with them, attenuated by the scores of the colocations on
 * the way.
 *
 * <p>One object serves one run. What it keeps are facts about nodes that do not change during
 * placement.
 */
public final class ColocationScores {

    private final ReasonSink sink;
    private final PlaceScores places;
    private final MergeBudget budget;

    public ColocationScores(Cluster cluster, Locations locations) {
        this.sink = cluster.reasonSink;
        this.places = new PlaceScores(cluster, locations);
        this.budget = new MergeBudget(cluster);
    }

    /** Adds to a primary's scores what a dependent, and all that depend on that, prefer. */
    public void addDependent(Colocation colocation, Resource primary) {
        if (Influence.has(colocation)) {
            add(colocation, primary, primary instanceof Clone);
        }
    }

    /** Adds to a promotable clone's scores what prefers to be with a promoted instance. */
    public void addDependentOfPromoted(Colocation colocation, Resource clone) {
        if (Influence.has(colocation)) {
            add(colocation, clone, true);
        }
    }

    private void add(Colocation colocation, Resource primary, boolean onlyPositive) {
        MergedScores merged = new MergedScores(primary.allowed);
        merger(primary, merged, false, onlyPositive)
                .merge(colocation.dependent(), colocation, true);
        store(
                merged,
                primary,
                new ScoreReason.Dependents(colocation.id(), colocation.dependent().id));
    }

    private ScoreMerger merger(
            Resource target, MergedScores merged, boolean primaries, boolean onlyPositive) {
        return new ScoreMerger(places, budget, target, merged, primaries, onlyPositive);
    }

    private void store(MergedScores merged, Resource resource, ScoreReason reason) {
        for (int i = 0; i < merged.size(); i++) {
            ScoredNode entry = merged.entry(i);
            int before = entry.score;
            entry.score = merged.score(i);
            if (before != entry.score && sink.wanted()) {
                sink.score(resource, entry.node, before, entry.score, reason);
            }
        }
    }

    /**
     * The score of one node for an instance of a clone or bundle by all colocations of its parents.
     */
    public int scoreByColocations(Resource instance, ScoredNode current) {
        NodeTable single = new NodeTable();
        single.put(current.copy());
        MergedScores merged = new MergedScores(single);
        for (Colocation colocation : ColocationLists.thisWith(instance)) {
            merger(instance, merged, false, false).merge(colocation.primary(), colocation, false);
        }
        for (Colocation colocation : ColocationLists.withThis(instance)) {
            if (Influence.has(colocation, instance)) {
                merger(instance, merged, false, true)
                        .merge(colocation.dependent(), colocation, false);
            }
        }
        return merged.score(0);
    }

    /**
     * A resource's scores together with those of what it is colocated with, to decide in which
     * order resources are placed.
     *
     * @return first the score of the node where it is active, then that of each of {@code nodes};
     *     minus INFINITY where there is none
     */
    public int[] scoresInOrder(Resource resource, List<Node> nodes) {
        MergedScores merged = scoresOf(resource);
        int[] result = new int[nodes.size() + 1];
        Arrays.fill(result, Score.MINUS_INFINITY);
        if (merged == null) {
            return result;
        }
        Node current = resource.active.isEmpty() ? null : resource.activeNode();
        if (current != null) {
            result[0] = merged.scoreOr(current, Score.MINUS_INFINITY);
        }
        for (int i = 0; i < nodes.size(); i++) {
            result[i + 1] = merged.scoreOr(nodes.get(i), Score.MINUS_INFINITY);
        }
        return result;
    }

    /** Null for an empty group. */
    private @Nullable MergedScores scoresOf(Resource resource) {
        Resource source = resource instanceof Group group ? group.lastMember() : resource;
        if (source == null) {
            return null;
        }
        resource.set(ResourceFlag.UPDATING_NODES);
        MergedScores merged = new MergedScores(source.allowed);
        merger(source, merged, true, false).follow(source);
        resource.clear(ResourceFlag.UPDATING_NODES);
        return merged;
    }
}
