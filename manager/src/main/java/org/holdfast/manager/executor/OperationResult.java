package org.holdfast.manager.executor;

/**
 * The outcome of an operation.
 *
 * @param order what was asked
 * @param callId the executor's number for it; a recurring operation keeps its number; -1 while
 *     pending
 * @param rc the OCF exit code
 * @param status how the execution ended
 * @param exitReason why it failed, or ""
 * @param ranEpochSeconds wall time of the start of the run
 * @param changedEpochSeconds wall time since when a recurring operation has this result
 * @param execMillis how long it ran
 * @param queueMillis how long it waited for others of its resource
 */
public record OperationResult(
        OperationOrder order,
        long callId,
        int rc,
        ExecStatus status,
        String exitReason,
        long ranEpochSeconds,
        long changedEpochSeconds,
        long execMillis,
        long queueMillis) {

    /** Exit code that stands for "not known yet". */
    public static final int RC_UNKNOWN = 193;

    /** Exit code of an unspecific error. */
    public static final int RC_ERROR = 1;

    /** Exit code: there is no such agent or program. */
    public static final int RC_NOT_INSTALLED = 5;

    /** Exit code: the resource is not running. */
    public static final int RC_NOT_RUNNING = 7;

    /** The entry of an operation that has just been asked for. */
    static OperationResult pending(OperationOrder order, long epochSeconds) {
        return new OperationResult(
                order, -1, RC_UNKNOWN, ExecStatus.PENDING, "", epochSeconds, epochSeconds, 0, 0);
    }

    /** An order that was answered without running anything. */
    static OperationResult notRun(
            OperationOrder order, long callId, int rc, ExecStatus status, String reason, long now) {
        return new OperationResult(order, callId, rc, status, reason, now, now, 0, 0);
    }

    /** Whether it counts as a failure: did not end normally, or not with the expected code. */
    public boolean hasFailed() {
        return switch (status) {
            case PENDING, CANCELLED -> false;
            case DONE -> rc != order.targetRc();
            case TIMEOUT, ERROR, NOT_INSTALLED, INVALID -> true;
        };
    }
}
