package org.holdfast.scheduler.colocation;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.holdfast.scheduler.locations.NodeAttributes;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Tells which nodes are the same place in the sense of a colocation's {@code node-attribute}. */
public final class ColocationAttributes {

    private ColocationAttributes() {}

    /**
     * The value that places are compared by; case does not matter. A bundle's resource is seen at
     * its container's host, since what is colocated with it cannot be inside the container.
     *
     * @param resource on whose behalf the node is looked at
     */
    public static @Nullable String value(@Nullable Node node, String attribute, Resource resource) {
        if (node == null) {
            return null;
        }
        String target =
                node.isBundleNode() && isInsideBundle(resource)
                        ? "host"
                        : resource.meta("container-attribute-target");
        return NodeAttributes.value(node, attribute, target, Resource.Place.ASSIGNED);
    }

    /** Whether two values mean the same place; two missing ones do. */
    public static boolean same(@Nullable String a, @Nullable String b) {
        return a == null ? b == null : a.equalsIgnoreCase(b);
    }

    private static boolean isInsideBundle(Resource resource) {
        return resource.top(true) instanceof Bundle bundle && resource.top(false) == bundle.child;
    }

    /** Whether a resource's own place is what counts, never that of a container around it. */
    static boolean looksAtNodeItself(Resource resource) {
        return resource.meta("container-attribute-target") == null && !isInsideBundle(resource);
    }

    /**
     * Whether every node of the cluster has a name of its own, case disregarded, as attribute
     * {@code #uname}.
     */
    static boolean namesAreDistinct(Cluster cluster) {
        Set<String> seen = new TreeSet<>();
        for (Node node : cluster.nodes) {
            String name = node.attribute("#uname");
            if (name == null || !seen.add(name.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }
}
