package org.holdfast.scheduler.actions;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.ChangeEffect;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.OperationConfig;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.operations.ReadableInterval;
import org.holdfast.scheduler.operations.Tasks;

/** What follows when an operation of the history would have other parameters today. */
final class ParameterChanges {

    private static final String REASON = "resource definition change";

    private ParameterChanges() {}

    /** Compares an entry with the configuration; true if a change was found and acted upon. */
    static boolean apply(Resource resource, Node node, Element entry) {
        Cluster cluster = resource.cluster;
        String task = entry.getOr("operation", "");
        long interval = Entries.interval(entry);
        if (interval > 0 && OperationConfig.find(resource, task, interval, false) == null) {
            if (cluster.options.cancelRemovedActions()) {
                RecurringOperations.cancelRunning(
                        resource,
                        entry.get("call-id"),
                        task,
                        interval,
                        node,
                        new ActionReason.OperationRemoved(entry, node));
            }
            return true;
        }
        String effective = interval == 0 ? effectiveTask(task) : task;
        ParameterDigests digests = ParameterDigests.ofEntry(resource, entry, node);
        ParameterDigests.Verdict verdict = digests.verdict(cluster, entry, interval);
        if (cluster.sanitized && digests.onlyPrivateDiffer(entry, verdict)) {
            cluster.notice(
                    "Only 'private' parameters to "
                            + ReadableInterval.of(interval)
                            + "-interval "
                            + effective
                            + " for "
                            + resource
                            + " on "
                            + node
                            + " changed: "
                            + entry.getOr("transition-magic", "(null)"));
            return false;
        }
        switch (verdict) {
            case MATCH -> {
                return false;
            }
            case RESTART -> forceRestart(resource, effective, interval, node, entry);
            case UNKNOWN, MISMATCH -> {
                if (interval > 0) {
                    RecurringOperations.reschedule(resource, effective, interval, node, entry);
                } else if (entry.has("op-restart-digest")) {
                    FenceActions.unfence(
                            cluster,
                            resource,
                            node,
                            new FenceReason.DeviceChanged(
                                    resource, FenceReason.DeviceChange.RELOAD),
                            null);
                    reload(resource, node, entry);
                } else {
                    forceRestart(resource, effective, interval, node, entry);
                }
            }
        }
        return true;
    }

    /** What has parameters of a start is compared as one. */
    private static String effectiveTask(String task) {
        return switch (task) {
            case Tasks.MONITOR, Tasks.MIGRATE_FROM, Tasks.PROMOTE -> Tasks.START;
            default -> task;
        };
    }

    private static void forceRestart(
            Resource resource, String task, long interval, Node node, Element entry) {
        String key = OpKey.of(resource.id, task, interval);
        Action required = ActionFactory.create(resource, key, task, null, false);
        ActionFactory.explain(required, REASON, true);
        resource.cluster.reasonSink.action(
                required,
                Effect.REQUIRED,
                new ActionReason.ParametersChanged(entry, node, ChangeEffect.RESTART));
        FenceActions.unfence(
                resource.cluster,
                resource,
                node,
                new FenceReason.DeviceChanged(resource, FenceReason.DeviceChange.PARAMETERS),
                null);
    }

    private static void reload(Resource resource, Node node, Element entry) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                reload(child, node, entry);
            }
            return;
        }
        if (!resource.is(ResourceFlag.MANAGED) || resource.is(ResourceFlag.FAILED)) {
            return;
        }
        if (resource.is(ResourceFlag.START_PENDING)) {
            // It is not known whether the start took the old parameters or the new ones.
            resource.cluster.reasonSink.action(
                    ActionFactory.create(resource, Tasks.STOP, node, false),
                    Effect.REQUIRED,
                    new ActionReason.ParametersChanged(entry, node, ChangeEffect.RESTART));
            return;
        }
        resource.set(ResourceFlag.RELOAD);
        Action reload = ActionFactory.create(resource, Tasks.RELOAD_AGENT, node, false);
        ActionFactory.explain(reload, REASON, false);
        resource.cluster.reasonSink.action(
                reload,
                Effect.REQUIRED,
                new ActionReason.ParametersChanged(entry, node, ChangeEffect.RELOAD));
        int unlessNeeded = OrderingFlag.ORDERED | OrderingFlag.THEN_CANCELS_FIRST;
        End first = End.action(reload);
        Orderings.add(resource.cluster, first, End.task(resource, Tasks.STOP), unlessNeeded);
        Orderings.add(resource.cluster, first, End.task(resource, Tasks.DEMOTE), unlessNeeded);
    }
}
