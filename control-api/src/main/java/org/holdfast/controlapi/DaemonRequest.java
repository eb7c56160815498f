package org.holdfast.controlapi;

/**
 * Requests that the daemon's frame answers itself.
 *
 * @param <A> the type of the answer
 */
public sealed interface DaemonRequest<A extends ControlAnswer> extends ControlRequest<A> {

    /** Opens the log files again, after they were rotated (corosync-cfgtool -L). */
    record ReopenLogs() implements DaemonRequest<ControlAnswer.Done> {}

    /** Leaves the cluster and ends (corosync-cfgtool -H). */
    record EndDaemon(String reason) implements DaemonRequest<ControlAnswer.Done> {}

    /** Asks who answers here: names, version, start time. */
    record DaemonQuery() implements DaemonRequest<ControlAnswer.DaemonStatus> {}
}
