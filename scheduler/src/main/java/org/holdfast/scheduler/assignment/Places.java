package org.holdfast.scheduler.assignment;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Where resources of any kind are or will be. */
public final class Places {

    private Places() {}

    /**
     * The one node that a resource with all its descendants is assigned to; null if there is none
     * or more than one.
     */
    public static @Nullable ScoredNode assigned(Resource resource) {
        if (resource.children.isEmpty()) {
            return resource.assigned;
        }
        List<ScoredNode> all = allAssigned(resource);
        return all.size() == 1 ? all.getFirst() : null;
    }

    /** All nodes that a resource and its descendants are assigned to, each once. */
    public static List<ScoredNode> allAssigned(Resource resource) {
        List<ScoredNode> all = new ArrayList<>();
        collectAssigned(resource, all);
        return all;
    }

    private static void collectAssigned(Resource resource, List<ScoredNode> into) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                collectAssigned(child, into);
            }
            return;
        }
        ScoredNode assigned = resource.assigned;
        if (assigned != null && into.stream().noneMatch(known -> known.node == assigned.node)) {
            into.add(assigned);
        }
    }

    /**
     * The one node where a resource with all its descendants is active now; null if there is none
     * or more than one.
     */
    public static @Nullable Node current(Resource resource) {
        if (resource.children.isEmpty()) {
            return resource.active.size() == 1 ? resource.active.getFirst() : null;
        }
        List<Node> all = new ArrayList<>();
        resource.collectNodes(all, Resource.Place.CURRENT);
        return all.size() == 1 ? all.getFirst() : null;
    }
}
