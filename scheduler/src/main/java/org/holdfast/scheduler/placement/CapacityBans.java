package org.holdfast.scheduler.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.assignment.Capacity;
import org.holdfast.scheduler.colocation.ColocatedResources;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.ClusterOptions.PlacementStrategy;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.sorting.HashOrder;
import org.jspecify.annotations.Nullable;

/**
 * Bans resources from nodes that lack capacity for them (Pacemaker Explained, "Utilization and
 * Placement Strategy").
 */
final class CapacityBans {

    private final PlacementContext context;

    CapacityBans(PlacementContext context) {
        this.context = context;
    }

    /**
     * Bans a resource from nodes that cannot take it with all that must go with it; if no node can,
     * from those that cannot take it alone.
     *
     * @return in the latter case the node with the most free capacity, else null
     */
    @Nullable Node apply(Resource resource) {
        if (context.cluster().options.placementStrategy() == PlacementStrategy.DEFAULT) {
            return null;
        }
        Map<String, String> together = sum(ColocatedResources.of(resource));
        boolean any = false;
        for (ScoredNode node : resource.allowed) {
            any |= Availability.isOpen(node) && Capacity.suffices(node.node, together);
        }
        Node mostCapable = any ? null : mostCapable(resource);
        Map<String, String> required = any ? together : resource.utilization;
        for (ScoredNode node : resource.allowed) {
            if (Availability.isOpen(node) && !Capacity.suffices(node.node, required)) {
                context.locations().ban(resource, node.node, new ScoreReason.Capacity());
            }
        }
        return mostCapable;
    }

    /** Of nodes that are equal, the first in the reference's table. */
    private static @Nullable Node mostCapable(Resource resource) {
        Map<String, Node> open = new LinkedHashMap<>();
        List<String> ids = new ArrayList<>();
        for (ScoredNode node : resource.allowed) {
            ids.add(node.node.id);
            if (Availability.isOpen(node)) {
                open.put(node.node.id, node.node);
            }
        }
        Node most = null;
        for (String id : HashOrder.of(ids)) {
            Node node = open.get(id);
            if (node != null && (most == null || Capacity.isGreater(node, most))) {
                most = node;
            }
        }
        return most;
    }

    private static Map<String, String> sum(SequencedSet<Resource> resources) {
        Map<String, String> sum = new LinkedHashMap<>();
        for (Resource resource : resources) {
            add(resource, resources, sum);
        }
        return sum;
    }

    /** Adds what a resource that is not placed yet will use. */
    private static void add(
            Resource resource, SequencedSet<Resource> all, Map<String, String> sum) {
        if (!resource.is(ResourceFlag.UNASSIGNED)) {
            return;
        }
        switch (resource) {
            case Primitive _ -> Capacity.give(sum, resource.utilization);
            case Group group -> addGroup(group, all, sum);
            case Clone clone -> addClone(clone, all, sum);
            case Bundle bundle -> {
                if (!bundle.replicas.isEmpty()) {
                    add(bundle.replicas.getFirst().containerOf(), all, sum);
                }
            }
        }
    }

    /** All members if they stay together, else the first; those in the list count on their own. */
    private static void addGroup(Group group, SequencedSet<Resource> all, Map<String, String> sum) {
        boolean together = group.colocated || group.parent instanceof Clone;
        for (Resource member : group.children) {
            if (member.is(ResourceFlag.UNASSIGNED) && !all.contains(member)) {
                add(member, all, sum);
            }
            if (!together) {
                return;
            }
        }
    }

    /** One instance, unless instances or their members are in the list. */
    private static void addClone(Clone clone, SequencedSet<Resource> all, Map<String, String> sum) {
        boolean known = false;
        for (Resource instance : clone.children) {
            if (all.contains(instance)) {
                known = true;
            } else if (instance.children.stream().anyMatch(all::contains)) {
                add(instance, all, sum);
                known = true;
            }
        }
        if (!known && !clone.children.isEmpty()) {
            add(clone.children.getFirst(), all, sum);
        }
    }
}
