package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * What the transition does to nodes and resources, in the order in which tools list it.
 *
 * @param nodes shutdowns and fencings
 * @param resources changes of resources
 */
public record ActionSummary(List<NodeChange> nodes, List<ResourceChange> resources) {

    /**
     * A node's change.
     *
     * @param task {@code Shutdown} or {@code Fence (reboot)}
     * @param node the node's name as shown, for a guest with its resource
     */
    public record NodeChange(String task, @Nullable String node, @Nullable String reason) {}

    /**
     * A resource's change.
     *
     * @param change {@code Start}, {@code Stop}, {@code Move}...
     * @param role its role before
     * @param nextRole its role afterwards
     * @param origin where it is; null for nowhere
     * @param destination where it goes; null for nowhere
     * @param blocked whether the change cannot be made
     */
    public record ResourceChange(
            String change,
            Resource resource,
            Role role,
            Role nextRole,
            @Nullable Node origin,
            @Nullable Node destination,
            boolean blocked,
            @Nullable String reason) {

        /** Whether roles matter, as they do for promotable clones. */
        public boolean showsRole() {
            return role.above(Role.STARTED) || nextRole.above(Role.UNPROMOTED);
        }

        /** Whether it stays where it is. */
        public boolean sameNode() {
            return origin != null && origin == destination;
        }

        /** Whether it keeps its role. */
        public boolean sameRole() {
            return role == nextRole;
        }
    }

    /** Collects the changes; all flags of actions must be final. */
    public static ActionSummary of(Cluster cluster) {
        ActionSummary summary = new ActionSummary(new ArrayList<>(), new ArrayList<>());
        for (Action action : cluster.actions.reversed()) {
            if (action.resource == null && !action.isOptional()) {
                summary.addNode(action);
            }
        }
        cluster.resources.forEach(summary::add);
        return summary;
    }

    private void addNode(Action action) {
        String task =
                switch (action.task) {
                    case Tasks.DO_SHUTDOWN -> "Shutdown";
                    case Tasks.STONITH -> "Fence (" + action.meta.get("stonith_action") + ")";
                    default -> null;
                };
        if (task != null) {
            nodes.add(new NodeChange(task, displayName(action.node), action.reason));
        }
    }

    private static @Nullable String displayName(@Nullable Node node) {
        if (node == null) {
            return null;
        }
        Resource launcher = OpTargets.launcherOf(node);
        return node.isGuest() && launcher != null
                ? node.name + " (resource: " + launcher.id + ")"
                : node.name;
    }

    private void add(Resource resource) {
        if (resource instanceof Bundle bundle) {
            for (Replica replica : bundle.replicas) {
                addIfPresent(replica.ip);
                add(replica.containerOf());
                addIfPresent(replica.remote);
                addIfPresent(replica.child);
            }
        } else if (resource instanceof Primitive) {
            addPrimitive(resource);
        } else {
            resource.children.forEach(this::add);
        }
    }

    private void addIfPresent(@Nullable Resource resource) {
        if (resource != null) {
            add(resource);
        }
    }

    private void addPrimitive(Resource resource) {
        Node current = null;
        if (!resource.active.isEmpty()) {
            current = resource.activeNode();
            if (resource.role == Role.STOPPED) {
                // Active on a node where its history ends with a stop: it is there, after all.
                resource.role = Role.STARTED;
            }
        }
        if (current == null && resource.is(ResourceFlag.REMOVED)) {
            return;
        }
        if (resource.is(ResourceFlag.MANAGED)
                && (current != null || resource.assignedNode() != null)) {
            new ResourceSummary(resource, current, resources).add();
        }
    }
}
