package org.holdfast.scheduler.model;

import org.jspecify.annotations.Nullable;

/**
 * One ordering, configured or internal: each side is an action, or a resource with an operation key
 * whose actions are looked up when orderings are applied.
 */
public final class Ordering {

    public final int id;
    public @Nullable Resource firstResource;

    /** Operation key such as {@code vip_start_0}. */
    public @Nullable String firstKey;

    public @Nullable Action firstAction;
    public @Nullable Resource thenResource;
    public @Nullable String thenKey;
    public @Nullable Action thenAction;

    /** Bits of {@link OrderingFlag}. */
    public int flags;

    /** The constraint's id; null for an ordering that nobody configured. */
    public @Nullable String constraint;

    private Ordering(int id) {
        this.id = id;
    }

    /**
     * Enters an ordering. Of each side either the action or both resource and key must be given;
     * what an action tells itself need not be repeated. Orderings between resources of which one
     * can migrate live bring equivalents for the migration with them.
     *
     * @return the new ordering
     */
    public static Ordering add(
            Cluster cluster,
            @Nullable Resource firstResource,
            @Nullable String firstKey,
            @Nullable Action firstAction,
            @Nullable Resource thenResource,
            @Nullable String thenKey,
            @Nullable Action thenAction,
            int flags) {
        Ordering ordering = new Ordering(cluster.takeOrderingId());
        ordering.firstResource =
                firstResource == null && firstAction != null ? firstAction.resource : firstResource;
        ordering.thenResource =
                thenResource == null && thenAction != null ? thenAction.resource : thenResource;
        ordering.firstKey = firstKey == null && firstAction != null ? firstAction.key : firstKey;
        ordering.thenKey = thenKey == null && thenAction != null ? thenAction.key : thenKey;
        ordering.firstAction = firstAction;
        ordering.thenAction = thenAction;
        ordering.flags = flags;
        ordering.constraint = cluster.constraintBeingRead;
        cluster.orderings.add(ordering);
        MigrationOrderings.addEquivalents(ordering);
        return ordering;
    }

    /** Orders two operations of resources that do not recur. */
    public static Ordering addTasks(
            Resource first, String firstTask, Resource then, String thenTask, int flags) {
        return add(
                first.cluster,
                first,
                OpKey.of(first, firstTask),
                null,
                then,
                OpKey.of(then, thenTask),
                null,
                flags);
    }

    @Override
    public String toString() {
        return "#"
                + id
                + " "
                + (firstAction != null ? firstAction : firstKey)
                + " then "
                + (thenAction != null ? thenAction : thenKey);
    }
}
