package org.holdfast.scheduler.operations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.jspecify.annotations.Nullable;

/** Where resources with their parts will be, and which resources and nodes make each other. */
public final class OpTargets {

    private OpTargets() {}

    /**
     * The one node that a resource with all of its parts is assigned to; null for none or several.
     */
    public static @Nullable Node assignedNode(Resource resource) {
        if (resource.children.isEmpty()) {
            return resource.assignedNode();
        }
        List<Node> nodes = new ArrayList<>(2);
        resource.collectNodes(nodes, Resource.Place.ASSIGNED);
        return nodes.size() == 1 ? nodes.getFirst() : null;
    }

    /** The resource that makes a guest or bundle node; null for other nodes. */
    public static @Nullable Resource launcherOf(@Nullable Node node) {
        return node == null || node.remote == null ? null : node.remote.launcher;
    }

    /** The connection to the guest node that a resource makes, or null. */
    public static @Nullable Resource guestMadeBy(Resource launcher) {
        if (launcher.cluster.haveRemoteNodes) {
            for (Resource launched : launcher.launched) {
                if (launched.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
                    return launched;
                }
            }
        }
        return null;
    }
}
