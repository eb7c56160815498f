package org.holdfast.scheduler;

import org.holdfast.cib.engine.FeatureSet;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.value.Versions;
import org.holdfast.scheduler.actions.ActionStage;
import org.holdfast.scheduler.actions.ConfigurationChanges;
import org.holdfast.scheduler.config.OptionsReader;
import org.holdfast.scheduler.constraints.ConstraintStage;
import org.holdfast.scheduler.fencing.FencingStage;
import org.holdfast.scheduler.graph.ActionSummary;
import org.holdfast.scheduler.graph.GraphBuilder;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.ordering.InternalConstraints;
import org.holdfast.scheduler.ordering.OrderingStage;
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
        return status(request, ReasonSink.NONE);
    }

    /**
     * As {@link #status(ScheduleRequest)}; the sink is told the reasons of scores in this and all
     * later stages.
     */
    public static Cluster status(ScheduleRequest request, ReasonSink sink) {
        Cluster cluster = new Cluster(request.cib(), OptionsReader.defaults(), request.time());
        cluster.reasonSink = sink;
        cluster.scores = request.scores();
        cluster.sanitized = request.secretsHidden();
        if (!isNewer(cluster)) {
            ConfigurationReader.read(cluster);
            StatusReader.read(cluster);
        }
        ResourceCounter.count(cluster);
        String local = request.localNode();
        if (local != null && cluster.nodeNamed(local) == null) {
            NodeReader.create(cluster, local, local, Node.Variant.CLUSTER, 0);
        }
        noteRecheck(cluster);
        return cluster;
    }

    /**
     * Reads the constraints, too, and decides nothing: what a configuration without status is
     * checked for.
     */
    public static Cluster constraints(ScheduleRequest request) {
        Cluster cluster = status(request);
        NodeHealth.apply(cluster);
        ConstraintStage.unpack(cluster);
        return cluster;
    }

    /**
     * Decides what to do for a CIB.
     *
     * @return the working state at the end of the run: status, placement, actions
     */
    public static Cluster schedule(ScheduleRequest request) {
        Cluster cluster = status(request);
        return decide(cluster).cluster();
    }

    /** As {@link #schedule}, with the summary and the transition graph. */
    public static Decision plan(ScheduleRequest request) {
        return decide(status(request));
    }

    /** All stages behind the status; a cluster goes through them once. */
    public static Decision decide(Cluster cluster) {
        NodeHealth.apply(cluster);
        ConstraintStage.unpack(cluster);
        NodeCriteria.apply(cluster);
        InternalConstraints.add(cluster);
        ConfigurationChanges.apply(cluster);
        Placement.assignAll(cluster);
        ActionStage.run(cluster);
        FencingStage.run(cluster);
        OrderingStage.run(cluster);
        noteRecheck(cluster);
        ActionSummary summary = ActionSummary.of(cluster);
        return new Decision(cluster, summary, GraphBuilder.build(cluster, 1));
    }

    /** Of a CIB that a newer program wrote nothing is read: it may mean what we do not know. */
    private static boolean isNewer(Cluster cluster) {
        String written = cluster.cib.get("crm_feature_set");
        if (written == null || Versions.compare(written, FeatureSet.CURRENT) <= 0) {
            return false;
        }
        cluster.configError(
                "Can't process CIB with feature set '"
                        + written
                        + "' greater than our own '"
                        + FeatureSet.CURRENT
                        + "'");
        return true;
    }

    private static void noteRecheck(Cluster cluster) {
        CibTime change = cluster.rules.nextChange();
        if (change != null) {
            cluster.recheckAt(change.epochSeconds());
        }
    }
}
