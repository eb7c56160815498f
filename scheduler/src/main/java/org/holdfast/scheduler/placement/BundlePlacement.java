package org.holdfast.scheduler.placement;

import java.util.List;
import org.holdfast.scheduler.colocation.Colocations;
import org.holdfast.scheduler.colocation.Instances;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.sorting.MergeSort;
import org.jspecify.annotations.Nullable;

/**
 * Assigns bundles: containers to nodes, then addresses and connections to them, then what runs
 * inside.
 */
final class BundlePlacement {

    private final PlacementContext context;
    private final Placement placement;
    private final InstanceDistribution distribution;

    BundlePlacement(
            PlacementContext context, Placement placement, InstanceDistribution distribution) {
        this.context = context;
        this.placement = placement;
        this.distribution = distribution;
    }

    /**
     * Other than for resources of other kinds, asking again shows the scores again and assigns what
     * is left.
     */
    void assign(Bundle bundle, @Nullable Node prefer, boolean stopIfFailed) {
        bundle.set(ResourceFlag.ASSIGNING);
        context.lines().allocation("pcmk__bundle_assign", bundle);
        List<Resource> containers = Instances.of(bundle);
        MergeSort.sort(containers, new InstanceOrder(context));
        distribution.assign(bundle, containers, bundle.replicaCount, bundle.replicasPerHost);
        for (Replica replica : bundle.replicas) {
            assignReplica(replica, prefer, stopIfFailed);
        }
        Resource inner = bundle.child;
        if (inner != null) {
            for (ScoredNode node : inner.allowed) {
                set(inner, node, isInside(bundle, node.node) ? 0 : Score.MINUS_INFINITY);
            }
            placement.assign(inner, prefer, stopIfFailed);
        }
        bundle.clear(ResourceFlag.ASSIGNING);
        bundle.clear(ResourceFlag.UNASSIGNED);
    }

    private static boolean isInside(Bundle bundle, Node node) {
        for (Replica replica : bundle.replicas) {
            if (replica.node != null && replica.node.node == node) {
                return true;
            }
        }
        return false;
    }

    private void assignReplica(Replica replica, @Nullable Node prefer, boolean stopIfFailed) {
        if (replica.ip != null) {
            placement.assign(replica.ip, prefer, stopIfFailed);
        }
        Primitive remote = replica.remote;
        if (remote != null) {
            keepOnHostOfRemote(remote, replica.containerOf().assignedNode());
            placement.assign(remote, prefer, stopIfFailed);
        }
        Resource child = replica.child;
        if (child != null) {
            assignInside(child, replica.node, stopIfFailed);
        }
    }

    /**
     * A remote node has one active connection; a connection into a container there must come from
     * the same host.
     */
    private static void keepOnHostOfRemote(Primitive remote, @Nullable Node containerHost) {
        if (containerHost != null
                && containerHost.isPacemakerRemote()
                && containerHost.remote != null) {
            Colocations.add(
                    "#replica-remote-with-host-remote",
                    null,
                    Score.INFINITY,
                    remote,
                    containerHost.remote,
                    Role.UNKNOWN,
                    Role.UNKNOWN,
                    true,
                    false);
        }
    }

    private void assignInside(Resource child, @Nullable ScoredNode inside, boolean stopIfFailed) {
        Node own = inside == null ? null : inside.node;
        for (ScoredNode node : child.allowed) {
            if (node.node != own) {
                set(child, node, Score.MINUS_INFINITY);
            } else if (!FailureLimits.isReached(child, node.node)) {
                set(child, node, Score.INFINITY);
            }
        }
        Resource parent = child.parent;
        if (parent == null) {
            return;
        }
        parent.set(ResourceFlag.ASSIGNING);
        placement.assign(child, own, stopIfFailed);
        parent.clear(ResourceFlag.ASSIGNING);
    }

    private void set(Resource resource, ScoredNode node, int score) {
        int before = node.score;
        node.score = score;
        if (before != score && context.sink().wanted()) {
            context.sink()
                    .score(
                            resource,
                            node.node,
                            before,
                            score,
                            new ScoreReason.InsideContainer(resource.id));
        }
    }
}
