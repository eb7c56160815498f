package org.holdfast.scheduler.ordering;

import java.util.List;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.jspecify.annotations.Nullable;

/** What orderings need from placement. */
final class PlacementSeam {

    private PlacementSeam() {}

    /** Takes a resource from its node and makes it stop; whether that was a change. */
    static boolean unassign(Resource resource) {
        return false;
    }

    /** Colocations in which a resource is primary, its ancestors' included. */
    static List<Colocation> withThis(Resource resource) {
        return resource.withThis;
    }

    /** The instance of a collective that is, or can be, together with another resource. */
    static @Nullable Resource compatibleInstance(
            Resource match, Resource collective, Role role, boolean current) {
        return null;
    }
}
