package org.holdfast.scheduler.colocation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoreSink;
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

    private final Locations locations;
    private final ScoreSink sink;
    private final boolean namesAreDistinct;

    public ColocationScores(Cluster cluster, Locations locations, ScoreSink sink) {
        this.locations = locations;
        this.sink = sink;
        this.namesAreDistinct = ColocationAttributes.namesAreDistinct(cluster);
    }

    /**
     * How preferences are merged.
     *
     * @param follow which way to go on from each resource
     * @param onlyPositive no node may become worse than neutral
     * @param active merging has begun, so that a resource without any usable node is skipped
     */
    private record Mode(Direction follow, boolean onlyPositive, boolean active) {}

    private enum Direction {
        DEPENDENTS,
        PRIMARIES
    }

    /** Adds to a primary's scores what a dependent, and all that depend on that, prefer. */
    public void addDependent(Colocation colocation, Resource primary) {
        if (Influence.has(colocation)) {
            add(colocation, primary, primary.allowed, primary instanceof Clone, true);
        }
    }

    /** Adds to a promotable clone's scores what prefers to be with a promoted instance. */
    public void addDependentOfPromoted(Colocation colocation, Resource clone) {
        if (Influence.has(colocation)) {
            add(colocation, clone, clone.allowed, true, true);
        }
    }

    private void add(
            Colocation colocation,
            Resource primary,
            NodeTable table,
            boolean onlyPositive,
            boolean active) {
        MergedScores merged = new MergedScores(table);
        Mode mode = new Mode(Direction.DEPENDENTS, onlyPositive, active);
        merge(colocation.dependent(), primary, merged, colocation, factor(1, colocation), mode);
        store(
                merged,
                primary,
                new ScoreReason.Dependents(colocation.id(), colocation.dependent().id));
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

    private static float factor(float factor, Colocation colocation) {
        return factor * colocation.score() / (float) Score.INFINITY;
    }

    /**
     * The score of one node for an instance of a clone or bundle by all colocations of its parents.
     */
    public int scoreByColocations(Resource instance, ScoredNode current) {
        NodeTable single = new NodeTable();
        single.put(current.copy());
        MergedScores merged = new MergedScores(single);
        for (Colocation colocation : ColocationLists.thisWith(instance)) {
            merge(
                    colocation.primary(),
                    instance,
                    merged,
                    colocation,
                    factor(1, colocation),
                    new Mode(Direction.DEPENDENTS, false, false));
        }
        for (Colocation colocation : ColocationLists.withThis(instance)) {
            if (Influence.has(colocation, instance)) {
                merge(
                        colocation.dependent(),
                        instance,
                        merged,
                        colocation,
                        factor(1, colocation),
                        new Mode(Direction.DEPENDENTS, true, false));
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

    /** Null for an empty group and in a loop. */
    private @Nullable MergedScores scoresOf(Resource resource) {
        if (resource.is(ResourceFlag.UPDATING_NODES)) {
            return null;
        }
        if (resource instanceof Group group) {
            Resource last = group.lastMember();
            if (last == null) {
                return null;
            }
            group.set(ResourceFlag.UPDATING_NODES);
            MergedScores scores = scoresOf(last);
            group.clear(ResourceFlag.UPDATING_NODES);
            return scores;
        }
        resource.set(ResourceFlag.UPDATING_NODES);
        MergedScores merged = new MergedScores(resource.allowed);
        if (merged.anyOpen()) {
            followAll(resource, resource, merged, 1, new Mode(Direction.PRIMARIES, false, true));
        }
        resource.clear(ResourceFlag.UPDATING_NODES);
        return merged;
    }

    /**
     * Merges the preferences of a resource and of what is colocated with it.
     *
     * @param target the resource being placed
     * @param via the colocation that leads here
     */
    private void merge(
            Resource source,
            Resource target,
            MergedScores merged,
            Colocation via,
            float factor,
            Mode mode) {
        if (source.is(ResourceFlag.UPDATING_NODES)) {
            return; // a loop of colocations
        }
        switch (source) {
            case Group group -> {
                if (!group.children.isEmpty()) {
                    group.set(ResourceFlag.UPDATING_NODES);
                    merge(group.children.getFirst(), target, merged, via, factor, mode);
                    group.clear(ResourceFlag.UPDATING_NODES);
                }
            }
            case Primitive _, Clone _, Bundle _ -> {
                source.set(ResourceFlag.UPDATING_NODES);
                mergeOne(source, target, merged, via, factor, mode);
                source.clear(ResourceFlag.UPDATING_NODES);
            }
        }
    }

    private void mergeOne(
            Resource source,
            Resource target,
            MergedScores merged,
            Colocation via,
            float factor,
            Mode mode) {
        int[] saved = merged.save();
        addMatching(merged, source, target, via, factor, mode.onlyPositive);
        if (merged.anyOpen()) {
            followAll(
                    source, target, merged, factor, new Mode(mode.follow, mode.onlyPositive, true));
        } else if (mode.active) {
            merged.restore(saved);
            return;
        }
        if (mode.onlyPositive) {
            merged.forgiveUnusable();
        }
    }

    private void followAll(
            Resource source, Resource target, MergedScores merged, float factor, Mode mode) {
        boolean primaries = mode.follow == Direction.PRIMARIES;
        List<Colocation> colocations =
                primaries ? ColocationLists.thisWith(source) : ColocationLists.withThis(source);
        for (Colocation colocation : colocations) {
            if (primaries) {
                merge(
                        colocation.primary(),
                        target,
                        merged,
                        colocation,
                        factor(factor, colocation),
                        mode);
            } else if (Influence.has(colocation)) {
                merge(
                        colocation.dependent(),
                        target,
                        merged,
                        colocation,
                        factor(factor, colocation),
                        mode);
            }
        }
    }

    /**
     * Adds to each node the source's best score for a node that is the same place, times the
     * factor.
     */
    private void addMatching(
            MergedScores merged,
            Resource source,
            Resource target,
            Colocation via,
            float factor,
            boolean onlyPositive) {
        BestScores best = bestScores(source, target, via);
        for (int i = 0; i < merged.size(); i++) {
            int score = best.of(merged.entry(i));
            int now = merged.score(i);
            if (now == MergedScores.UNUSABLE
                    || (factor < 0 && score < 0 && !avoidanceCounts(via, score))) {
                continue;
            }
            int sum = Score.add(attenuated(factor, score), now);
            if (onlyPositive && sum < 0 && now > 0) {
                merged.set(i, MergedScores.UNUSABLE);
            } else if (!onlyPositive || sum >= 0 || now != 0) {
                merged.set(i, sum);
            }
        }
    }

    /** The product, rounded, but never rounded to nothing. */
    private static int attenuated(float factor, int score) {
        float product = factor * score;
        int rounded = (int) (product < 0 ? product - 0.5 : product + 0.5);
        if (rounded == 0 && score != 0 && factor != 0) {
            return factor > 0 ? 1 : -1;
        }
        return rounded;
    }

    /**
     * Whether a primary should prefer a node because a dependent that must keep away from it also
     * avoids the node. Only if the dependent has nowhere else to go, and the primary may be moved
     * for it.
     */
    private static boolean avoidanceCounts(Colocation via, int score) {
        return via.primary().stickiness < -score
                && Influence.has(via)
                && isAllowedOnOne(via.dependent());
    }

    private static boolean isAllowedOnOne(Resource resource) {
        int count = 0;
        for (ScoredNode node : resource.allowed) {
            if (node.score >= 0 && ++count > 1) {
                return false;
            }
        }
        return count == 1;
    }

    /** The best score of a resource for each place. */
    private interface BestScores {
        int of(ScoredNode node);
    }

    private BestScores bestScores(Resource source, Resource target, Colocation via) {
        NodeTable nodes = scoresToMerge(source, via);
        String attribute = via.nodeAttribute();
        if (namesAreDistinct
                && attribute.equals("#uname")
                && ColocationAttributes.looksAtNodeItself(source)
                && ColocationAttributes.looksAtNodeItself(target)) {
            return wanted -> {
                ScoredNode own = nodes.get(wanted.node);
                return own == null || !Availability.isUp(own.node)
                        ? Score.MINUS_INFINITY
                        : own.score;
            };
        }
        Map<String, Integer> byValue = new TreeMap<>();
        for (ScoredNode node : nodes) {
            if (node.score > Score.MINUS_INFINITY && Availability.isUp(node.node)) {
                byValue.merge(
                        key(ColocationAttributes.value(node.node, attribute, source)),
                        node.score,
                        Math::max);
            }
        }
        return wanted ->
                byValue.getOrDefault(
                        key(ColocationAttributes.value(wanted.node, attribute, target)),
                        Score.MINUS_INFINITY);
    }

    private static String key(@Nullable String value) {
        return value == null ? "" : "=" + value.toLowerCase(Locale.ROOT);
    }

    /**
     * A group's location scores are on its first member alone; a later member that is colocated
     * explicitly counts them too.
     */
    private NodeTable scoresToMerge(Resource source, Colocation via) {
        if (source != via.dependent()
                || !via.explicit()
                || !(source.parent instanceof Group group)
                || group.children.getFirst() == source) {
            return source.allowed;
        }
        NodeTable copy = source.allowed.copy();
        for (LocationConstraint constraint : group.locations.reversed()) {
            if (constraint.resource() == group) {
                locations.applyToTable(source, constraint, constraint.nodes(), copy);
            }
        }
        return copy;
    }
}
