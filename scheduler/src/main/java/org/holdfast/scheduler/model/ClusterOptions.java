package org.holdfast.scheduler.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cluster properties in effect at the run's time, parsed.
 *
 * @param raw every property that was set, by name
 * @param fenceAction {@code reboot} or {@code off} ({@code stonith-action})
 * @param fenceTimeoutMillis default timeout of fencing
 * @param concurrentFencing several nodes may be fenced at once
 * @param stopRemovedResources {@code stop-orphan-resources}
 * @param cancelRemovedActions {@code stop-orphan-actions}
 * @param shutdownLockMillis how long a shutdown lock holds, 0 for ever
 * @param nodePendingMillis {@code node-pending-timeout}, 0 for never
 */
public record ClusterOptions(
        Map<String, String> raw,
        boolean symmetric,
        boolean maintenance,
        boolean fencingEnabled,
        boolean startupFencing,
        boolean concurrentFencing,
        boolean stopRemovedResources,
        boolean cancelRemovedActions,
        boolean stopAll,
        boolean startFailureFatal,
        boolean shutdownLock,
        boolean enableStartupProbes,
        boolean fenceRemoteWithoutQuorum,
        NoQuorumPolicy noQuorumPolicy,
        String fenceAction,
        long fenceTimeoutMillis,
        long priorityFencingDelayMillis,
        long shutdownLockMillis,
        long nodePendingMillis,
        PlacementStrategy placementStrategy,
        String nodeHealthStrategy) {

    /** What a partition without quorum does. */
    public enum NoQuorumPolicy {
        FREEZE,
        STOP,
        IGNORE,
        FENCE,
        DEMOTE
    }

    /** How utilization counts. */
    public enum PlacementStrategy {
        DEFAULT,
        UTILIZATION,
        MINIMAL,
        BALANCED
    }

    /** A property as set, or null. */
    public @Nullable String get(String name) {
        return raw.get(name);
    }
}
