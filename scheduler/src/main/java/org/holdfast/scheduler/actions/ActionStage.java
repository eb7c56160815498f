package org.holdfast.scheduler.actions;

import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Cluster.ParameterCheck;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.operations.ParameterDigests.Verdict;
import org.holdfast.scheduler.operations.Tasks;

/** Makes the actions of all resources, once each has its place and role. */
public final class ActionStage {

    private ActionStage() {}

    /** Runs the stage. */
    public static void run(Cluster cluster) {
        for (ParameterCheck check : cluster.parameterChecks.reversed()) {
            compareParameters(check);
        }
        if (cluster.probeResources) {
            Probes.create(cluster);
        }
        if (cluster.options.stopRemovedResources()) {
            cluster.resources.forEach(ActionStage::clearFailCountIfRemoved);
        }
        for (Resource resource : cluster.resources) {
            CollectiveActions.create(resource);
        }
    }

    private static void compareParameters(ParameterCheck check) {
        Resource resource = check.resource();
        boolean changed =
                switch (check.kind()) {
                    case ACTIVE ->
                            ParameterChanges.apply(resource, check.node(), check.entry())
                                    && failCount(resource, check.node()) != 0;
                    case LAST_FAILURE -> {
                        Verdict verdict =
                                ParameterDigests.compare(resource, check.entry(), check.node());
                        yield verdict != Verdict.UNKNOWN && verdict != Verdict.MATCH;
                    }
                };
        if (changed) {
            resource.cluster.reasonSink.action(
                    ActionFactory.clearFailCount(resource, check.node()),
                    Effect.REQUIRED,
                    new ActionReason.ParametersChanged(
                            check.entry(), check.node(), ActionReason.ChangeEffect.CLEAR_FAILURES));
        }
    }

    private static int failCount(Resource resource, Node node) {
        return FailCounts.of(resource, node, FailCounts.Mode.EFFECTIVE).count();
    }

    private static void clearFailCountIfRemoved(Resource resource) {
        if (!resource.is(ResourceFlag.REMOVED)) {
            return;
        }
        for (Node node : resource.cluster.nodes) {
            if (node.online && failCount(resource, node) != 0) {
                Action clear = ActionFactory.clearFailCount(resource, node);
                resource.cluster.reasonSink.action(
                        clear, Effect.REQUIRED, new ActionReason.RemovedWithFailures());
                Orderings.add(
                        resource.cluster,
                        End.action(clear),
                        End.task(resource, Tasks.STOP),
                        OrderingFlag.ORDERED);
            }
        }
    }
}
