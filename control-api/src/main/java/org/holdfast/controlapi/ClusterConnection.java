package org.holdfast.controlapi;

import java.time.Duration;

/**
 * A way to a running node for one caller. Blocks the calling thread, which should be a virtual one;
 * safe for use by several threads.
 */
@FunctionalInterface
public interface ClusterConnection {

    /**
     * Sends a request and waits for its answer.
     *
     * @param request what to ask
     * @param timeout how long to wait; the order may still be carried out after it
     * @return the answer, of the type that the request names
     * @throws RequestRefused if the node refused, did not answer in time, or is about to end
     */
    <A extends ControlAnswer> A call(ControlRequest<A> request, Duration timeout)
            throws RequestRefused;
}
