package org.holdfast.scheduler.colocation;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.value.Booleans;
import org.holdfast.scheduler.assignment.Assigner;
import org.holdfast.scheduler.assignment.NodeOrder;
import org.holdfast.scheduler.assignment.Places;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Applies a colocation whose primary has been placed to a dependent that is being placed, or whose
 * role is being chosen. By kind of primary: a group stands for its first or last member, a clone or
 * bundle for all its instances or the one that belongs to the dependent.
 *
 * <p>Methods return what was added to the dependent's priority for promotion, 0 if its location was
 * concerned.
 */
public final class ColocationApplier {

    private final ColocationWeights weights;

    public ColocationApplier(ColocationWeights weights) {
        this.weights = weights;
    }

    /**
     * Applies to a dependent of any kind that can be a member or an instance: a primitive or a
     * group.
     */
    public int apply(Resource dependent, Resource primary, Colocation colocation) {
        return dependent instanceof Group group
                ? ofGroup(group, primary, colocation)
                : toPrimary(dependent, primary, colocation);
    }

    private int ofGroup(Group dependent, Resource primary, Colocation colocation) {
        if (dependent.children.isEmpty()) {
            return 0;
        }
        int delta = 0;
        if (dependent.colocated) {
            delta = apply(dependent.children.getFirst(), primary, colocation);
        } else if (colocation.score() >= Score.INFINITY) {
            dependent.cluster.configError(
                    "%s: Cannot perform mandatory colocation between non-colocated group and %s"
                            .formatted(dependent.id, primary.id));
            return 0;
        } else {
            for (Resource member : dependent.children) {
                delta = Score.add(delta, weights.apply(member, primary, colocation));
            }
        }
        if (delta != 0) {
            dependent.priority = Score.add(delta, dependent.priority);
        }
        return delta;
    }

    private int toPrimary(Resource dependent, Resource primary, Colocation colocation) {
        return switch (primary) {
            case Primitive _ -> weights.apply(dependent, primary, colocation);
            case Group group -> toGroup(dependent, group, colocation);
            case Clone clone -> toClone(dependent, clone, colocation);
            case Bundle bundle -> toBundle(dependent, bundle, colocation);
        };
    }

    /**
     * What is mandatory needs the whole group up, hence its last member; for what is optional the
     * first will do.
     */
    private int toGroup(Resource dependent, Group primary, Colocation colocation) {
        if (primary.is(ResourceFlag.UNASSIGNED) || primary.children.isEmpty()) {
            return 0;
        }
        boolean mandatory = colocation.score() >= Score.INFINITY;
        if (primary.colocated) {
            Resource member = mandatory ? primary.children.getLast() : primary.children.getFirst();
            return toPrimary(dependent, member, colocation);
        }
        if (mandatory) {
            dependent.cluster.configError(
                    "%s: Cannot perform mandatory colocation with non-colocated group %s"
                            .formatted(dependent.id, primary.id));
            return 0;
        }
        int delta = 0;
        for (Resource member : primary.children) {
            delta = Score.add(delta, toPrimary(dependent, member, colocation));
        }
        return delta;
    }

    private int toClone(Resource dependent, Clone primary, Colocation colocation) {
        if (primary.is(ResourceFlag.UNASSIGNED)) {
            return 0;
        }
        if (primary.is(ResourceFlag.PROMOTABLE) && colocation.primaryRole() != Role.UNKNOWN) {
            if (dependent.is(ResourceFlag.UNASSIGNED)) {
                weights.addPromotable(primary, dependent, colocation);
                return 0;
            }
            if (colocation.dependentRole() == Role.PROMOTED) {
                return promotionDelta(primary, dependent, colocation);
            }
        }
        if (canInterleave(colocation)) {
            return toOne(
                    dependent,
                    Instances.compatible(dependent, primary, Role.UNKNOWN, false, null),
                    colocation);
        }
        if (colocation.score() >= Score.INFINITY) {
            weights.limitTo(dependent, primary, colocation, openPlaces(primary), false);
            return 0;
        }
        int delta = 0;
        for (Resource instance : primary.children) {
            delta = Score.add(delta, toPrimary(dependent, instance, colocation));
        }
        return delta;
    }

    /**
     * With the instance that belongs to the dependent; without one, a mandatory colocation keeps
     * the dependent from running.
     */
    private int toOne(Resource dependent, @Nullable Resource instance, Colocation colocation) {
        if (instance != null) {
            return apply(dependent, instance, colocation);
        }
        if (colocation.score() >= Score.INFINITY) {
            Assigner.assign(dependent, null, true, true);
        }
        return 0;
    }

    private static boolean canInterleave(Colocation colocation) {
        Resource dependent = colocation.dependent();
        Resource primary = colocation.primary();
        if (!(dependent instanceof Clone || dependent instanceof Bundle)
                || !Booleans.isTrue(dependent.meta("interleave"))) {
            return false;
        }
        if (dependent.maxPerNode() != primary.maxPerNode()) {
            dependent.cluster.configError(
                    ("Cannot interleave %s and %s because they do not support the same number of"
                                    + " instances per node")
                            .formatted(dependent.id, primary.id));
            return false;
        }
        return true;
    }

    private static List<ScoredNode> openPlaces(Resource clone) {
        List<ScoredNode> places = new ArrayList<>();
        for (Resource instance : clone.children) {
            ScoredNode place = Places.assigned(instance);
            if (place != null && !Instances.isAnyBlocked(instance)) {
                places.add(place);
            }
        }
        return places;
    }

    /**
     * A promoted dependent gains from a primary instance in the right role beside it, and cannot be
     * promoted without a mandatory one.
     */
    private static int promotionDelta(Clone primary, Resource dependent, Colocation colocation) {
        Resource beside =
                Instances.compatible(
                        dependent,
                        primary,
                        colocation.primaryRole(),
                        false,
                        colocation.nodeAttribute());
        if (beside != null) {
            dependent.priority = Score.add(dependent.priority, colocation.score());
            return colocation.score();
        }
        if (colocation.score() >= Score.INFINITY) {
            dependent.priority = Score.MINUS_INFINITY;
            return Score.MINUS_INFINITY;
        }
        return 0;
    }

    private int toBundle(Resource dependent, Bundle primary, Colocation colocation) {
        if (primary.is(ResourceFlag.UNASSIGNED)) {
            return 0;
        }
        Resource configured = colocation.dependent();
        if (configured instanceof Clone || configured instanceof Bundle) {
            return toOne(dependent, compatibleContainer(dependent, primary), colocation);
        }
        if (colocation.score() >= Score.INFINITY) {
            weights.limitTo(
                    dependent, primary, colocation, containerHosts(primary, colocation), false);
            return 0;
        }
        int delta = 0;
        for (Replica replica : primary.replicas) {
            delta = Score.add(delta, toPrimary(dependent, replica.containerOf(), colocation));
        }
        return delta;
    }

    private static List<ScoredNode> containerHosts(Bundle bundle, Colocation colocation) {
        boolean promotedOnly = colocation.primaryRole() == Role.PROMOTED;
        List<ScoredNode> hosts = new ArrayList<>();
        for (Replica replica : bundle.replicas) {
            Primitive container = replica.containerOf();
            ScoredNode host = Places.assigned(container);
            if (host == null || Instances.isAnyBlocked(container)) {
                continue;
            }
            Resource inside = replica.child;
            if (!promotedOnly || (inside != null && inside.nextRole == Role.PROMOTED)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private static @Nullable Resource compatibleContainer(Resource dependent, Bundle bundle) {
        ScoredNode place = Places.assigned(dependent);
        Node host = place == null ? null : hostOf(place.node);
        if (host != null) {
            return containerOn(bundle, host);
        }
        for (ScoredNode allowed : NodeOrder.sorted(dependent.cluster, dependent.allowed, null)) {
            Node at = hostOf(allowed.node);
            Resource container = at == null ? null : containerOn(bundle, at);
            if (container != null) {
                return container;
            }
        }
        return null;
    }

    private static @Nullable Resource containerOn(Bundle bundle, Node node) {
        for (Replica replica : bundle.replicas) {
            if (Instances.matches(replica.containerOf(), node, Role.UNKNOWN, false, null)) {
                return replica.container;
            }
        }
        return null;
    }

    /** Where a bundle node's container will be; any other node itself. */
    private static @Nullable Node hostOf(Node node) {
        Resource connection = node.remote;
        if (!node.isBundleNode() || connection == null || connection.launcher == null) {
            return node;
        }
        ScoredNode host = Places.assigned(connection.launcher);
        return host == null ? null : host.node;
    }
}
