package org.holdfast.controlapi;

/**
 * Requests that the daemon's frame answers itself.
 *
 * @param <A> the type of the answer
 */
public sealed interface DaemonRequest<A extends ControlAnswer> extends ControlRequest<A> {

    /** Asks who answers here: names, version, start time. */
    record DaemonQuery() implements DaemonRequest<ControlAnswer.DaemonStatus> {}
}
