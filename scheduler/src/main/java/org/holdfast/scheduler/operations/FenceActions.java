package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Decides to fence or unfence a node and makes the action for it. */
public final class FenceActions {

    /** Meta-attribute of a fence action, seconds. */
    private static final String PRIORITY_DELAY = "priority-fencing-delay";

    private FenceActions() {}

    /**
     * Marks a node as one that must be fenced. A guest is fenced by recovering what launched it.
     *
     * @param priorityDelay whether priority-fencing-delay applies
     */
    public static void fence(
            Cluster cluster, Node node, FenceReason reason, boolean priorityDelay) {
        cluster.reasonSink.node(node, reason);
        Resource remote = node.remote;
        if (node.isGuest() && remote != null && remote.launcher != null) {
            Resource launcher = remote.launcher;
            if (!launcher.is(ResourceFlag.FAILED) && launcher.is(ResourceFlag.MANAGED)) {
                cluster.warn(
                        "Guest node "
                                + node
                                + " will be fenced (by recovering its guest resource "
                                + launcher
                                + "): "
                                + reason.text());
                node.remoteReset = true;
                launcher.set(ResourceFlag.FAILED);
                launcher.set(ResourceFlag.STOP_IF_FAILED);
            }
        } else if (isDanglingGuest(node) && remote != null) {
            remote.set(ResourceFlag.FAILED);
            remote.set(ResourceFlag.STOP_IF_FAILED);
        } else if (node.isRemote()) {
            if ((remote == null || remote.is(ResourceFlag.MANAGED)) && !node.remoteReset) {
                node.remoteReset = true;
                cluster.warn(
                        "Remote node "
                                + node
                                + " "
                                + verdict(cluster, node)
                                + ": "
                                + reason.text());
            }
            node.unclean = true;
            operation(cluster, node, null, true, reason.text(), false);
        } else if (!node.unclean) {
            cluster.warn(
                    "Cluster node " + node + " " + verdict(cluster, node) + ": " + reason.text());
            node.unclean = true;
            operation(cluster, node, null, true, reason.text(), priorityDelay);
        }
    }

    private static String verdict(Cluster cluster, Node node) {
        return canFence(cluster, node) ? "will be fenced" : "is unclean";
    }

    /** A guest whose launcher was removed from the configuration while the guest ran. */
    private static boolean isDanglingGuest(Node node) {
        return node.isPacemakerRemote()
                && node.remote != null
                && node.remote.launcher == null
                && node.remote.is(ResourceFlag.REMOVED_LAUNCHED);
    }

    /** Whether a node can be fenced now. */
    public static boolean canFence(Cluster cluster, @Nullable Node node) {
        if (node != null && node.isGuest()) {
            Resource launcher =
                    java.util.Objects.requireNonNull(
                            java.util.Objects.requireNonNull(node.remote).launcher);
            for (Node host : launcher.active) {
                if (!host.online && !canFence(cluster, host)) {
                    return false;
                }
            }
            return true;
        }
        if (!cluster.options.fencingEnabled() || !cluster.haveFencing) {
            return false;
        }
        if (cluster.quorate || cluster.options.noQuorumPolicy() == NoQuorumPolicy.IGNORE) {
            return true;
        }
        if (node == null || !node.online) {
            return false;
        }
        return !node.isPacemakerRemote()
                || cluster.options.fenceRemoteWithoutQuorum()
                || allHostsVisible(node);
    }

    /**
     * Without quorum a remote node may have moved to the other partition, unless every node that
     * can host its connection is here.
     */
    private static boolean allHostsVisible(Node node) {
        if (node.remote != null) {
            for (ScoredNode host : node.remote.allowed) {
                if (!host.node.online) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The fence action of a kind for a node.
     *
     * @param kind {@code on}, {@code off}, {@code reboot}; null for what the cluster is set to
     */
    public static Action operation(
            Cluster cluster,
            Node node,
            @Nullable String kind,
            boolean optional,
            @Nullable String reason,
            boolean priorityDelay) {
        String what = kind == null ? cluster.options.fenceAction() : kind;
        String key = Tasks.STONITH + "-" + node.name + "-" + what;
        boolean required = !optional;
        Action action = ActionFactory.singleton(cluster, key);
        if (action == null) {
            action = ActionFactory.create(cluster, key, Tasks.STONITH, node, true);
            action.meta.put("on_node", node.name);
            action.meta.put("on_node_uuid", node.id);
            action.meta.put("stonith_action", what);
            if (cluster.enableUnfencing && addDeviceDigests(cluster, node, action)) {
                required = true;
            }
        }
        if (cluster.options.priorityFencingDelayMillis() > 0
                && (priorityDelay || action.meta.get(PRIORITY_DELAY) != null)) {
            action.meta.put(PRIORITY_DELAY, Long.toString(priorityDelaySeconds(cluster, node)));
        }
        if (required && canFence(cluster, node)) {
            action.clear(ActionFlag.OPTIONAL);
            ActionFactory.explain(action, reason, false);
        } else if (reason != null && action.reason == null) {
            action.reason = reason;
        }
        return action;
    }

    /** Adds what the fencer must remember of each unfencing device; true if a device changed. */
    private static boolean addDeviceDigests(Cluster cluster, Node node, Action action) {
        StringBuilder all = new StringBuilder();
        StringBuilder secure = new StringBuilder();
        boolean changed = false;
        List<Resource> devices = new ArrayList<>();
        collectUnfencingDevices(cluster.resources, devices);
        for (int i = devices.size() - 1; i >= 0; i--) {
            Resource device = devices.get(i);
            String agent = device.meta.get("type");
            ParameterDigests digests = ParameterDigests.ofUnfencing(device, node);
            if (ParameterDigests.unfencingChanged(device, agent, node, digests)) {
                changed = true;
                cluster.reasonSink.node(
                        node,
                        new FenceReason.DeviceChanged(device, FenceReason.DeviceChange.PARAMETERS));
                cluster.reasonSink.action(
                        action, ActionReason.Effect.REQUIRED, new ActionReason.Unfencing(node));
                cluster.notice(
                        "notice: Unfencing node "
                                + node
                                + " because the definition of "
                                + device
                                + " changed");
            }
            all.append(device.id)
                    .append(':')
                    .append(agent)
                    .append(':')
                    .append(digests.all())
                    .append(',');
            secure.append(device.id)
                    .append(':')
                    .append(agent)
                    .append(':')
                    .append(digests.secure())
                    .append(',');
        }
        action.meta.put("digests-all", all.toString());
        action.meta.put("digests-secure", secure.toString());
        return changed;
    }

    private static void collectUnfencingDevices(List<Resource> candidates, List<Resource> found) {
        for (Resource candidate : candidates) {
            if (!candidate.children.isEmpty()) {
                collectUnfencingDevices(candidate.children, found);
            } else if (candidate.is(ResourceFlag.FENCE_DEVICE)
                    && (candidate.is(ResourceFlag.NEEDS_UNFENCING)
                            || "unfencing".equalsIgnoreCase(candidate.meta.get("provides")))) {
                found.add(candidate);
            }
        }
    }

    /**
     * How long fencing of a node waits so that the partition with the more important resources
     * wins: only if we have at most half of the nodes and the node hosts the top priority.
     */
    private static long priorityDelaySeconds(Cluster cluster, Node target) {
        if (!target.isCluster() || target.online) {
            return 0;
        }
        int members = 0;
        int online = 0;
        int top = Integer.MIN_VALUE;
        int lowest = Integer.MAX_VALUE;
        for (Node node : cluster.nodes) {
            if (node.isCluster()) {
                members++;
                online += node.online ? 1 : 0;
                top = Math.max(top, node.priority);
                lowest = Math.min(lowest, node.priority);
            }
        }
        if (online > members / 2 || lowest == top || target.priority < top) {
            return 0;
        }
        return OperationSettings.seconds(cluster.options.priorityFencingDelayMillis());
    }

    /** Whether a node was unfenced since it joined. */
    public static boolean isUnfenced(Node node) {
        String unfenced = node.attribute("#node-unfenced");
        return unfenced != null && !unfenced.equals("0");
    }

    /**
     * Asks for unfencing of a node, or (without a node that is up) of every node where a device may
     * run.
     */
    public static void unfence(
            Cluster cluster,
            @Nullable Resource resource,
            @Nullable Node node,
            FenceReason reason,
            @Nullable Action dependency) {
        if (!cluster.enableUnfencing
                || (resource != null && !resource.is(ResourceFlag.FENCE_DEVICE))) {
            return;
        }
        if (node != null && isUp(node)) {
            cluster.reasonSink.node(node, reason);
            Action unfence = operation(cluster, node, Tasks.ON, false, reason.text(), false);
            cluster.reasonSink.action(
                    unfence, ActionReason.Effect.REQUIRED, new ActionReason.Unfencing(node));
            Orderings.relate(unfence, dependency, OrderingFlag.ORDERED);
        } else if (resource != null) {
            for (ScoredNode host : resource.allowed) {
                if (isUp(host.node)) {
                    unfence(cluster, resource, host.node, reason, dependency);
                }
            }
        }
    }

    private static boolean isUp(Node node) {
        return node.online && !node.unclean && !node.shutdown;
    }
}
