package org.holdfast.scheduler.status;

import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.unpack.AllowedNodes;

/** What a failed operation says of the state, and the record of it for displays. */
final class Failures {

    private Failures() {}

    /** Applies a failure. */
    static void apply(
            OperationEntry entry, OnFail onFail, Role failRole, ResourceProgress progress) {
        Resource resource = entry.resource;
        Cluster cluster = entry.cluster;
        progress.lastFailure = entry.xml;
        cluster.reasonSink.state(resource, new StateReason.Failure(entry.xml, entry.node, onFail));
        // In an opt-in cluster agents need not be installed everywhere.
        if (cluster.options.symmetric() || entry.exitStatus != ExitStatus.NOT_INSTALLED) {
            cluster.warn(
                    "Unexpected result ("
                            + ExitStatus.text(entry.exitStatus)
                            + ") was recorded for "
                            + (entry.isProbe() ? "probe" : entry.task)
                            + " of "
                            + resource.id
                            + " on "
                            + entry.node);
            record(entry);
        }
        if (progress.onFail.compareTo(onFail) < 0) {
            progress.onFail = onFail;
        }
        updateRole(entry, onFail);
        if (entry.isProbe() && entry.exitStatus == ExitStatus.NOT_INSTALLED) {
            resource.role = Role.STOPPED;
        } else if (!resource.role.above(Role.STOPPED)) {
            StateUpdates.setActive(resource);
        }
        if (failRole != Role.STARTED && failRole.above(resource.nextRole)) {
            resource.nextRole = failRole;
        }
        if (failRole == Role.STOPPED) {
            banEverywhere(resource, ScoreReason.Failure.of(entry.xml, entry.node));
        }
    }

    private static void updateRole(OperationEntry entry, OnFail onFail) {
        Resource resource = entry.resource;
        switch (entry.task) {
            case Tasks.STOP ->
                    AllowedNodes.add(
                            resource,
                            entry.node,
                            Score.MINUS_INFINITY,
                            ScoreReason.Failure.of(entry.xml, entry.node));
            case Tasks.MIGRATE_TO -> Migrations.migrateToFailed(entry);
            case Tasks.MIGRATE_FROM -> Migrations.migrateFromFailed(entry);
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.DEMOTE -> {
                if (onFail == OnFail.BLOCK) {
                    resource.role = Role.PROMOTED;
                    resource.nextRole = Role.STOPPED;
                } else {
                    // It is stopped in any case; "promoted" would make it be demoted for ever.
                    resource.role =
                            entry.exitStatus == ExitStatus.NOT_RUNNING
                                    ? Role.STOPPED
                                    : Role.UNPROMOTED;
                }
            }
            default -> {}
        }
    }

    /** Keeps a failure for displays, once for each operation and node. */
    static void record(OperationEntry entry) {
        if (!entry.node.online) {
            return;
        }
        if (entry.cluster.failedKeys.add(entry.node.id + ' ' + entry.key)) {
            entry.cluster.failed.add(
                    new Cluster.FailedOperation(entry.xml, entry.node, entry.resource));
        }
    }

    private static void banEverywhere(Resource resource, ScoreReason reason) {
        Resource banned = resource;
        if (resource.parent != null
                && resource.top(false) instanceof Clone clone
                && !clone.is(ResourceFlag.UNIQUE)) {
            banned = clone;
        }
        AllowedNodes.banEverywhere(banned, reason);
    }
}
