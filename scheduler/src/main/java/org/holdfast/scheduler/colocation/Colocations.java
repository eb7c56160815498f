package org.holdfast.scheduler.colocation;

import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.Ordering;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/** Enters colocations in the working state. */
public final class Colocations {

    /** Lists above this length are searched by halving; shorter ones from the front. */
    private static final int HALVING_MIN = 32;

    private Colocations() {}

    /** Which of several resources to be with counts first. */
    static final Comparator<Colocation> BY_PRIMARY =
            (a, b) -> compareResources(a.primary(), b.primary());

    /** Whose wish to be with a resource counts first. */
    static final Comparator<Colocation> BY_DEPENDENT =
            (a, b) -> compareResources(a.dependent(), b.dependent());

    /**
     * Enters a colocation; one with score 0 means nothing and is dropped. If the two must never
     * meet, the one that leaves a node (or a role) is also ordered before the other that comes to
     * it.
     *
     * @param nodeAttribute null for the node itself
     * @param dependentRole limits it to dependents in that role; UNKNOWN for any
     * @param primaryRole limits it to primaries in that role; UNKNOWN for any
     * @param influence whether the dependent's preferences may move an active primary
     * @param explicit whether it is configured, not inherent in a kind of resource
     */
    public static void add(
            String id,
            @Nullable String nodeAttribute,
            int score,
            Resource dependent,
            Resource primary,
            Role dependentRole,
            Role primaryRole,
            boolean influence,
            boolean explicit) {
        if (score == 0) {
            return;
        }
        Colocation colocation =
                new Colocation(
                        id,
                        nodeAttribute == null ? "#uname" : nodeAttribute,
                        score,
                        dependent,
                        primary,
                        anyIfStarted(dependentRole),
                        anyIfStarted(primaryRole),
                        influence,
                        explicit);
        insert(dependent.thisWith, colocation, BY_PRIMARY);
        insert(primary.withThis, colocation, BY_DEPENDENT);
        dependent.cluster.colocations.add(colocation);
        if (score <= Score.MINUS_INFINITY) {
            orderLeaving(dependent, colocation.dependentRole(), primary, colocation.primaryRole());
            orderLeaving(primary, colocation.primaryRole(), dependent, colocation.dependentRole());
        }
    }

    /** A resource in any role is started first, so that Started limits nothing. */
    private static Role anyIfStarted(Role role) {
        return role == Role.STARTED ? Role.UNKNOWN : role;
    }

    /**
     * Inserts where the order wants it; before those that it equals, so that the latest of equals
     * counts first.
     */
    static void insert(List<Colocation> list, Colocation added, Comparator<Colocation> order) {
        int from = 0;
        int to = list.size();
        if (to < HALVING_MIN) {
            while (from < to && order.compare(added, list.get(from)) > 0) {
                from++;
            }
            list.add(from, added);
            return;
        }
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (order.compare(added, list.get(middle)) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        list.add(from, added);
    }

    /** Higher priority, then the more complex kind, then promotable clones, then the id. */
    private static int compareResources(Resource a, Resource b) {
        if (a.priority != b.priority) {
            return a.priority > b.priority ? -1 : 1;
        }
        int kinds = Integer.compare(rank(b), rank(a));
        if (kinds != 0) {
            return kinds;
        }
        if (a instanceof Clone) {
            int promotable =
                    Boolean.compare(b.is(ResourceFlag.PROMOTABLE), a.is(ResourceFlag.PROMOTABLE));
            if (promotable != 0) {
                return promotable;
            }
        }
        return a.id.compareTo(b.id);
    }

    private static int rank(Resource resource) {
        return switch (resource) {
            case Primitive _ -> 1;
            case Group _ -> 2;
            case Clone _ -> 3;
            case Bundle _ -> 4;
        };
    }

    private static void orderLeaving(Resource first, Role firstRole, Resource then, Role thenRole) {
        String[] leave =
                switch (firstRole) {
                    case PROMOTED -> new String[] {"demote"};
                    case UNPROMOTED -> new String[] {"stop", "promote"};
                    case UNKNOWN, STOPPED, STARTED -> new String[] {"stop"};
                };
        String[] come =
                switch (thenRole) {
                    case PROMOTED -> new String[] {"promote"};
                    case UNPROMOTED -> new String[] {"start", "demote"};
                    case UNKNOWN, STOPPED, STARTED -> new String[] {"start"};
                };
        for (String firstTask : leave) {
            for (String thenTask : come) {
                Ordering.addTasks(
                        first, firstTask, then, thenTask, OrderingFlag.IF_REQUIRED_ON_SAME_NODE);
            }
        }
    }
}
