package org.holdfast.scheduler.colocation;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Adds a resource's best scores for places to the scores of nodes that are the same places. */
final class PlaceScores {

    private final Locations locations;
    private final boolean namesAreDistinct;

    PlaceScores(Cluster cluster, Locations locations) {
        this.locations = locations;
        this.namesAreDistinct = ColocationAttributes.namesAreDistinct(cluster);
    }

    /**
     * Adds to each node the source's best score for a node that is the same place, times the
     * factor.
     */
    void add(
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
