package org.holdfast.scheduler.status;

import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.Tasks;

/**
 * Brings the executor's view of a result in line with what was expected: only the scheduler knows
 * that "not running" is what a probe hoped for.
 */
final class ResultRemapping {

    private ResultRemapping() {}

    /** Changes the entry's execution and exit status, and the role where the result shows it. */
    static void apply(OperationEntry entry, ResourceProgress progress, boolean expired) {
        int reported = entry.exitStatus;
        entry.exitStatus = ExitStatus.effective(reported);
        if (entry.exitStatus != reported
                && !expired
                && (!entry.node.shutdown || entry.node.online)) {
            Failures.record(entry);
        }
        if (entry.isMaskedProbe()) {
            entry.execution = Execution.DONE;
            entry.exitStatus = ExitStatus.NOT_RUNNING;
        }
        switch (entry.execution) {
            case Execution.DONE, Execution.ERROR -> {
                if (entry.expectedExitStatus < 0) {
                    entry.cluster.configWarning(
                            "Expected result not found for %s on %s (corrupt or obsolete CIB?)"
                                    .formatted(entry.key, entry.node));
                }
                entry.execution =
                        entry.expectedExitStatus >= 0
                                        && entry.exitStatus == entry.expectedExitStatus
                                ? Execution.DONE
                                : Execution.ERROR;
                byExitStatus(entry, progress, expired);
            }
            case Execution.NO_FENCE_DEVICE, Execution.NO_SECRETS ->
                    entry.execution = Execution.ERROR_HARD;
            default -> {}
        }
    }

    private static void byExitStatus(
            OperationEntry entry, ResourceProgress progress, boolean expired) {
        Resource resource = entry.resource;
        boolean asExpected = entry.exitStatus == entry.expectedExitStatus;
        switch (entry.exitStatus) {
            case ExitStatus.OK -> {
                if (entry.isProbe() && entry.expectedExitStatus == ExitStatus.NOT_RUNNING) {
                    entry.execution = Execution.DONE;
                }
            }
            case ExitStatus.NOT_RUNNING -> {
                if (entry.isProbe() || asExpected || !resource.isManaged()) {
                    entry.execution = Execution.DONE;
                    resource.role = Role.STOPPED;
                    progress.onFail = OnFail.IGNORE;
                    resource.nextRole = Role.UNKNOWN;
                }
            }
            case ExitStatus.RUNNING_PROMOTED -> {
                if (entry.isProbe() && !asExpected) {
                    entry.execution = Execution.DONE;
                }
                if (!expired || asExpected) {
                    resource.role = Role.PROMOTED;
                }
            }
            case ExitStatus.FAILED_PROMOTED -> {
                if (!expired) {
                    resource.role = Role.PROMOTED;
                }
                entry.execution = Execution.ERROR;
            }
            case ExitStatus.NOT_CONFIGURED -> entry.execution = Execution.ERROR_FATAL;
            case ExitStatus.UNIMPLEMENTED -> {
                if (entry.intervalMillis == 0) {
                    blockUnlessExpired(entry, expired);
                    entry.execution = Execution.ERROR_HARD;
                } else {
                    entry.execution = Execution.NOT_SUPPORTED;
                }
            }
            case ExitStatus.NOT_INSTALLED,
                    ExitStatus.INVALID_PARAMETER,
                    ExitStatus.INSUFFICIENT_PRIVILEGES -> {
                blockUnlessExpired(entry, expired);
                entry.execution = Execution.ERROR_HARD;
            }
            default -> {
                if (entry.execution == Execution.DONE) {
                    entry.execution = Execution.ERROR;
                }
            }
        }
    }

    /** A stop that failed for good can only be made good by fencing. */
    private static void blockUnlessExpired(OperationEntry entry, boolean expired) {
        if (expired
                || !entry.task.equals(Tasks.STOP)
                || FenceActions.canFence(entry.cluster, entry.node)) {
            return;
        }
        entry.cluster.error(
                "No further recovery can be attempted for "
                        + entry.resource.id
                        + " because stop on "
                        + entry.node
                        + " failed");
        entry.resource.clear(ResourceFlag.MANAGED);
        entry.resource.set(ResourceFlag.BLOCKED);
        entry.cluster.reasonSink.state(
                entry.resource, new StateReason.StopFailed(entry.xml, entry.node));
    }
}
