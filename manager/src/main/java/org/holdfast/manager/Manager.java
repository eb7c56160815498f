package org.holdfast.manager;

import org.holdfast.kernel.EffectSink;

/**
 * The resource manager of one node. Pure: same configuration and same inputs at the same times give
 * the same effects.
 *
 * <p>Not thread-safe; one driver owns it. The driver calls {@link #start} once, then {@link #step}
 * for every input, and carries out the effects of a call in their order before the next call.
 */
public final class Manager {

    private final ManagerConfig config;

    /** A manager that has not started. */
    public Manager(ManagerConfig config) {
        this.config = config;
    }

    /**
     * Joins the groups and starts the node's work.
     *
     * @param nowNanos monotonic time in nanoseconds
     * @param wallMillis wall time in milliseconds since 1970 UTC
     */
    public void start(long nowNanos, long wallMillis, EffectSink<ManagerEffect> out) {
        throw new UnsupportedOperationException(config.selfName());
    }

    /**
     * Takes one input.
     *
     * @param nowNanos monotonic time in nanoseconds, never lower than in the call before
     * @param wallMillis wall time in milliseconds since 1970 UTC; may jump
     * @param input what happened
     * @param out takes the effects
     */
    public void step(
            long nowNanos, long wallMillis, ManagerInput input, EffectSink<ManagerEffect> out) {
        throw new UnsupportedOperationException(config.selfName());
    }
}
