package org.holdfast.scheduler.status;

import org.holdfast.scheduler.model.ActiveNodes;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.MultipleActive;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.StateReason;
import org.holdfast.scheduler.unpack.AllowedNodes;
import org.jspecify.annotations.Nullable;

/** Notes where resources are active and what follows when that is too many places. */
final class ActiveResources {

    private ActiveResources() {}

    /** Notes a resource, and so its ancestors, as active on a node. */
    static void add(Resource resource, Node node, boolean failed) {
        if (resource.active.contains(node)) {
            return;
        }
        resource.active.add(node);
        if (resource instanceof Primitive) {
            node.running.add(resource);
            addPriority(resource, node, failed);
            if (node.maintenance) {
                resource.clear(ResourceFlag.MANAGED);
                resource.set(ResourceFlag.MAINTENANCE);
                resource.cluster.reasonSink.state(resource, new StateReason.NodeMaintenance(node));
            }
        }
        if (!resource.isManaged()) {
            // It stays where it is.
            AllowedNodes.add(resource, node, Score.INFINITY, new ScoreReason.UnmanagedThere());
            for (Resource at = resource.parent; at != null; at = at.parent) {
                at.active.add(node);
            }
            return;
        }
        if (resource instanceof Primitive && ActiveNodes.ofRequired(resource).all() > 1) {
            recoverFromMultiple(resource);
        }
        if (resource.parent != null) {
            add(resource.parent, node, false);
        }
    }

    private static void recoverFromMultiple(Resource resource) {
        switch (resource.multipleActive) {
            case STOP_ONLY ->
                    AllowedNodes.banEverywhere(resource, new ScoreReason.MultiplyActive());
            case BLOCK -> {
                block(resource);
                Resource parent = resource.parent;
                if ((parent instanceof Group || parent instanceof Bundle)
                        && parent.multipleActive == MultipleActive.BLOCK) {
                    parent.children.forEach(ActiveResources::block);
                }
            }
            // Found out again when actions are created.
            case STOP_START, STOP_UNEXPECTED -> {}
        }
    }

    private static void block(Resource resource) {
        resource.clear(ResourceFlag.MANAGED);
        resource.set(ResourceFlag.BLOCKED);
        resource.cluster.reasonSink.state(resource, new StateReason.BlockedByMultiple());
    }

    /**
     * A node is worth what runs on it, for priority-fencing-delay; a promoted instance one more.
     */
    private static void addPriority(Resource resource, Node node, boolean failed) {
        if (resource.priority == 0 || failed) {
            return;
        }
        int priority = resource.priority + (resource.role == Role.PROMOTED ? 1 : 0);
        node.priority += priority;
        @Nullable Resource launcher = node.remote == null ? null : node.remote.launcher;
        if (launcher != null) {
            for (Node host : launcher.active) {
                host.priority += priority;
            }
        }
    }
}
