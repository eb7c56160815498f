package org.holdfast.scheduler.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;

/**
 * Assigns resources that depend on each other in long chains from the far end. A resource's
 * assignment asks for that of what it is colocated with, one inside the other; a chain of thousands
 * would not fit on the stack. Chains of any usual length are left alone.
 */
final class DeepChains {

    /** Longest chain that is assigned from its near end. */
    private static final int DEPTH_MAX = 100;

    private final Placement placement;

    DeepChains(Placement placement) {
        this.placement = placement;
    }

    /** One resource on the way, and those that it depends on and that are not visited yet. */
    private record Step(Resource resource, Iterator<Resource> primaries) {}

    /**
     * Assigns what {@code resource} depends on if that reaches too far, so that its own assignment
     * will not have to.
     */
    void assignFarEnd(Resource resource) {
        if (resource.is(ResourceFlag.UNASSIGNED) && isDeep(resource)) {
            walk(resource, true);
        }
    }

    private boolean isDeep(Resource resource) {
        return walk(resource, false) > DEPTH_MAX;
    }

    /**
     * Visits a resource and all it depends on, depth first.
     *
     * @param assign whether each is assigned when all it depends on has been; while they wait,
     *     resources count as being assigned
     * @return the length of the longest way
     */
    private int walk(Resource from, boolean assign) {
        Set<Resource> seen = new LinkedHashSet<>();
        Deque<Step> way = new ArrayDeque<>();
        push(from, way, seen, assign);
        int longest = 1;
        while (!way.isEmpty()) {
            Step step = way.element();
            if (step.primaries.hasNext()) {
                Resource next = step.primaries.next();
                if (next.is(ResourceFlag.UNASSIGNED) && !seen.contains(next)) {
                    push(next, way, seen, assign);
                    longest = Math.max(longest, way.size());
                }
                continue;
            }
            way.remove();
            if (assign) {
                step.resource.clear(ResourceFlag.ASSIGNING);
                placement.assign(step.resource, null, true);
            }
        }
        return longest;
    }

    private static void push(
            Resource resource, Deque<Step> way, Set<Resource> seen, boolean assign) {
        seen.add(resource);
        if (assign) {
            resource.set(ResourceFlag.ASSIGNING);
        }
        List<Resource> primaries = new ArrayList<>();
        collectPrimaries(resource, primaries);
        way.push(new Step(resource, primaries.iterator()));
    }

    private static void collectPrimaries(Resource resource, List<Resource> into) {
        for (Colocation colocation : resource.thisWith) {
            into.add(colocation.primary().top(true));
        }
        // Instances do not differ in what is configured for them
        List<Resource> parts =
                resource instanceof Clone && !resource.children.isEmpty()
                        ? resource.children.subList(0, 1)
                        : resource.children;
        for (Resource part : parts) {
            collectPrimaries(part, into);
        }
    }
}
