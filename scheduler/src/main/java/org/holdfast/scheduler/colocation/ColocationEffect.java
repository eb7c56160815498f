package org.holdfast.scheduler.colocation;

import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;

/**
 * What a colocation decides at the present point of the run: first where the dependent goes, then
 * which role it has there.
 */
public enum ColocationEffect {
    NOTHING,
    LOCATION,
    ROLE;

    /**
     * The effect of a colocation on a dependent.
     *
     * @param preview pretend that all is assigned already
     */
    public static ColocationEffect of(
            Resource dependent, Resource primary, Colocation colocation, boolean preview) {
        if (!preview && primary.is(ResourceFlag.UNASSIGNED)) {
            return NOTHING;
        }
        Resource dependentInRole = inRole(dependent);
        if (colocation.dependentRole().compareTo(Role.UNPROMOTED) >= 0
                && dependentInRole.parent != null
                && dependentInRole.parent.is(ResourceFlag.PROMOTABLE)
                && !dependentInRole.is(ResourceFlag.UNASSIGNED)) {
            return ROLE;
        }
        if (!preview && !dependent.is(ResourceFlag.UNASSIGNED)) {
            return NOTHING;
        }
        boolean applies =
                fits(colocation.dependentRole(), dependentInRole)
                        && fits(colocation.primaryRole(), inRole(primary));
        return applies ? LOCATION : NOTHING;
    }

    private static boolean fits(Role limit, Resource resource) {
        return limit == Role.UNKNOWN || limit == resource.nextRole;
    }

    /** The resource that has the role: for a bundle's container, what runs inside it. */
    static Resource inRole(Resource resource) {
        if (resource.is(ResourceFlag.REPLICA_CONTAINER)) {
            Resource inside = Instances.insideContainer(resource);
            if (inside != null) {
                return inside;
            }
        }
        return resource;
    }
}
