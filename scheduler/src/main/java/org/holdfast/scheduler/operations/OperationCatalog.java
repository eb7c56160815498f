package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OperationCache;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** A resource's configured operations, read once, and the effective settings found so far. */
final class OperationCatalog implements OperationCache {

    /** An {@code op} element. */
    record Operation(Element xml, String name, long intervalMillis, boolean enabled) {}

    /** Effective settings of an operation; for fence devices they can depend on the node. */
    record Settings(
            String task,
            long intervalMillis,
            boolean notification,
            @Nullable Node node,
            @Nullable Element config,
            Map<String, String> meta) {}

    final List<Operation> operations = new ArrayList<>();
    final List<Settings> settings = new ArrayList<>();
    private final @Nullable Element source;

    private OperationCatalog(@Nullable Element source) {
        this.source = source;
        if (source != null) {
            for (Element op : source.elements("op")) {
                operations.add(
                        new Operation(
                                op,
                                op.getOr("name", ""),
                                Values.intervalMillis(op.get("interval")),
                                isEnabled(op)));
            }
        }
    }

    /** Anything that is no boolean counts as on. */
    private static boolean isEnabled(Element op) {
        Boolean enabled = Values.bool(op.get("enabled"));
        return enabled == null || enabled;
    }

    static OperationCatalog of(Resource resource) {
        if (resource.operationCache instanceof OperationCatalog known
                && known.source == resource.operations) {
            return known;
        }
        OperationCatalog catalog = new OperationCatalog(resource.operations);
        resource.operationCache = catalog;
        return catalog;
    }

    @Nullable Settings find(
            String task, long intervalMillis, boolean notification, @Nullable Node node) {
        for (int i = 0; i < settings.size(); i++) {
            Settings known = settings.get(i);
            if (known.intervalMillis == intervalMillis
                    && known.notification == notification
                    && known.node == node
                    && known.task.equals(task)) {
                return known;
            }
        }
        return null;
    }
}
