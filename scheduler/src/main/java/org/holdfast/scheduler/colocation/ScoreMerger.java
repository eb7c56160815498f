package org.holdfast.scheduler.colocation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/**
 * Walks from one resource along colocations and merges what each resource on the way prefers. The
 * way back is kept in a list of its own, so that chains may be of any length. Used for one walk.
 */
final class ScoreMerger {

    private final PlaceScores places;
    private final MergeBudget budget;
    private final Resource target;
    private final MergedScores merged;
    private final boolean primaries;
    private final boolean onlyPositive;
    private final Deque<Step> steps = new ArrayDeque<>();

    /**
     * Prepares a walk.
     *
     * @param target the resource being placed
     * @param primaries whether to go on to what each resource depends on, else to what depends on
     *     it
     * @param onlyPositive whether no node may become worse than neutral
     */
    ScoreMerger(
            PlaceScores places,
            MergeBudget budget,
            Resource target,
            MergedScores merged,
            boolean primaries,
            boolean onlyPositive) {
        this.places = places;
        this.budget = budget;
        this.target = target;
        this.merged = merged;
        this.primaries = primaries;
        this.onlyPositive = onlyPositive;
    }

    /** A resource on the way, with what is left to visit from it. */
    private record Step(
            Resource resource,
            @Nullable Group group,
            Iterator<Colocation> colocations,
            float factor) {}

    /**
     * Merges a resource, and all behind it.
     *
     * @param via the colocation that leads to it
     * @param skipIfUnusable whether it is to be skipped if it leaves no node usable
     */
    void merge(Resource source, Colocation via, boolean skipIfUnusable) {
        enter(source, via, factor(1, via), skipIfUnusable);
        walk();
    }

    /** Merges all that is behind a resource, but not the resource itself. */
    void follow(Resource source) {
        source.set(ResourceFlag.UPDATING_NODES);
        if (merged.anyOpen()) {
            steps.push(new Step(source, null, behind(source), 1));
            walk();
        }
        source.clear(ResourceFlag.UPDATING_NODES);
    }

    private void walk() {
        while (!steps.isEmpty()) {
            Step step = steps.peek();
            if (!step.colocations.hasNext()) {
                steps.pop();
                leave(step.resource, step.group);
                continue;
            }
            Colocation next = step.colocations.next();
            if (primaries) {
                enter(next.primary(), next, factor(step.factor, next), true);
            } else if (Influence.has(next)) {
                enter(next.dependent(), next, factor(step.factor, next), true);
            }
        }
    }

    private static float factor(float factor, Colocation colocation) {
        return factor * colocation.score() / (float) Score.INFINITY;
    }

    private Iterator<Colocation> behind(Resource source) {
        return ColocationLists.view(source, primaries).iterator();
    }

    /** A group stands for its first member, from which its internal colocations lead on. */
    private void enter(Resource source, Colocation via, float factor, boolean skipIfUnusable) {
        if (source.is(ResourceFlag.UPDATING_NODES)) {
            return; // a loop of colocations
        }
        Group group = source instanceof Group found ? found : null;
        if (group != null && group.children.isEmpty()) {
            return;
        }
        Resource resource = group == null ? source : group.children.getFirst();
        if (resource.is(ResourceFlag.UPDATING_NODES)
                || (!budget.take(merged.size()) && !steps.isEmpty())) {
            return;
        }
        resource.set(ResourceFlag.UPDATING_NODES);
        if (group != null) {
            group.set(ResourceFlag.UPDATING_NODES);
        }
        int[] saved = merged.save();
        places.add(merged, resource, target, via, factor, onlyPositive);
        if (merged.anyOpen()) {
            steps.push(new Step(resource, group, behind(resource), factor));
        } else if (skipIfUnusable) {
            merged.restore(saved);
            unmark(resource, group);
        } else {
            leave(resource, group);
        }
    }

    private void leave(Resource resource, @Nullable Group group) {
        if (onlyPositive) {
            merged.forgiveUnusable();
        }
        unmark(resource, group);
    }

    private static void unmark(Resource resource, @Nullable Group group) {
        resource.clear(ResourceFlag.UPDATING_NODES);
        if (group != null) {
            group.clear(ResourceFlag.UPDATING_NODES);
        }
    }
}
