package org.holdfast.scheduler.assignment;

import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.PlacementStrategy;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.sorting.MergeSort;
import org.jspecify.annotations.Nullable;

/**
 * The order in which nodes are preferred: score, free capacity, number of resources, where it
 * already is, name.
 */
public final class NodeOrder {

    private NodeOrder() {}

    /** The entries of a table, the best node first. */
    public static List<ScoredNode> sorted(
            Cluster cluster, NodeTable nodes, @Nullable Node current) {
        List<ScoredNode> list = nodes.toList();
        MergeSort.sort(list, comparison(cluster.options.placementStrategy(), current));
        return list;
    }

    private static Comparator<ScoredNode> comparison(
            PlacementStrategy strategy, @Nullable Node current) {
        return (a, b) -> {
            int scores = Integer.compare(effectiveScore(b), effectiveScore(a));
            if (scores != 0) {
                return scores;
            }
            return compareLoad(strategy, a.node, b.node, current);
        };
    }

    private static int effectiveScore(ScoredNode node) {
        return Availability.isUp(node.node) ? node.score : Score.MINUS_INFINITY;
    }

    private static int compareLoad(
            PlacementStrategy strategy, Node a, Node b, @Nullable Node current) {
        if (strategy != PlacementStrategy.MINIMAL) {
            if (strategy == PlacementStrategy.BALANCED) {
                int capacities = Capacity.compare(a, b);
                if (capacities != 0) {
                    return capacities;
                }
            }
            if (a.resourceCount != b.resourceCount) {
                return Integer.compare(a.resourceCount, b.resourceCount);
            }
            if (current == a && current != b) {
                return -1;
            }
            if (current == b && current != a) {
                return 1;
            }
        }
        return a.name.compareTo(b.name);
    }
}
