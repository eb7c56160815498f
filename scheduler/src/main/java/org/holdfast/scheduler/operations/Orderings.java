package org.holdfast.scheduler.operations;

import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;

import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Ordering;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Records orderings: at once between two actions, or as a constraint between resources whose
 * actions are looked up when all actions exist.
 *
 * <p>The lists of related actions grow at the end; all rules visit them from the newest to the
 * oldest entry.
 */
public final class Orderings {

    private Orderings() {}

    /**
     * Orders two actions unless they are already ordered with one of the flags.
     *
     * @param flags bits of {@link OrderingFlag}; none means no ordering
     * @return whether an ordering was added
     */
    public static boolean relate(@Nullable Action first, @Nullable Action then, int flags) {
        return relate(first, then, flags, null);
    }

    /**
     * As {@link #relate(Action, Action, int)}, for an ordering constraint.
     *
     * @param constraint its id, null for an ordering that nobody configured
     */
    public static boolean relate(
            @Nullable Action first, @Nullable Action then, int flags, @Nullable String constraint) {
        if (flags == OrderingFlag.NONE || first == null || then == null) {
            return false;
        }
        if (!first.noteFollower(then, flags)) {
            return false;
        }
        first.after.add(new RelatedAction(then, flags, constraint));
        then.before.add(new RelatedAction(first, flags, constraint));
        return true;
    }

    /** Orders an action after each of the others. */
    public static void relateAll(List<Action> firsts, Action then) {
        for (int i = firsts.size() - 1; i >= 0; i--) {
            relate(firsts.get(i), then, ORDERED);
        }
    }

    /**
     * One side of an ordering constraint: an action, or a resource with an operation key, or both.
     */
    public record End(@Nullable Resource resource, @Nullable String key, @Nullable Action action) {

        /** A resource's task that is not recurring. */
        public static End task(Resource resource, String task) {
            return new End(resource, OpKey.of(resource, task), null);
        }

        /** An action as it is. */
        public static End action(Action action) {
            return new End(action.resource, action.key, action);
        }

        /** An action, looked up for a given resource's sake. */
        public static End action(@Nullable Resource resource, Action action) {
            return new End(resource == null ? action.resource : resource, action.key, action);
        }
    }

    /** Adds a constraint between two resources' tasks. */
    public static void tasks(
            Resource first, String firstTask, Resource then, String thenTask, int flags) {
        Ordering.addTasks(first, firstTask, then, thenTask, flags);
    }

    /** Adds a constraint between the starts of two resources. */
    public static void starts(Resource first, Resource then, int flags) {
        tasks(first, Tasks.START, then, Tasks.START, flags);
    }

    /** Adds a constraint between the stops of two resources. */
    public static void stops(Resource first, Resource then, int flags) {
        tasks(first, Tasks.STOP, then, Tasks.STOP, flags);
    }

    /** Adds a constraint; for live migration equivalent ones, too. */
    public static void add(Cluster cluster, End first, End then, int flags) {
        Ordering.add(
                cluster,
                first.resource,
                first.key,
                first.action,
                then.resource,
                then.key,
                then.action,
                flags);
    }
}
