package org.holdfast.scheduler.constraints;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a constraint means by a resource, template or tag. A resource is found by its id or by
 * the name that its operation history has; the latter stands for the whole clone. Built once after
 * unpacking, then constant time a lookup.
 */
final class ResourceIndex {

    private final Map<String, Resource> byName = new LinkedHashMap<>();
    private final Cluster cluster;

    ResourceIndex(Cluster cluster) {
        this.cluster = cluster;
        cluster.resources.forEach(this::add);
    }

    private void add(Resource resource) {
        byName.putIfAbsent(resource.id, resource);
        if (resource.historyId != null) {
            byName.putIfAbsent(resource.historyId, resource);
        }
        resource.children.forEach(this::add);
    }

    /** The resource that a constraint names, or null. */
    @Nullable Resource find(@Nullable String id) {
        Resource match = id == null ? null : byName.get(id);
        if (match == null || match.id.equals(id)) {
            return match;
        }
        return match.top(false);
    }

    /** As {@link #members}, with a finding where the id means nothing at all. */
    @Nullable List<String> membersOrFinding(String id) {
        if (!cluster.templates.containsKey(id) && !cluster.tags.containsKey(id)) {
            cluster.configWarning("No resource, template, or tag named '" + id + "'");
        }
        return members(id);
    }

    /**
     * The resources that a template or tag stands for, or null if it is neither or stands for none.
     */
    @Nullable List<String> members(String id) {
        Set<String> derived = cluster.templates.get(id);
        if (derived != null) {
            return derived.isEmpty() ? null : List.copyOf(derived);
        }
        Set<String> tagged = cluster.tags.get(id);
        return tagged == null || tagged.isEmpty() ? null : List.copyOf(tagged);
    }
}
