package org.holdfast.manager.executor;

/** One process of an agent. */
final class AgentRun {

    final long id;
    final Operation operation;
    final ResourceQueue queue;
    final long startedNanos;
    final long startedEpochSeconds;
    boolean timedOut;

    AgentRun(
            long id,
            Operation operation,
            ResourceQueue queue,
            long startedNanos,
            long startedEpochSeconds) {
        this.id = id;
        this.operation = operation;
        this.queue = queue;
        this.startedNanos = startedNanos;
        this.startedEpochSeconds = startedEpochSeconds;
    }
}
