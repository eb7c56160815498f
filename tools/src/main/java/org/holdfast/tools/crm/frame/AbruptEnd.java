package org.holdfast.tools.crm.frame;

/**
 * Ends a command at once: what was printed stays, but output that is printed at the end is lost, as
 * where the real command exits in the middle of its work.
 */
public final class AbruptEnd extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** An end with an exit code. */
    public AbruptEnd(int exitCode, String reason) {
        super(reason, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
