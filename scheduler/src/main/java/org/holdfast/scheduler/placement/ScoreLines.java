package org.holdfast.scheduler.placement;

import java.util.List;
import org.holdfast.scheduler.assignment.Assigner;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
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
        if (log.wanted()) {
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
            log.line(
                    step
                            + ": "
                            + resource.id
                            + " allocation score on "
                            + node.node.name
                            + ": "
                            + Score.text(node.score));
        }
        for (Resource child : resource.children) {
            show(step, child);
        }
    }

    /** An instance's promotion score. */
    void promotion(Resource instance, @Nullable Node chosen) {
        if (log.wanted()) {
            String where =
                    chosen == null
                            ? " promotion score (inactive): "
                            : " promotion score on " + chosen.name + ": ";
            log.line(instance.id + where + Score.text(instance.promotionPriority));
        }
    }

    /** The capacities of all nodes but those inside bundles. */
    void capacities(String moment) {
        if (!cluster.showUtilization || !log.wanted()) {
            return;
        }
        for (Node node : cluster.nodes) {
            if (!node.isBundleNode()) {
                log.line(
                        moment
                                + ": "
                                + node.name
                                + " capacity:"
                                + Assigner.describe(node.utilization));
            }
        }
    }
}
