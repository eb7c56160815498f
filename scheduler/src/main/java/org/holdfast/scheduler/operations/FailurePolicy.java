package org.holdfast.scheduler.operations;

import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Requires;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * What an operation needs before it may run, and what its failure leads to (Pacemaker Explained,
 * "Operation Properties": on-fail; "Resource Meta-Attributes": requires).
 */
public final class FailurePolicy {

    private FailurePolicy() {}

    /** What must hold before the task; only starts and promotions need anything. */
    public static Requires requires(Resource resource, String task) {
        if (!task.equalsIgnoreCase(Tasks.START) && !task.equalsIgnoreCase(Tasks.PROMOTE)) {
            return Requires.NOTHING;
        }
        if (resource.is(ResourceFlag.NEEDS_FENCING)) {
            return Requires.FENCING;
        }
        return resource.is(ResourceFlag.NEEDS_QUORUM) ? Requires.QUORUM : Requires.NOTHING;
    }

    /**
     * The response to a failure.
     *
     * @param configured value of on-fail, null for the default
     */
    public static OnFail onFail(
            Resource resource, String task, long intervalMillis, @Nullable String configured) {
        Cluster cluster = resource.cluster;
        OnFail explicit = parse(resource, task, configured);
        if (isRemoteConnection(cluster, resource)
                && !isProbe(task, intervalMillis)
                && !task.equals(Tasks.START)) {
            if (!resource.is(ResourceFlag.MANAGED)) {
                // A failed connection that nobody manages could not be recovered any other way.
                return resource.launcher != null ? OnFail.RESTART_CONTAINER : OnFail.STOP;
            }
            if (explicit == null && resource.launcher == null) {
                return OnFail.RESET_REMOTE;
            }
        }
        if (explicit != null) {
            return explicit;
        }
        if (resource.launcher != null) {
            return OnFail.RESTART_CONTAINER;
        }
        if (task.equals(Tasks.STOP)) {
            return cluster.options.fencingEnabled() ? OnFail.FENCE_NODE : OnFail.BLOCK;
        }
        return OnFail.RESTART;
    }

    /** The role that is left to reach after a failure. */
    public static Role roleAfter(Resource resource, String task, OnFail onFail) {
        if (onFail == OnFail.STOP) {
            return Role.STOPPED;
        }
        if (onFail == OnFail.RESET_REMOTE && resource.remoteReconnectMillis != 0) {
            return Role.STOPPED;
        }
        return task.equals(Tasks.PROMOTE) ? Role.UNPROMOTED : Role.STARTED;
    }

    /**
     * Whether an operation asks for a state that nobody knows yet: a monitor that does not recur.
     */
    public static boolean isProbe(@Nullable String task, long intervalMillis) {
        return intervalMillis == 0 && Tasks.MONITOR.equals(task);
    }

    private static boolean isRemoteConnection(Cluster cluster, Resource resource) {
        if (!resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            return false;
        }
        Node node = cluster.nodeNamed(resource.id);
        return node != null && node.isRemote();
    }

    private static @Nullable OnFail parse(Resource resource, String task, @Nullable String value) {
        Cluster cluster = resource.cluster;
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(java.util.Locale.ROOT)) {
            case "block" -> OnFail.BLOCK;
            case "fence" -> {
                if (cluster.options.fencingEnabled()) {
                    yield OnFail.FENCE_NODE;
                }
                cluster.configError(
                        "Resetting 'on-fail' for %s of %s to 'stop' because 'fence' is not valid when fencing is disabled"
                                .formatted(task, resource));
                yield OnFail.STOP;
            }
            case "standby" -> OnFail.STANDBY_NODE;
            case "ignore", "nothing" -> OnFail.IGNORE;
            case "migrate" -> OnFail.BAN;
            case "stop" -> OnFail.STOP;
            case "restart" -> OnFail.RESTART;
            case "restart-container" -> resource.launcher == null ? null : OnFail.RESTART_CONTAINER;
            case "demote" -> OnFail.DEMOTE;
            default -> {
                cluster.configError(
                        "Using default 'on-fail' for %s of %s because '%s' is not valid"
                                .formatted(task, resource, value));
                yield null;
            }
        };
    }
}
