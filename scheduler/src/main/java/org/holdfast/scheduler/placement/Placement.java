package org.holdfast.scheduler.placement;

import java.util.List;
import org.holdfast.scheduler.assignment.Places;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.PlacementStrategy;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** The stage that gives every resource a node, or none, and every promotable instance a role. */
public final class Placement {

    private final PlacementContext context;
    private final PrimitivePlacement primitives;
    private final GroupPlacement groups;
    private final ClonePlacement clones;
    private final BundlePlacement bundles;

    private Placement(PlacementContext context) {
        this.context = context;
        InstanceDistribution distribution = new InstanceDistribution(context, this);
        this.primitives = new PrimitivePlacement(context, this);
        this.groups = new GroupPlacement(context, this);
        this.clones = new ClonePlacement(context, this, distribution);
        this.bundles = new BundlePlacement(context, this, distribution);
    }

    /**
     * Assigns all resources: those that count most first if utilization matters, and connections to
     * remote nodes before all others.
     */
    public static void assignAll(Cluster cluster) {
        PlacementContext context = PlacementContext.of(cluster);
        Placement placement = new Placement(context);
        DeepChains chains = new DeepChains(placement);
        if (cluster.options.placementStrategy() != PlacementStrategy.DEFAULT) {
            ResourceOrder.sort(cluster, context.colocations());
        }
        context.lines().capacities("Original");
        List<Resource> resources = List.copyOf(cluster.resources);
        if (cluster.haveRemoteNodes) {
            for (Resource resource : resources) {
                if (resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
                    chains.assignFarEnd(resource);
                    placement.assign(resource, resource.partialMigrationTarget, true);
                }
            }
        }
        for (Resource resource : resources) {
            if (!resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
                chains.assignFarEnd(resource);
                placement.assign(resource, null, true);
            }
        }
        context.lines().capacities("Remaining");
    }

    /**
     * Assigns a resource of any kind unless that is done already or under way.
     *
     * @param prefer the node to choose if no other is better
     * @param stopIfFailed whether a resource without a node is to be stopped; otherwise the
     *     assignment is only tried
     * @return the node of a primitive, or of a group as a whole; null for none and for what has
     *     several
     */
    @Nullable Node assign(Resource resource, @Nullable Node prefer, boolean stopIfFailed) {
        return switch (resource) {
            case Primitive primitive -> primitives.assign(primitive, prefer, stopIfFailed);
            case Group group -> groups.assign(group, prefer, stopIfFailed);
            case Clone clone -> {
                clones.assign(clone, prefer, stopIfFailed);
                yield null;
            }
            case Bundle bundle -> {
                bundles.assign(bundle, prefer, stopIfFailed);
                yield null;
            }
        };
    }

    /** The context of this run. */
    PlacementContext context() {
        return context;
    }

    /** The one node of a resource with all its descendants, or null. */
    static @Nullable Node placeOf(Resource resource) {
        var place = Places.assigned(resource);
        return place == null ? null : place.node;
    }
}
