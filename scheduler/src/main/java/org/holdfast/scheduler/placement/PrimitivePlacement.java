package org.holdfast.scheduler.placement;

import java.util.List;
import org.holdfast.scheduler.assignment.Assigner;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.assignment.NodeOrder;
import org.holdfast.scheduler.colocation.ColocationLists;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.model.StateReason;
import org.jspecify.annotations.Nullable;

/** Assigns primitives: colocations first, then the best node. */
final class PrimitivePlacement {

    private final PlacementContext context;
    private final Placement placement;
    private final CapacityBans capacityBans;

    PrimitivePlacement(PlacementContext context, Placement placement) {
        this.context = context;
        this.placement = placement;
        this.capacityBans = new CapacityBans(context);
    }

    @Nullable Node assign(Primitive resource, @Nullable Node prefer, boolean stopIfFailed) {
        Resource parent = resource.parent;
        if (parent != null && !parent.is(ResourceFlag.ASSIGNING)) {
            placement.assign(parent, prefer, stopIfFailed);
        }
        if (!resource.is(ResourceFlag.UNASSIGNED)) {
            return resource.assignedNode();
        }
        if (resource.is(ResourceFlag.ASSIGNING)) {
            return null; // a loop of colocations
        }
        resource.set(ResourceFlag.ASSIGNING);
        applyColocations(resource);
        limitByRole(resource);
        context.lines().allocation("pcmk__primitive_assign", resource);
        chooseNode(resource, prefer, stopIfFailed);
        resource.clear(ResourceFlag.ASSIGNING);
        if (resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            updateRemoteNode(resource);
        }
        return resource.assignedNode();
    }

    /** Mandatory colocations count before optional ones, so that as many as possible can be met. */
    private void applyColocations(Primitive resource) {
        List<Colocation> thisWith = ColocationLists.thisWith(resource);
        List<Colocation> withThis = ColocationLists.withThis(resource);
        for (boolean mandatory : new boolean[] {true, false}) {
            for (Colocation colocation : thisWith) {
                if (isMandatory(colocation) == mandatory) {
                    placeWith(resource, colocation);
                }
            }
            for (Colocation colocation : withThis) {
                if (isMandatory(colocation) == mandatory) {
                    context.colocations().addDependent(colocation, resource);
                }
            }
        }
    }

    private static boolean isMandatory(Colocation colocation) {
        return colocation.score() <= Score.MINUS_INFINITY || colocation.score() >= Score.INFINITY;
    }

    private void placeWith(Primitive resource, Colocation colocation) {
        // What only concerns a promoted role, or is a mere dislike, must not keep the resource from
        // running at all
        boolean dislike = colocation.score() < 0 && !isMandatory(colocation);
        NodeTable before =
                dislike || colocation.dependentRole() == Role.PROMOTED
                        ? resource.allowed.copy()
                        : null;
        Resource primary = colocation.primary();
        if (primary.is(ResourceFlag.UNASSIGNED)) {
            placement.assign(primary, null, true);
        }
        context.applier().apply(resource, primary, colocation);
        if (before != null && !Availability.any(resource.allowed)) {
            resource.allowed = before;
        }
    }

    private void limitByRole(Primitive resource) {
        Cluster cluster = context.cluster();
        if (resource.nextRole == Role.STOPPED) {
            context.locations().banEverywhere(resource, new ScoreReason.TargetRole());
        } else if (resource.nextRole.above(resource.role)
                && !cluster.quorate
                && cluster.options.noQuorumPolicy() == NoQuorumPolicy.FREEZE) {
            resource.nextRole = resource.role;
            cluster.reasonSink.state(resource, new StateReason.RoleLimitedByQuorum(resource.role));
        }
    }

    private void chooseNode(Primitive resource, @Nullable Node prefer, boolean stopIfFailed) {
        Cluster cluster = context.cluster();
        if (cluster.options.fencingEnabled() && !cluster.haveFencing) {
            resource.clear(ResourceFlag.MANAGED);
            cluster.reasonSink.state(resource, new StateReason.NoFencingDevice());
        }
        if (!resource.isManaged()) {
            resource.nextRole = resource.role;
            Node stay = resource.activeNode();
            Assigner.assign(
                    resource, stay == null ? null : ScoredNode.of(stay), true, stopIfFailed);
        } else if (cluster.options.stopAll()) {
            Assigner.assign(resource, null, true, stopIfFailed);
        } else {
            assignBest(resource, prefer, stopIfFailed);
        }
    }

    private void assignBest(Primitive resource, @Nullable Node prefer, boolean stopIfFailed) {
        Node mostCapable = capacityBans.apply(resource);
        if (!resource.is(ResourceFlag.UNASSIGNED)) {
            return; // a colocation has decided already
        }
        List<ScoredNode> nodes =
                NodeOrder.sorted(context.cluster(), resource.allowed, resource.activeNode());
        ScoredNode chosen = null;
        if (!nodes.isEmpty()) {
            chosen = preferred(resource, prefer == null ? mostCapable : prefer, nodes.getFirst());
            if (chosen == null) {
                chosen = currentIfAsGood(resource, nodes);
            }
        }
        Assigner.assign(resource, chosen, false, stopIfFailed);
    }

    /** The preferred node, if it is open and no other is better. */
    private static @Nullable ScoredNode preferred(
            Primitive resource, @Nullable Node prefer, ScoredNode best) {
        ScoredNode allowed = prefer == null ? null : resource.allowed.get(prefer);
        return allowed != null && allowed.score >= best.score && Availability.isOpen(allowed)
                ? allowed
                : null;
    }

    /**
     * The best node, or where the resource is now if that is as good. Instances of unique clones do
     * not count that: those that may stay have been assigned before, and the rest must not crowd a
     * node where another instance is active.
     */
    private static ScoredNode currentIfAsGood(Primitive resource, List<ScoredNode> nodes) {
        ScoredNode best = nodes.getFirst();
        boolean uniqueInstance =
                resource.parent instanceof Clone clone && clone.is(ResourceFlag.UNIQUE);
        Node current = resource.activeNode();
        if (uniqueInstance
                || best.score <= 0
                || !Availability.isUp(best.node)
                || !Availability.isOpen(current)) {
            return best;
        }
        ScoredNode chosen = best;
        for (ScoredNode node : nodes.subList(1, nodes.size())) {
            if (node.score != chosen.score) {
                break;
            }
            if (node.node == current) {
                chosen = node;
            }
        }
        return chosen;
    }

    /** A remote node will be up if its connection is, and shuts down with it. */
    private void updateRemoteNode(Primitive connection) {
        Node node = context.cluster().nodeNamed(connection.id);
        if (node == null) {
            return;
        }
        if (connection.assigned != null && connection.nextRole != Role.STOPPED) {
            node.online = true;
            if (!node.seen) {
                node.unclean = false; // a connection will be tried before anything is fenced
            }
        } else {
            node.shutdown = true;
        }
    }
}
