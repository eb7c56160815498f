package org.holdfast.scheduler.colocation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;

/**
 * All colocations that concern a resource: its own, and those of the groups, clones and bundles
 * around it as far as they fall to it. In the order in which they count.
 */
public final class ColocationLists {

    private ColocationLists() {}

    /** Which side of a colocation a resource is on. */
    private enum Side {
        /** Others depend on it. */
        PRIMARY(Colocations.BY_DEPENDENT) {
            @Override
            List<Colocation> of(Resource resource) {
                return resource.withThis;
            }
        },
        /** It depends on others. */
        DEPENDENT(Colocations.BY_PRIMARY) {
            @Override
            List<Colocation> of(Resource resource) {
                return resource.thisWith;
            }
        };

        final Comparator<Colocation> order;

        Side(Comparator<Colocation> order) {
            this.order = order;
        }

        abstract List<Colocation> of(Resource resource);
    }

    /**
     * The colocations in which others depend on this resource, in a list that later changes do not
     * reach.
     */
    public static List<Colocation> withThis(Resource resource) {
        List<Colocation> all = new ArrayList<>();
        collect(Side.PRIMARY, resource, resource, all);
        return all;
    }

    /**
     * The colocations in which this resource depends on others, in a list that later changes do not
     * reach.
     */
    public static List<Colocation> thisWith(Resource resource) {
        List<Colocation> all = new ArrayList<>();
        collect(Side.DEPENDENT, resource, resource, all);
        return all;
    }

    /**
     * As {@link #thisWith} if {@code dependent}, else as {@link #withThis}; a list that the caller
     * must not keep, since it can be the resource's own.
     */
    static List<Colocation> view(Resource resource, boolean dependent) {
        Side side = dependent ? Side.DEPENDENT : Side.PRIMARY;
        if (resource instanceof Primitive && resource.parent == null) {
            return side.of(resource);
        }
        List<Colocation> all = new ArrayList<>();
        collect(side, resource, resource, all);
        return all;
    }

    /**
     * Adds what {@code resource} contributes to the colocations of {@code asked}, which is itself
     * or a relative.
     */
    private static void collect(
            Side side, Resource resource, Resource asked, List<Colocation> into) {
        switch (resource) {
            case Primitive _ -> ofPrimitive(side, resource, asked, into);
            case Group group -> {
                if (side == Side.PRIMARY) {
                    withGroup(group, asked, into);
                } else {
                    groupWith(group, asked, into);
                }
            }
            case Clone _ -> {
                addAll(side, side.of(resource), into);
                ofParent(side, resource, asked, into);
            }
            case Bundle bundle -> ofBundle(side, bundle, asked, into);
        }
    }

    private static void ofParent(
            Side side, Resource resource, Resource asked, List<Colocation> into) {
        if (resource.parent != null) {
            collect(side, resource.parent, asked, into);
        }
    }

    /**
     * Adds a list. The reference, adding to a list that is not empty, adds the first element as
     * often as there are elements; what it then decides depends on that.
     */
    private static void addAll(Side side, List<Colocation> added, List<Colocation> into) {
        if (into.isEmpty()) {
            into.addAll(added);
            return;
        }
        for (int i = 0; i < added.size(); i++) {
            Colocations.insert(into, added.getFirst(), side.order);
        }
    }

    /**
     * A member that is asked on behalf of its group contributes only what is configured for it
     * explicitly.
     */
    private static void ofPrimitive(
            Side side, Resource resource, Resource asked, List<Colocation> into) {
        if (resource == asked) {
            addAll(side, side.of(resource), into);
            ofParent(side, resource, asked, into);
            return;
        }
        for (Colocation colocation : side.of(resource)) {
            if (colocation.explicit()) {
                Colocations.insert(into, colocation, side.order);
            }
        }
    }

    /**
     * What is with a group is with its last member; the others follow by the group's internal
     * colocations.
     */
    private static void withGroup(Group group, Resource asked, List<Colocation> into) {
        if (group.children.isEmpty() || (asked != group && asked != group.lastMember())) {
            return;
        }
        addAll(Side.PRIMARY, group.withThis, into);
        ofParent(Side.PRIMARY, group, asked, into);
        ofOtherMembers(Side.PRIMARY, group, asked, into);
    }

    /**
     * What a group is with, its first member is with. A later member must know of what is mandatory
     * only if an earlier one is unmanaged and breaks the chain.
     */
    private static void groupWith(Group group, Resource asked, List<Colocation> into) {
        if (group.children.isEmpty()) {
            return;
        }
        if (asked == group || asked == group.children.getFirst()) {
            addAll(Side.DEPENDENT, group.thisWith, into);
            ofParent(Side.DEPENDENT, group, asked, into);
            ofOtherMembers(Side.DEPENDENT, group, asked, into);
            return;
        }
        for (Resource member : group.children) {
            if (member == asked) {
                return;
            }
            if (!member.isManaged()) {
                for (Colocation colocation : group.thisWith) {
                    if (colocation.score() == Score.INFINITY) {
                        Colocations.insert(into, colocation, Colocations.BY_PRIMARY);
                    }
                }
                return;
            }
        }
    }

    private static void ofOtherMembers(
            Side side, Group group, Resource asked, List<Colocation> into) {
        if (!group.colocated) {
            return;
        }
        for (Resource member : group.children) {
            if (member != asked) {
                collect(side, member, asked, into);
            }
        }
    }

    /**
     * A bundle's colocations are those of its containers; also of the resource inside when that is
     * promotable and its instances' roles are being chosen.
     */
    private static void ofBundle(Side side, Bundle bundle, Resource asked, List<Colocation> into) {
        if (asked == bundle || asked.is(ResourceFlag.REPLICA_CONTAINER)) {
            addAll(side, side.of(bundle), into);
            return;
        }
        if (!(bundle.child instanceof Clone inner)
                || !inner.is(ResourceFlag.PROMOTABLE)
                || asked.top(false) != inner) {
            return;
        }
        boolean choosingRoles =
                asked == inner ? inner.promotionConstrained : !asked.is(ResourceFlag.UNASSIGNED);
        if (choosingRoles) {
            addAll(side, side.of(bundle), into);
        }
    }
}
