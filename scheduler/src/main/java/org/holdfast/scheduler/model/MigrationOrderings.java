package org.holdfast.scheduler.model;

import static org.holdfast.scheduler.model.OrderingFlag.IF_FIRST_UNMIGRATABLE;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;

import org.jspecify.annotations.Nullable;

/**
 * Orderings that a live migration needs because it takes the place of stop and start: after what
 * the resource depends on has started or been promoted, and before what stops because of it.
 */
final class MigrationOrderings {

    private MigrationOrderings() {}

    /** Adds the equivalents of an ordering between unrelated resources. */
    static void addEquivalents(Ordering ordering) {
        Resource first = ordering.firstResource;
        Resource then = ordering.thenResource;
        if (first == null || then == null || first == then) {
            return;
        }
        boolean firstMigratable = first.is(ResourceFlag.MIGRATABLE);
        boolean thenMigratable = then.is(ResourceFlag.MIGRATABLE);
        if ((!firstMigratable && !thenMigratable) || first.isInside(then) || then.isInside(first)) {
            return;
        }
        String firstTask = taskOf(ordering.firstAction, ordering.firstKey);
        String thenTask = taskOf(ordering.thenAction, ordering.thenKey);
        int unlessFirstMigrates = firstMigratable ? ORDERED | IF_FIRST_UNMIGRATABLE : ORDERED;
        boolean arriving = then.partialMigrationTarget != null;
        switch (firstTask + " then " + thenTask) {
            case "start then start" -> {
                if (firstMigratable && thenMigratable) {
                    Ordering.addTasks(first, "migrate_from", then, "migrate_to", ORDERED);
                }
                if (thenMigratable) {
                    Ordering.addTasks(first, "start", then, "migrate_to", unlessFirstMigrates);
                }
            }
            case "stop then stop" -> {
                if (thenMigratable) {
                    Ordering.addTasks(first, "stop", then, "migrate_to", unlessFirstMigrates);
                    if (arriving) {
                        Ordering.addTasks(first, "stop", then, "migrate_from", unlessFirstMigrates);
                    }
                }
            }
            case "promote then start" -> {
                if (thenMigratable) {
                    Ordering.addTasks(first, "promote", then, "migrate_to", ORDERED);
                }
            }
            case "demote then stop" -> {
                if (thenMigratable) {
                    Ordering.addTasks(first, "demote", then, "migrate_to", ORDERED);
                    if (arriving) {
                        Ordering.addTasks(first, "demote", then, "migrate_from", ORDERED);
                    }
                }
            }
            default -> {
                // Nothing that a migration stands for.
            }
        }
    }

    private static String taskOf(@Nullable Action action, @Nullable String key) {
        if (action != null) {
            return action.task;
        }
        OpKey.Parts parts = key == null ? null : OpKey.parse(key);
        return parts == null ? "" : parts.task();
    }
}
