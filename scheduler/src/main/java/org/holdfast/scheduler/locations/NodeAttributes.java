package org.holdfast.scheduler.locations;

import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Looks up node attributes where they are meant: on the node, or for a guest on the host of its
 * container.
 */
public final class NodeAttributes {

    private NodeAttributes() {}

    /**
     * An attribute's value, or null.
     *
     * @param target {@code host} if a guest node's attributes are those of its host ({@code
     *     container-attribute-target})
     * @param place whether the host is where the container is now or where it will be
     */
    public static @Nullable String value(
            @Nullable Node node, String name, @Nullable String target, Resource.Place place) {
        if (node == null) {
            return null;
        }
        if (!"host".equalsIgnoreCase(target) || !node.isGuest()) {
            return node.attribute(name);
        }
        Resource connection = node.remote;
        Resource container = connection == null ? null : connection.launcher;
        if (container == null) {
            return node.attribute(name);
        }
        Node host =
                place == Resource.Place.ASSIGNED
                        ? container.assignedNode()
                        : container.active.isEmpty() ? null : container.active.getFirst();
        return host == null ? null : host.attribute(name);
    }
}
