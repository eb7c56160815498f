package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.constraints.HealthScores;
import org.holdfast.scheduler.model.Cluster;

/** The stage that turns nodes' health into location constraints. */
public final class NodeHealth {

    private NodeHealth() {}

    /** Enters the constraints. */
    public static void apply(Cluster cluster) {
        HealthScores.enter(cluster);
    }
}
