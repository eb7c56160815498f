package org.holdfast.tools.mon;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.tools.status.NameFilter;
import org.holdfast.tools.status.ResourceFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes and resources {@code --node} and {@code --resource} mean: one by name, or all with a
 * tag.
 */
final class MonFilters {

    private MonFilters() {}

    static NameFilter nodes(Cluster cluster, @Nullable String name) {
        if (name == null || name.equals("*")) {
            return NameFilter.ALL;
        }
        if (cluster.nodeNamed(name) != null) {
            return NameFilter.ofNodes(List.of(name));
        }
        List<String> names = new ArrayList<>();
        for (String id : cluster.tags.getOrDefault(name, Set.of())) {
            Node node = cluster.nodeWithId(id);
            if (node != null) {
                names.add(node.name);
            }
        }
        return NameFilter.ofNodes(names);
    }

    static NameFilter resources(Cluster cluster, @Nullable String name) {
        if (name == null || name.equals("*")) {
            return NameFilter.ALL;
        }
        Resource found = find(cluster.resources, name);
        if (found != null) {
            return NameFilter.ofResources(
                    List.of(name.indexOf(':') >= 0 ? found.id : ResourceFilter.printableId(found)));
        }
        List<String> ids = new ArrayList<>();
        for (String id : cluster.tags.getOrDefault(name, Set.of())) {
            Resource tagged = find(cluster.resources, id);
            if (tagged != null) {
                ids.add(ResourceFilter.printableId(tagged));
            }
        }
        return NameFilter.ofResources(ids);
    }

    /**
     * The first resource of an id, of a name in the history, or whose instance number is left out.
     */
    private static @Nullable Resource find(List<Resource> resources, String name) {
        for (Resource resource : resources) {
            if (resource.id.equals(name)
                    || name.equals(resource.historyId)
                    || isInstanceOf(resource, name)) {
                return resource;
            }
            Resource inside = find(resource.children, name);
            if (inside != null) {
                return inside;
            }
        }
        return null;
    }

    private static boolean isInstanceOf(Resource resource, String name) {
        int colon = resource.id.lastIndexOf(':');
        return colon > 0
                && resource.id.substring(0, colon).equals(name)
                && !resource.is(ResourceFlag.REMOVED);
    }
}
