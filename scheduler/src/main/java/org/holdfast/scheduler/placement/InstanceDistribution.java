package org.holdfast.scheduler.placement;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.assignment.Assigner;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Distributes the instances of a clone, or the containers of a bundle, over nodes. First those that
 * may stay where they are, then the others. The {@code count} of the collective's allowed nodes
 * says how many instances a node has got so far.
 */
final class InstanceDistribution {

    private final PlacementContext context;
    private final Placement placement;

    InstanceDistribution(PlacementContext context, Placement placement) {
        this.context = context;
        this.placement = placement;
    }

    /**
     * Assigns instances.
     *
     * @param instances in the order in which they count
     * @param totalMax how many may be assigned in all
     * @param perNodeMax how many may be assigned to one node
     */
    void assign(Resource collective, List<Resource> instances, int totalMax, int perNodeMax) {
        int availableNodes = resetCounts(collective);
        int fairShare = Math.max(1, availableNodes > 0 ? totalMax / availableNodes : 0);
        List<Resource> fixed = List.copyOf(instances);
        int assigned = 0;
        for (Resource instance : fixed) {
            if (assigned >= totalMax) {
                break;
            }
            Node stay = placeToStay(instance, fairShare);
            if (stay != null && assignEarly(instance, stay, perNodeMax, totalMax - assigned)) {
                assigned++;
            }
        }
        for (Resource instance : fixed) {
            if (!instance.is(ResourceFlag.UNASSIGNED)) {
                continue;
            }
            if (assigned >= totalMax) {
                context.locations()
                        .banEverywhere(instance, new ScoreReason.InstanceLimit(collective.id));
            } else if (assignOne(instance, null, perNodeMax) != null) {
                assigned++;
            }
        }
    }

    private static int resetCounts(Resource collective) {
        int available = 0;
        for (ScoredNode node : collective.allowed) {
            node.count = 0;
            if (Availability.isUp(node.node)) {
                available++;
            }
        }
        return available;
    }

    /**
     * Where an instance is active, healthy, and within the node's fair share; null if it cannot
     * simply stay.
     */
    private static @Nullable Node placeToStay(Resource instance, int fairShare) {
        if (instance.active.isEmpty()
                || !instance.is(ResourceFlag.UNASSIGNED)
                || instance.is(ResourceFlag.FAILED)) {
            return null;
        }
        Node node = instance.activeNode();
        if (node == null || !Availability.isOpen(node)) {
            return null;
        }
        ScoredNode inParent = parentEntry(instance, node);
        return inParent != null && inParent.count >= fairShare ? null : node;
    }

    private static @Nullable ScoredNode parentEntry(Resource instance, Node node) {
        return InstanceOrder.parentTable(instance).get(node);
    }

    /**
     * Tries to assign an instance to where it is. When another node turns out to be better, one
     * instance is reserved for that node and the attempt repeated, so that nodes get their share
     * while instances that may stay do. Only a success leaves a trace.
     */
    private boolean assignEarly(Resource instance, Node current, int perNodeMax, int available) {
        if (!Availability.isOpen(instance.allowed.get(current))) {
            return false;
        }
        Resource parent = instance.parent == null ? instance : instance.parent;
        NodeTable parentBefore = parent.allowed;
        List<NodeTable> before = new ArrayList<>();
        saveTables(instance, before);
        parent.allowed = parentBefore.copy();
        Node chosen = null;
        for (int reserved = 0; reserved < available; reserved++) {
            chosen = assignOne(instance, current, perNodeMax);
            if (chosen == current) {
                break;
            }
            restoreTables(instance, before, new int[1]);
            if (chosen == null) {
                instance.set(ResourceFlag.UNASSIGNED);
                break;
            }
            Assigner.unassign(instance);
            chosen = null;
        }
        parent.allowed = parentBefore;
        if (chosen == null) {
            return false;
        }
        countAtParent(instance, chosen);
        return true;
    }

    private static void saveTables(Resource resource, List<NodeTable> into) {
        into.add(resource.allowed.copy());
        resource.children.forEach(child -> saveTables(child, into));
    }

    private static void restoreTables(Resource resource, List<NodeTable> from, int[] next) {
        resource.allowed = from.get(next[0]++).copy();
        resource.children.forEach(child -> restoreTables(child, from, next));
    }

    /** Assigns one instance. One with a preferred node is only tried. */
    private @Nullable Node assignOne(Resource instance, @Nullable Node prefer, int perNodeMax) {
        if (instance.is(ResourceFlag.ASSIGNING)) {
            return null;
        }
        banUnavailable(instance, perNodeMax);
        Node chosen = placement.assign(instance, prefer, prefer == null);
        countAtParent(instance, chosen);
        return chosen;
    }

    private static void countAtParent(Resource instance, @Nullable Node chosen) {
        ScoredNode entry = chosen == null ? null : parentEntry(instance, chosen);
        if (entry != null) {
            entry.count++;
        }
    }

    private void banUnavailable(Resource instance, int perNodeMax) {
        for (ScoredNode node : instance.allowed) {
            if (canRun(instance, node.node, perNodeMax)) {
                continue;
            }
            ban(instance, node);
            for (Resource child : instance.children) {
                ScoredNode childNode = child.allowed.get(node.node);
                if (childNode != null) {
                    ban(child, childNode);
                }
            }
        }
    }

    private void ban(Resource resource, ScoredNode node) {
        int before = node.score;
        node.score = Score.MINUS_INFINITY;
        if (before != node.score && context.sink().wanted()) {
            Resource collective = resource.parent == null ? resource : resource.parent;
            context.sink()
                    .score(
                            resource,
                            node.node,
                            before,
                            node.score,
                            new ScoreReason.InstanceUnavailable(collective.id));
        }
    }

    private static boolean canRun(Resource instance, Node node, int perNodeMax) {
        if (instance.is(ResourceFlag.REMOVED) || !Availability.isUp(node)) {
            return false;
        }
        ScoredNode inParent = parentEntry(instance, node);
        return inParent != null && inParent.score >= 0 && inParent.count < perNodeMax;
    }
}
