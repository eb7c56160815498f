package org.holdfast.totem.ring;

import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.totem.TotemConfig;

/** Notices that this process did not run for a while. */
final class PauseWatch {

    private final RingPort port;
    private long lastStepNanos;
    private long ignoreJoinsUntilNanos = Long.MIN_VALUE;

    PauseWatch(RingPort port) {
        this.port = port;
    }

    void start() {
        lastStepNanos = port.nowNanos();
    }

    void onStep(TotemConfig config) {
        long now = port.nowNanos();
        long pauseNanos = config.tokenTimeoutMillis() * 1_000_000L / 2;
        if (now - lastStepNanos > pauseNanos) {
            port.log(
                    Level.NOTICE,
                    "Process pause detected for %d ms, flushing membership messages."
                            .formatted((now - lastStepNanos) / 1_000_000));
            ignoreJoinsUntilNanos = now + config.joinMillis() * 1_000_000L;
        }
        lastStepNanos = now;
    }

    /** Joins that queued while this process did not run say what was, not what is. */
    boolean isFlushing() {
        return port.nowNanos() < ignoreJoinsUntilNanos;
    }
}
