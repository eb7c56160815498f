package org.holdfast.totem.ring;

import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.TotemConfig;

/** Warns, as {@code token_warning} says, of a token that stays away for long. */
final class LateToken {

    private final RingPort port;
    private final RingTimers timers;
    private long lastNanos;

    LateToken(RingPort port, RingTimers timers) {
        this.port = port;
        this.timers = timers;
    }

    void tokenCame(TotemConfig config) {
        lastNanos = port.nowNanos();
        restart(config);
    }

    /** The warning's time has come. */
    void warn(TotemConfig config) {
        port.log(
                Level.NOTICE,
                "Token has not been received in %d ms"
                        .formatted((port.nowNanos() - lastNanos) / 1_000_000));
        restart(config);
    }

    private void restart(TotemConfig config) {
        if (config.tokenWarningPercent() > 0) {
            timers.set(
                    ClusterTimer.TOKEN_WARNING,
                    config.tokenTimeoutMillis() * config.tokenWarningPercent() / 100);
        }
    }
}
