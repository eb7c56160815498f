package org.holdfast.totem.layer;

import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;

/**
 * Notices a sync step that does not move while the ring works: a message of it was lost to a forged
 * or damaged one, and nobody sends it again in this ring. A new ring begins the step anew. The wait
 * doubles as long as that does not help, so that a cause that stays costs little.
 */
final class SyncWatch {

    private static final int MILLIS_MIN = 5_000;
    private static final int DOUBLINGS_MAX = 4;

    private final Services.Port port;
    private final int millis;
    private int doublings;

    SyncWatch(ClusterConfig config, Services.Port port) {
        this.port = port;
        TotemConfig totem = config.totem();
        int formation = totem.tokenTimeoutMillis() + totem.consensusMillis();
        // A step may rightly wait for the quorum device.
        int device = config.quorum().device().map(QuorumConfig.Device::syncTimeoutMillis).orElse(0);
        this.millis = Math.max(MILLIS_MIN, 2 * formation) + device;
    }

    /** The step has begun or a message of it has come. */
    void onMove() {
        port.setTimer(ClusterTimer.SYNC_STALLED, millis << doublings);
    }

    /** The time is over; the next ring's step gets more of it. */
    void onStalled() {
        doublings = Math.min(doublings + 1, DOUBLINGS_MAX);
    }

    /** The step has ended as it should. */
    void onCompleted() {
        doublings = 0;
        port.cancelTimer(ClusterTimer.SYNC_STALLED);
    }
}
