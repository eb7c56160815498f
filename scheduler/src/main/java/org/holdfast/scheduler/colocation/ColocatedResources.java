package org.holdfast.scheduler.colocation;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Score;

/** Finds what must share a node with a resource, over any number of mandatory colocations. */
public final class ColocatedResources {

    private final Resource asked;
    private final SequencedSet<Resource> found = new LinkedHashSet<>();

    private ColocatedResources(Resource asked) {
        this.asked = asked;
    }

    /** A resource and all that must be where it is, the last found first. */
    public static SequencedSet<Resource> of(Resource resource) {
        ColocatedResources search = new ColocatedResources(resource);
        search.add(resource);
        return search.found.reversed();
    }

    private void add(Resource resource) {
        if (resource instanceof Group group) {
            addGroup(group);
        } else {
            addOne(resource);
        }
    }

    private void addGroup(Group group) {
        if (group.colocated || group.parent instanceof Clone) {
            found.add(group);
            for (Resource member : group.children) {
                add(member);
            }
        } else if (!group.children.isEmpty()) {
            addOne(group);
        }
    }

    private void addOne(Resource resource) {
        if (!found.add(resource)) {
            return;
        }
        for (Colocation colocation : ColocationLists.thisWith(resource)) {
            Resource primary = colocation.primary();
            if (primary != asked && binds(resource, primary, colocation)) {
                add(primary);
            }
        }
        for (Colocation colocation : ColocationLists.withThis(resource)) {
            Resource dependent = colocation.dependent();
            // Which instance of a clone a single dependent goes with is not known
            boolean uncertain = resource instanceof Clone && !(dependent instanceof Clone);
            if (dependent != asked && !uncertain && binds(dependent, resource, colocation)) {
                add(dependent);
            }
        }
    }

    private static boolean binds(Resource dependent, Resource primary, Colocation colocation) {
        return colocation.score() == Score.INFINITY
                && ColocationEffect.of(dependent, primary, colocation, true)
                        == ColocationEffect.LOCATION;
    }
}
