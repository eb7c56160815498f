package org.holdfast.scheduler.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a resource is active, counted.
 *
 * @param chosen the source of a partial migration, else a clean node if recovery need not wait for
 *     fencing, else the first
 * @param all how many
 * @param clean how many of them online and not waiting for fencing
 */
public record ActiveNodes(@Nullable Node chosen, int all, int clean) {

    /** Counts the nodes for a resource. */
    public static ActiveNodes of(Resource resource, List<Node> nodes) {
        Node chosen = null;
        int clean = 0;
        for (Node node : nodes) {
            boolean happy = node.online && !node.unclean;
            if (happy) {
                clean++;
            }
            if (resource.partialMigrationSource != null) {
                if (node == resource.partialMigrationSource) {
                    chosen = node;
                }
            } else if (!resource.is(ResourceFlag.NEEDS_FENCING)
                    && happy
                    && (chosen == null || !chosen.online || chosen.unclean)) {
                chosen = node;
            }
            if (chosen == null) {
                chosen = node;
            }
        }
        return new ActiveNodes(chosen, nodes.size(), clean);
    }

    /** Counts where a resource is active; for a bundle, where its containers are. */
    public static ActiveNodes of(Resource resource) {
        return resource instanceof Bundle bundle
                ? bundle.activeNodes()
                : of(resource, resource.active);
    }

    /** The node that counts when only clean nodes may block a resource not needing fencing. */
    public static ActiveNodes ofRequired(Resource resource) {
        ActiveNodes nodes = of(resource);
        return resource.is(ResourceFlag.NEEDS_FENCING)
                ? nodes
                : new ActiveNodes(nodes.chosen, nodes.clean, nodes.clean);
    }
}
