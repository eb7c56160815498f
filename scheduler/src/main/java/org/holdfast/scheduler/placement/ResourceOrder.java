package org.holdfast.scheduler.placement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.assignment.NodeOrder;
import org.holdfast.scheduler.colocation.ColocationScores;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.sorting.MergeSort;

/**
 * The order in which resources are placed where capacity matters: priority, then the score on the
 * present node, then any score.
 */
final class ResourceOrder {

    private final ColocationScores colocations;
    private final List<Node> nodes;

    /** Scores with colocations of the resources compared so far; looked up only, never iterated. */
    private final Map<Resource, int[]> scores = new LinkedHashMap<>();

    private ResourceOrder(ColocationScores colocations, List<Node> nodes) {
        this.colocations = colocations;
        this.nodes = nodes;
    }

    /** Sorts the cluster's resources. */
    static void sort(Cluster cluster, ColocationScores colocations) {
        NodeTable all = new NodeTable(cluster.nodes.size());
        cluster.nodes.forEach(node -> all.put(ScoredNode.of(node)));
        List<Node> nodes =
                NodeOrder.sorted(cluster, all, null).stream().map(entry -> entry.node).toList();
        ResourceOrder order = new ResourceOrder(colocations, nodes);
        MergeSort.sort(cluster.resources, order::compare);
    }

    private int compare(Resource a, Resource b) {
        if (a.priority != b.priority) {
            return a.priority > b.priority ? -1 : 1;
        }
        if (nodes.isEmpty()) {
            return 0;
        }
        int[] scoresA = scoresOf(a);
        int[] scoresB = scoresOf(b);
        for (int i = 0; i < scoresA.length; i++) {
            if (scoresA[i] != scoresB[i]) {
                return scoresA[i] > scoresB[i] ? -1 : 1;
            }
        }
        return 0;
    }

    /** The score on the node where the resource is, then on each node in order. */
    private int[] scoresOf(Resource resource) {
        int[] known = scores.get(resource);
        if (known == null) {
            known = colocations.scoresInOrder(resource, nodes);
            scores.put(resource, known);
        }
        return known;
    }
}
