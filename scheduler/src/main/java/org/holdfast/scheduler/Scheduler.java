package org.holdfast.scheduler;

import org.holdfast.cib.time.CibTime;
import org.holdfast.scheduler.config.OptionsReader;
import org.holdfast.scheduler.constraints.ConstraintStage;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.ordering.InternalConstraints;
import org.holdfast.scheduler.placement.NodeCriteria;
import org.holdfast.scheduler.placement.NodeHealth;
import org.holdfast.scheduler.placement.Placement;
import org.holdfast.scheduler.status.ResourceCounter;
import org.holdfast.scheduler.status.StatusReader;
import org.holdfast.scheduler.unpack.ConfigurationReader;
import org.holdfast.scheduler.unpack.NodeReader;

/** Runs the stages in order. Stateless; every call is on its own. */
public final class Scheduler {

    private Scheduler() {}

    /** Reads configuration and status and decides nothing: what status displays show. */
    public static Cluster status(ScheduleRequest request) {
        Cluster cluster = new Cluster(request.cib(), OptionsReader.defaults(), request.time());
        cluster.scores = request.scores();
        cluster.showUtilization = request.showUtilization();
        ConfigurationReader.read(cluster);
        StatusReader.read(cluster);
        ResourceCounter.count(cluster);
        String local = request.localNode();
        if (local != null && cluster.nodeNamed(local) == null) {
            NodeReader.create(cluster, local, local, Node.Variant.CLUSTER, 0);
        }
        noteRecheck(cluster);
        return cluster;
    }

    /**
     * Decides what to do for a CIB.
     *
     * @return the working state at the end of the run: status, placement, actions
     */
    public static Cluster schedule(ScheduleRequest request) {
        Cluster cluster = status(request);
        decide(cluster);
        noteRecheck(cluster);
        return cluster;
    }

    /** All stages behind the status; a cluster goes through them once. */
    public static void decide(Cluster cluster) {
        NodeHealth.apply(cluster);
        ConstraintStage.unpack(cluster);
        NodeCriteria.apply(cluster);
        InternalConstraints.add(cluster);
        Placement.assignAll(cluster);
        // Each later stage's package is entered here as it lands; the order is that of model's
        // package description.
    }

    private static void noteRecheck(Cluster cluster) {
        CibTime change = cluster.rules.nextChange();
        if (change != null) {
            cluster.recheckAt(change.epochSeconds());
        }
    }
}
