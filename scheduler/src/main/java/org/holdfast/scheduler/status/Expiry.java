package org.holdfast.scheduler.status;

import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.failures.FailCounts.FailCount;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.FailureOver.Why;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Cluster.ParameterCheck;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Whether a history entry's failure is over by time, and the clearing of fail counts. */
final class Expiry {

    private final OperationEntry entry;
    private final Resource resource;
    private final Cluster cluster;
    private final boolean lastFailure;

    private Expiry(OperationEntry entry) {
        this.entry = entry;
        this.resource = entry.resource;
        this.cluster = entry.cluster;
        this.lastFailure = entry.id.endsWith("_last_failure_0");
    }

    /** Whether the entry has expired; schedules the clearing of fail counts that are over. */
    static boolean check(OperationEntry entry) {
        return entry.execution != Execution.NOT_INSTALLED && new Expiry(entry).check();
    }

    private boolean check() {
        long timeoutSeconds = Values.seconds(resource.failureTimeoutMillis);
        long changed = Entries.lastChange(entry.xml);
        boolean expired = false;
        int unexpired = 0;
        if (timeoutSeconds > 0 && changed >= 0) {
            expired = cluster.now >= changed + timeoutSeconds && !mustWaitForFencing();
            FailCount effective =
                    FailCounts.of(resource, entry.node, FailCounts.Mode.EFFECTIVE, entry.xml);
            unexpired = effective.count();
            long over = effective.lastFailure() + timeoutSeconds + 1;
            if (unexpired != 0 && cluster.now < over) {
                cluster.recheckAt(over);
            }
        }
        Why reason = null;
        if (expired) {
            if (FailCounts.of(resource, entry.node, FailCounts.Mode.ALL, entry.xml).count() != 0) {
                if (unexpired == 0) {
                    reason = Why.EXPIRED;
                } else {
                    expired = false;
                }
            } else if (lastFailure && resource.remoteReconnectMillis > 0) {
                reason = Why.RECONNECT;
            }
        }
        if (!expired && lastFailure && parametersChanged()) {
            reason = Why.PARAMETERS_CHANGED;
        }
        clear(reason);
        return expired && !(entry.isProbe() && isProbeResult(entry.exitStatus));
    }

    private static boolean isProbeResult(int exitStatus) {
        return switch (exitStatus) {
            case ExitStatus.OK,
                    ExitStatus.NOT_RUNNING,
                    ExitStatus.RUNNING_PROMOTED,
                    ExitStatus.DEGRADED,
                    ExitStatus.DEGRADED_PROMOTED ->
                    true;
            default -> false;
        };
    }

    private void clear(@Nullable Why reason) {
        if (reason == null) {
            return;
        }
        Action clear = ActionFactory.clearFailCount(resource, entry.node);
        cluster.reasonSink.action(
                clear,
                ActionReason.Effect.REQUIRED,
                new ActionReason.FailureOver(entry.xml, entry.node, reason));
        if (cluster.options.fencingEnabled() && resource.remoteReconnectMillis > 0) {
            Node remote = cluster.nodeNamed(resource.id);
            if (remote != null) {
                Action fence = ActionFactory.fence(cluster, remote, null, true, null, false);
                ActionFactory.order(fence, clear, OrderingFlag.FIRST_IMPLIES_THEN);
            }
        }
    }

    /**
     * The failed monitor of a remote connection with reconnect interval stays until the remote node
     * is fenced, since a monitor that keeps failing is not reported again.
     */
    private boolean mustWaitForFencing() {
        if (resource.remoteReconnectMillis == 0
                || !cluster.options.fencingEnabled()
                || entry.intervalMillis == 0
                || !entry.task.equals(Tasks.MONITOR)) {
            return false;
        }
        Node remote = cluster.nodeNamed(resource.id);
        return remote != null && !remote.remoteFenced;
    }

    private boolean parametersChanged() {
        if (!entry.task.equals(Tasks.START) && !entry.task.equals(Tasks.MONITOR)) {
            return false;
        }
        if (ParameterDigests.needsConnectionAddress(resource)) {
            cluster.parameterChecks.add(
                    new ParameterCheck(
                            resource, entry.node, entry.xml, ParameterCheck.Kind.LAST_FAILURE));
            return false;
        }
        return switch (ParameterDigests.compare(resource, entry.xml, entry.node)) {
            case UNKNOWN, MATCH -> false;
            case MISMATCH, RESTART -> true;
        };
    }
}
