package org.holdfast.scheduler.colocation;

import java.util.ArrayDeque;
import java.util.Deque;
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
    private final Deque<Resource> open = new ArrayDeque<>();

    private ColocatedResources(Resource asked) {
        this.asked = asked;
    }

    /** A resource and all that must be where it is, the last found first. */
    public static SequencedSet<Resource> of(Resource resource) {
        ColocatedResources search = new ColocatedResources(resource);
        search.open.push(resource);
        while (!search.open.isEmpty()) {
            search.visit(search.open.pop());
        }
        return search.found.reversed();
    }

    /**
     * Members that stay together lead on, each by its own colocations; the group's are among those
     * of its ends.
     */
    private void visit(Resource resource) {
        if (!found.add(resource)) {
            return;
        }
        if (resource instanceof Group group && (group.colocated || group.parent instanceof Clone)) {
            group.children.forEach(open::push);
            return;
        }
        for (Colocation colocation : ColocationLists.thisWith(resource)) {
            Resource primary = colocation.primary();
            if (primary != asked && binds(resource, primary, colocation)) {
                open.push(primary);
            }
        }
        for (Colocation colocation : ColocationLists.withThis(resource)) {
            Resource dependent = colocation.dependent();
            // Which instance of a clone a single dependent goes with is not known
            boolean uncertain = resource instanceof Clone && !(dependent instanceof Clone);
            if (dependent != asked && !uncertain && binds(dependent, resource, colocation)) {
                open.push(dependent);
            }
        }
    }

    private static boolean binds(Resource dependent, Resource primary, Colocation colocation) {
        return colocation.score() == Score.INFINITY
                && ColocationEffect.of(dependent, primary, colocation, true)
                        == ColocationEffect.LOCATION;
    }
}
