package org.holdfast.scheduler.operations;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Finds the {@code op} elements of a resource. */
public final class OperationConfig {

    private OperationConfig() {}

    /**
     * The configuration of an operation; a migration without its own falls back to an operation
     * called "migrate".
     *
     * @param includeDisabled also operations with {@code enabled=false}
     */
    public static @Nullable Element find(
            Resource resource, String task, long intervalMillis, boolean includeDisabled) {
        Element found = findExact(resource, task, intervalMillis, includeDisabled);
        if (found == null && (task.equals(Tasks.MIGRATE_TO) || task.equals(Tasks.MIGRATE_FROM))) {
            found = findExact(resource, "migrate", 0, includeDisabled);
        }
        return found;
    }

    /** The first operation of exactly this name and interval. */
    public static @Nullable Element findExact(
            Resource resource, String task, long intervalMillis, boolean includeDisabled) {
        if (resource.operations == null) {
            return null;
        }
        for (Element op : resource.operations.elements("op")) {
            if ((includeDisabled || isEnabled(op))
                    && task.equals(op.get("name"))
                    && intervalMillis(op) == intervalMillis) {
                return op;
            }
        }
        return null;
    }

    /** The enabled recurring monitor with the shortest interval, or null. */
    public static @Nullable Element mostFrequentMonitor(Resource resource) {
        if (resource.operations == null) {
            return null;
        }
        Element best = null;
        long bestMillis = 0xFFFF_FFFFL;
        for (Element op : resource.operations.elements("op")) {
            if (!Tasks.MONITOR.equals(op.get("name"))) {
                continue;
            }
            long millis = intervalMillis(op);
            if (millis != 0 && millis < bestMillis && isEnabled(op)) {
                best = op;
                bestMillis = millis;
            }
        }
        return best;
    }

    /** Whether not switched off; anything that is no boolean counts as on. */
    public static boolean isEnabled(Element op) {
        Boolean enabled = Values.bool(op.get("enabled"));
        return enabled == null || enabled;
    }

    /** The interval, 0 when absent or wrong. */
    public static long intervalMillis(Element op) {
        return Values.intervalMillis(op.get("interval"));
    }
}
