package org.holdfast.scheduler.colocation;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.assignment.NodeOrder;
import org.holdfast.scheduler.assignment.Places;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the instance of one clone or bundle that belongs to an instance of another, or to a node.
 */
public final class Instances {

    private Instances() {}

    /** A clone's instances or a bundle's containers. */
    public static List<Resource> of(Resource collective) {
        if (!(collective instanceof Bundle bundle)) {
            return collective.children;
        }
        List<Resource> containers = new ArrayList<>(bundle.replicas.size());
        for (Replica replica : bundle.replicas) {
            containers.add(replica.containerOf());
        }
        return containers;
    }

    /**
     * Whether an instance that is not blocked is, or will be, on a node in a role.
     *
     * @param role UNKNOWN for any
     * @param current whether the present counts, else the end of the transition
     * @param attribute nodes count as the same place when equal in this attribute; null for the
     *     node itself
     */
    public static boolean matches(
            Resource instance, Node node, Role role, boolean current, @Nullable String attribute) {
        if (role != Role.UNKNOWN && role != instance.state(current)) {
            return false;
        }
        if (isAnyBlocked(instance)) {
            return false;
        }
        Node place = placeOf(instance, current);
        if (place == null) {
            return false;
        }
        if (attribute == null) {
            return place == node;
        }
        return ColocationAttributes.same(
                ColocationAttributes.value(place, attribute, instance),
                ColocationAttributes.value(node, attribute, instance));
    }

    /** Whether a resource or any descendant is blocked. */
    public static boolean isAnyBlocked(Resource resource) {
        if (resource.is(ResourceFlag.BLOCKED)) {
            return true;
        }
        for (Resource child : resource.children) {
            if (isAnyBlocked(child)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Node placeOf(Resource resource, boolean current) {
        if (current) {
            return Places.current(resource);
        }
        ScoredNode assigned = Places.assigned(resource);
        return assigned == null ? null : assigned.node;
    }

    /**
     * The instance of {@code collective} on the node where {@code other} is or will be; if that is
     * nowhere, on the best node that may have {@code other}. Null if there is none.
     */
    public static @Nullable Resource compatible(
            Resource other,
            Resource collective,
            Role role,
            boolean current,
            @Nullable String attribute) {
        Node place = placeOf(other, current);
        if (place != null) {
            return onNode(collective, place, role, current, attribute);
        }
        if (!isAnyPlaced(collective, current)) {
            return null;
        }
        for (ScoredNode allowed : NodeOrder.sorted(other.cluster, other.allowed, null)) {
            Resource found = onNode(collective, allowed.node, role, current, attribute);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether any instance is anywhere, so that looking node by node is worth while. */
    private static boolean isAnyPlaced(Resource collective, boolean current) {
        for (Resource instance : of(collective)) {
            if (placeOf(instance, current) != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Resource onNode(
            Resource collective,
            Node node,
            Role role,
            boolean current,
            @Nullable String attribute) {
        for (Resource instance : of(collective)) {
            if (matches(instance, node, role, current, attribute)) {
                return instance;
            }
        }
        return null;
    }

    /** What runs inside a bundle's container, or null. */
    public static @Nullable Resource insideContainer(Resource container) {
        if (container.top(true) instanceof Bundle bundle) {
            for (Replica replica : bundle.replicas) {
                if (replica.container == container) {
                    return replica.child;
                }
            }
        }
        return null;
    }
}
