package org.holdfast.scheduler.placement;

import java.util.LinkedHashMap;
import java.util.List;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Writes the score lines of {@code crm_simulate -s} and {@code -U}; builds nothing if nobody wants
 * them.
 */
final class ScoreLines {

    private final Cluster cluster;
    private final ScoreLog log;

    ScoreLines(Cluster cluster) {
        this.cluster = cluster;
        this.log = cluster.scores;
    }

    /**
     * The scores of a resource and all its descendants at the moment before assignment.
     *
     * @param step the name that the line gives to the step
     */
    void allocation(String step, Resource resource) {
        if (log.wantsScores()) {
            show(step, resource);
        }
    }

    private void show(String step, Resource resource) {
        if (resource.is(ResourceFlag.REMOVED)) {
            return;
        }
        List<ScoredNode> nodes = resource.allowed.toList();
        nodes.sort((a, b) -> NaturalOrder.compare(a.node.name, b.node.name));
        for (ScoredNode node : nodes) {
            log.take(new ScoreLog.Allocation(step, resource.id, node.node.name, node.score));
        }
        for (Resource child : resource.children) {
            show(step, child);
        }
    }

    /** An instance's promotion score. */
    void promotion(Resource instance, @Nullable Node chosen) {
        if (log.wantsScores()) {
            log.take(
                    new ScoreLog.Promotion(
                            instance.id,
                            chosen == null ? null : chosen.name,
                            instance.promotionPriority));
        }
    }

    /** The capacities of all nodes but those inside bundles. */
    void capacities(String moment) {
        if (!log.wantsUtilization()) {
            return;
        }
        for (Node node : cluster.nodes) {
            if (!node.isBundleNode()) {
                log.take(
                        new ScoreLog.Capacity(
                                moment, node.name, new LinkedHashMap<>(node.utilization)));
            }
        }
    }
}
