package org.holdfast.scheduler.status;

import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.FailurePolicy;
import org.holdfast.scheduler.operations.OperationConfig;
import org.holdfast.scheduler.operations.OperationSettings;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.unpack.AllowedNodes;
import org.jspecify.annotations.Nullable;

/** Reads one history entry: success, failure, pending or expired, and what it says of the state. */
final class EntryReader {

    private final OperationEntry entry;
    private final Resource resource;
    private final Node node;
    private final Cluster cluster;
    private final ResourceProgress progress;

    private EntryReader(OperationEntry entry, ResourceProgress progress) {
        this.entry = entry;
        this.resource = entry.resource;
        this.node = entry.node;
        this.cluster = entry.cluster;
        this.progress = progress;
    }

    static void read(Resource resource, Node node, Element xml, ResourceProgress progress) {
        OperationEntry entry = OperationEntry.read(resource, node, xml);
        if (entry != null) {
            new EntryReader(entry, progress).read();
        }
    }

    private void read() {
        boolean expired = Expiry.check(entry);
        int reported = entry.exitStatus;
        ResultRemapping.apply(entry, progress, expired);
        if (expired && isDoneWithExpired(reported)) {
            return;
        }
        if (entry.isMaskedProbe()) {
            maskProbe();
            return;
        }
        switch (entry.execution) {
            case Execution.PENDING -> readPending();
            case Execution.DONE -> StateUpdates.apply(entry, entry.exitStatus, progress);
            case Execution.NOT_INSTALLED -> readNotInstalled();
            default -> readFailure();
        }
    }

    /** The resource that a hard error counts against: for anonymous clones the whole clone. */
    private Resource banned() {
        return resource.is(ResourceFlag.UNIQUE) ? resource : resource.top(false);
    }

    private ScoreReason failure() {
        return ScoreReason.Failure.of(entry.xml, node);
    }

    private boolean isDoneWithExpired(int reported) {
        if (entry.isMaskedProbe() && reported != entry.expectedExitStatus) {
            if (!resource.role.above(Role.STOPPED)) {
                resource.role = Role.UNKNOWN;
            }
            return true;
        }
        if (entry.exitStatus == entry.expectedExitStatus) {
            return false;
        }
        if (entry.intervalMillis == 0) {
            return true;
        }
        if (node.online && !node.unclean) {
            // The monitor reports changes only, so it must be started anew to report the failure.
            cluster.expiredRecurring.put(entry.xml, true);
            return true;
        }
        return false;
    }

    private void maskProbe() {
        StateUpdates.apply(entry, entry.expectedExitStatus, progress);
        cluster.pardoned.put(entry.xml, node);
        Failures.record(entry);
        AllowedNodes.add(banned(), node, Score.MINUS_INFINITY, failure());
    }

    private void readPending() {
        if (isSuperseded(progress.lastFailure)) {
            return;
        }
        switch (entry.task) {
            case Tasks.START -> {
                resource.set(ResourceFlag.START_PENDING);
                StateUpdates.setActive(resource);
            }
            case Tasks.PROMOTE -> resource.role = Role.PROMOTED;
            case Tasks.MIGRATE_TO -> {
                Node target = cluster.nodeNamed(entry.xml.get("migrate_target"));
                if (node.unclean && target != null) {
                    cluster.reasonSink.action(
                            ActionFactory.create(resource, Tasks.STOP, target, false),
                            ActionReason.Effect.REQUIRED,
                            new ActionReason.MigrationSourceLost(entry.xml, node));
                }
            }
            default -> {}
        }
        if (resource.pendingTask == null && !entry.isProbe()) {
            resource.pendingTask = entry.task;
            resource.pendingNode = node;
        }
    }

    /** A newer failure of the same recurring operation: it is not pending any more. */
    private boolean isSuperseded(@Nullable Element failure) {
        if (failure == null
                || !entry.task.equals(failure.get("operation"))
                || entry.intervalMillis != Entries.interval(failure)) {
            return false;
        }
        long failed = Entries.lastChange(failure);
        long changed = Entries.lastChange(entry.xml);
        return failed >= 0 && changed >= 0 && failed >= changed;
    }

    private void readNotInstalled() {
        Handling handling = handling();
        if (handling.onFail == OnFail.IGNORE) {
            // There is nothing to ignore without an agent.
            progress.onFail = OnFail.BAN;
        }
        AllowedNodes.add(banned(), node, Score.MINUS_INFINITY, failure());
        Failures.apply(entry, handling.onFail, handling.failRole, progress);
    }

    private void readFailure() {
        if (entry.execution == Execution.NOT_CONNECTED
                && node.remote != null
                && node.remote.isManaged()) {
            ResourceStates.fail(node.remote);
        }
        Handling handling = handling();
        boolean container = handling.onFail == OnFail.RESTART_CONTAINER;
        if (handling.onFail == OnFail.IGNORE || (container && entry.task.equals(Tasks.STOP))) {
            StateUpdates.apply(entry, entry.expectedExitStatus, progress);
            resource.set(ResourceFlag.IGNORE_FAILURE);
            cluster.pardoned.put(entry.xml, node);
            Failures.record(entry);
            if (container && progress.onFail.compareTo(OnFail.RESTART) <= 0) {
                progress.onFail = handling.onFail;
            }
            return;
        }
        Failures.apply(entry, handling.onFail, handling.failRole, progress);
        if (entry.execution == Execution.ERROR_HARD) {
            AllowedNodes.add(banned(), node, Score.MINUS_INFINITY, failure());
        } else if (entry.execution == Execution.ERROR_FATAL) {
            cluster.error(
                    "Preventing "
                            + banned().id
                            + " from restarting anywhere because of fatal failure ("
                            + ExitStatus.text(entry.exitStatus)
                            + ")");
            AllowedNodes.addToAll(banned(), Score.MINUS_INFINITY, failure());
        }
    }

    private record Handling(OnFail onFail, Role failRole) {}

    private Handling handling() {
        Element config = OperationConfig.find(resource, entry.task, entry.intervalMillis, true);
        Map<String, String> meta =
                OperationSettings.meta(resource, node, entry.task, entry.intervalMillis, config);
        OnFail onFail =
                FailurePolicy.onFail(
                        resource, entry.task, entry.intervalMillis, meta.get("on-fail"));
        return new Handling(onFail, FailurePolicy.roleAfter(resource, entry.task, onFail));
    }
}
