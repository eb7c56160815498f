package org.holdfast.manager.executor;

/** How an execution ended, beside the agent's exit code; Pacemaker's {@code op-status}. */
public enum ExecStatus {
    /** Not ended yet. */
    PENDING(-1),
    /** The agent gave an exit code. */
    DONE(0),
    /** Cancelled before it gave one. */
    CANCELLED(1),
    /** Killed when its time was up. */
    TIMEOUT(2),
    /** It could not be run. */
    ERROR(4),
    /** There is no such agent. */
    NOT_INSTALLED(7),
    /** Not run, because this node is not in a state to run it. */
    INVALID(9);

    private final int code;

    ExecStatus(int code) {
        this.code = code;
    }

    /** The number in {@code op-status}. */
    public int code() {
        return code;
    }
}
