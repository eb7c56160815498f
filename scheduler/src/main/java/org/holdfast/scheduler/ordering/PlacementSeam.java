package org.holdfast.scheduler.ordering;

import java.util.List;
import org.holdfast.scheduler.assignment.Assigner;
import org.holdfast.scheduler.colocation.ColocationLists;
import org.holdfast.scheduler.colocation.Instances;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** What orderings need from placement. */
final class PlacementSeam {

    private PlacementSeam() {}

    /** Takes a resource from its node and makes it stop; whether that was a change. */
    static boolean unassign(Resource resource) {
        return Assigner.assign(resource, null, true, true);
    }

    /** Colocations in which a resource is primary, its ancestors' included. */
    static List<Colocation> withThis(Resource resource) {
        return ColocationLists.withThis(resource);
    }

    /** The instance of a collective that is, or can be, together with another resource. */
    static @Nullable Resource compatibleInstance(
            Resource match, Resource collective, Role role, boolean current) {
        return Instances.compatible(match, collective, role, current, null);
    }
}
