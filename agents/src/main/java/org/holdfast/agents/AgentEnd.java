package org.holdfast.agents;

/**
 * How a run ended.
 *
 * @param id the run's name
 * @param outcome how
 * @param exitCode the agent's exit code if it exited by itself, else 0
 * @param exitReason the last {@code ocf-exit-reason:} of its standard error, or why it could not be
 *     started; may be empty
 * @param output what it printed, cut at 64 KiB
 * @param error what it wrote to standard error, cut at 64 KiB
 * @param startedEpochSeconds wall time of its start
 * @param durationNanos how long it ran
 */
public record AgentEnd(
        long id,
        Outcome outcome,
        int exitCode,
        String exitReason,
        String output,
        String error,
        long startedEpochSeconds,
        long durationNanos) {

    /** How a run can end. */
    public enum Outcome {
        /** With an exit code. */
        EXITED,
        /** By a signal, ours or another's. */
        KILLED,
        /** There is no such agent here. */
        NOT_INSTALLED,
        /** It is there and could not be started. */
        NOT_EXECUTABLE
    }
}
