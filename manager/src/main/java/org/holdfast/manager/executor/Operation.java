package org.holdfast.manager.executor;

import org.jspecify.annotations.Nullable;

/** An accepted order with what is known of its runs. */
final class Operation {

    final OperationOrder order;
    final long callId;
    long queuedNanos;

    /** It was cancelled; a run that is still going on is not reported. */
    boolean dropped;

    private @Nullable OperationResult reported;

    Operation(OperationOrder order, long callId) {
        this.order = order;
        this.callId = callId;
    }

    /** Whether a recurring operation's result differs from the one that was reported last. */
    boolean isNews(OperationResult result) {
        return reported == null
                || reported.rc() != result.rc()
                || reported.status() != result.status();
    }

    /** Takes note of a result that is reported now. */
    OperationResult changedNow(OperationResult result) {
        reported = result;
        return result;
    }
}
