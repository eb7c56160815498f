package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Finds the {@code op} elements of a resource. */
public final class OperationConfig {

    /** Intervals end here; no monitor recurs less often. */
    private static final long INTERVAL_MAX_MILLIS = 0xFFFF_FFFFL;

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
        for (OperationCatalog.Operation op : OperationCatalog.of(resource).operations) {
            if ((includeDisabled || op.enabled())
                    && op.intervalMillis() == intervalMillis
                    && op.name().equals(task)) {
                return op.xml();
            }
        }
        return null;
    }

    /** The enabled recurring monitor with the shortest interval, or null. */
    public static @Nullable Element mostFrequentMonitor(Resource resource) {
        Element best = null;
        long bestMillis = INTERVAL_MAX_MILLIS;
        for (OperationCatalog.Operation op : OperationCatalog.of(resource).operations) {
            if (op.name().equals(Tasks.MONITOR)
                    && op.enabled()
                    && op.intervalMillis() != 0
                    && op.intervalMillis() < bestMillis) {
                best = op.xml();
                bestMillis = op.intervalMillis();
            }
        }
        return best;
    }

    /** Ids of the operations of a name and interval; more than one is an error. */
    public static List<String> ids(Resource resource, String name, long intervalMillis) {
        List<String> ids = new ArrayList<>(1);
        for (OperationCatalog.Operation op : OperationCatalog.of(resource).operations) {
            if (op.name().equals(name)
                    && op.intervalMillis() == intervalMillis
                    && op.xml().has("id")) {
                ids.add(op.xml().id());
            }
        }
        return ids;
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
