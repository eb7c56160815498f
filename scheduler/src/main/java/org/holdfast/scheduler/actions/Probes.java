package org.holdfast.scheduler.actions;

import static org.holdfast.scheduler.model.OrderingFlag.IF_ON_SAME_NODE;
import static org.holdfast.scheduler.model.OrderingFlag.NESTED_REMOTE_PROBE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.InstanceNumber;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.RemoteConnections;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Probes: a monitor of each resource on each node where its state is not known, before anything is
 * started (Pacemaker Explained, "resource-discovery", "enable-startup-probes").
 */
final class Probes {

    private Probes() {}

    static void create(Cluster cluster) {
        for (Node node : cluster.nodes) {
            if (!node.online) {
                if (RemoteConnections.isFailed(node)) {
                    FenceActions.fence(
                            cluster,
                            node,
                            new FenceReason.RemoteLost(FenceReason.RemoteTrouble.UNRECOVERABLE),
                            false);
                }
                continue;
            }
            if (!node.unclean && node.probesAllowed) {
                createAll(cluster.resources, node);
            }
        }
    }

    private static boolean createAll(List<Resource> resources, Node node) {
        boolean any = false;
        for (Resource resource : resources) {
            any |= create(resource, node);
        }
        return any;
    }

    private static boolean create(Resource resource, Node node) {
        return switch (resource) {
            case Primitive primitive -> createForPlain(primitive, node);
            case Group group -> createForPlain(group, node);
            case Clone clone -> createForClone(clone, node);
            case Bundle bundle -> createForBundle(bundle, node);
        };
    }

    /** Probes a primitive, or the members of a group; true if anything is to be probed. */
    private static boolean createForPlain(Resource resource, Node node) {
        if (!resource.cluster.probeResources || cannotHost(resource, node)) {
            return false;
        }
        if (!resource.children.isEmpty()) {
            return createAll(resource.children, node);
        }
        if ((resource.launcher != null && !resource.is(ResourceFlag.IS_REMOTE_CONNECTION))
                || resource.is(ResourceFlag.REMOVED)
                || resource.probed.contains(node)
                || isDiscoveryOff(resource, node)) {
            return false;
        }
        Resource top = resource.top(false);
        if (node.isGuest() && isGuestDown(resource, node, top)) {
            return false;
        }
        Action probe = probe(resource, node);
        Resource startOf = top instanceof Clone ? top : resource;
        int flags = ORDERED;
        if (!probe.isRunnable() && startOf.active.isEmpty()) {
            flags |= UNRUNNABLE_FIRST_BLOCKS;
        }
        End first = End.action(probe);
        Orderings.add(resource.cluster, first, End.task(startOf, Tasks.START), flags);
        Orderings.add(
                resource.cluster,
                first,
                new End(startOf, OpKey.of(resource, Tasks.RELOAD_AGENT), null),
                ORDERED);
        return true;
    }

    private static boolean cannotHost(Resource resource, Node node) {
        if (!node.isPacemakerRemote()) {
            return false;
        }
        return resource.is(ResourceFlag.FENCE_DEVICE)
                || (node.isGuest() && OpTargets.guestMadeBy(resource) != null)
                || resource.is(ResourceFlag.IS_REMOTE_CONNECTION);
    }

    private static boolean isDiscoveryOff(Resource resource, Node node) {
        ScoredNode allowed = resource.allowed.get(node);
        boolean exclusive =
                resource.is(ResourceFlag.EXCLUSIVE_PROBES)
                        || resource.top(false).is(ResourceFlag.EXCLUSIVE_PROBES);
        if (exclusive && (allowed == null || allowed.probeMode != ProbeMode.EXCLUSIVE)) {
            return true;
        }
        ProbeMode mode = allowed == null ? node.baseProbeMode : allowed.probeMode;
        return mode == ProbeMode.NEVER;
    }

    /** Nothing runs on a guest that is down or will be; then only the order of events matters. */
    private static boolean isGuestDown(Resource resource, Node node, Resource top) {
        Resource guest = OpTargets.launcherOf(node);
        if (guest == null) {
            return false;
        }
        if (guest.role == Role.STOPPED) {
            Node host = guest.assignedNode();
            if (host != null && !guest.probed.contains(host)) {
                Orderings.tasks(guest, Tasks.MONITOR, top, Tasks.START, ORDERED);
            }
            return true;
        }
        if (willStop(guest, node)) {
            Orderings.tasks(guest, Tasks.STOP, top, Tasks.START, ORDERED);
            return true;
        }
        return false;
    }

    private static boolean willStop(Resource guest, Node node) {
        Node host = guest.assignedNode();
        return node.remoteReset
                || node.unclean
                || guest.is(ResourceFlag.FAILED)
                || guest.nextRole == Role.STOPPED
                || (guest.role.above(Role.STOPPED) && host != null && !guest.active.contains(host));
    }

    private static Action probe(Resource resource, Node node) {
        Action probe = ActionFactory.create(resource, Tasks.MONITOR, node, false);
        probe.clear(ActionFlag.OPTIONAL);
        ReasonSink sink = resource.cluster.reasonSink;
        if (sink.wanted()) {
            sink.action(probe, Effect.REQUIRED, new ActionReason.StateUnknown(node));
        }
        UnfencingOrder.after(resource, node, probe, ORDERED);
        if (!resource.active.contains(node)) {
            ActionFactory.expect(probe, RecurringOperations.NOT_RUNNING);
        } else if (resource.role == Role.PROMOTED) {
            ActionFactory.expect(probe, RecurringOperations.RUNNING_PROMOTED);
        }
        return probe;
    }

    private static boolean createForClone(Clone clone, Node node) {
        if (clone.is(ResourceFlag.EXCLUSIVE_PROBES)) {
            ScoredNode allowed = clone.allowed.get(node);
            if (allowed == null || allowed.probeMode != ProbeMode.EXCLUSIVE) {
                clone.allowed.remove(node);
                return false;
            }
        }
        clone.children.sort(InstanceNumber.ORDER);
        return clone.is(ResourceFlag.UNIQUE)
                ? createAll(clone.children, node)
                : create(instanceToProbe(clone, node), node);
    }

    /**
     * Of an anonymous clone one instance tells all: one that is known there, will be there, or any.
     */
    private static Resource instanceToProbe(Clone clone, Node node) {
        for (Resource instance : clone.children) {
            if (isProbedOn(instance, node)) {
                return instance;
            }
        }
        for (Resource instance : clone.children) {
            if (OpTargets.assignedNode(instance) == node) {
                return instance;
            }
        }
        return clone.children.getFirst();
    }

    private static boolean isProbedOn(Resource resource, Node node) {
        if (resource.children.isEmpty()) {
            return resource.probed.contains(node);
        }
        for (Resource child : resource.children) {
            if (isProbedOn(child, node)) {
                return true;
            }
        }
        return false;
    }

    private static boolean createForBundle(Bundle bundle, Node node) {
        boolean any = false;
        for (Replica replica : bundle.replicas) {
            any |= createForReplica(bundle, replica, node);
        }
        return any;
    }

    private static boolean createForReplica(Bundle bundle, Replica replica, Node node) {
        boolean any = replica.ip != null && create(replica.ip, node);
        ScoredNode inside = replica.node;
        if (replica.child != null && inside != null && inside.node == node) {
            any |= create(replica.child, node);
        }
        Primitive container = replica.containerOf();
        if (create(container, node)) {
            any = true;
            if (bundle.maxPerNode() == 1) {
                orderOtherStarts(bundle, replica, container);
            }
        }
        Primitive remote = replica.remote;
        if (remote != null && create(remote, node)) {
            Action probe = probeOf(remote, node);
            if (probe != null) {
                any = true;
                // The connection's address may be where the container is started.
                Orderings.add(
                        bundle.cluster,
                        End.task(container, Tasks.START),
                        End.action(probe),
                        NESTED_REMOTE_PROBE);
            }
        }
        return any;
    }

    /** A container that is found running may be a reason not to start another one there. */
    private static void orderOtherStarts(Bundle bundle, Replica probed, Primitive container) {
        for (Replica other : bundle.replicas) {
            if (other != probed) {
                Orderings.tasks(
                        container,
                        Tasks.MONITOR,
                        other.containerOf(),
                        Tasks.START,
                        ORDERED | IF_ON_SAME_NODE);
            }
        }
    }

    private static @Nullable Action probeOf(Resource resource, Node node) {
        return ActionSearch.newestWithKey(resource, OpKey.of(resource, Tasks.MONITOR), node);
    }
}
