package org.holdfast.manager.executor;

/** Is told what the executor does, for the status section and the transition engine. */
public interface ExecutorListener {

    /** An operation was accepted and waits or runs. */
    void onPending(OperationResult pending);

    /** An operation ended, or a recurring one has its first or another result. */
    void onResult(OperationResult result);

    /**
     * A recurring operation does not recur any more, as ordered.
     *
     * @param order the order to cancel
     * @param cancelledKey the operation's key
     */
    void onCancelled(OperationOrder order, String cancelledKey);

    /** A resource is forgotten with its history, as ordered. */
    void onForgotten(OperationOrder order);
}
