package org.holdfast.scheduler.ordering;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Where resources with their parts will be. */
final class Locations {

    private Locations() {}

    /**
     * The one node that a resource with all of its parts is assigned to; null for none or several.
     */
    static @Nullable Node assignedNode(Resource resource) {
        if (resource.children.isEmpty()) {
            return resource.assignedNode();
        }
        List<Node> nodes = new ArrayList<>(2);
        resource.collectNodes(nodes, Resource.Place.ASSIGNED);
        return nodes.size() == 1 ? nodes.getFirst() : null;
    }
}
