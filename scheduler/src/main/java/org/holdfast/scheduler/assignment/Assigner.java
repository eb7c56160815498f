package org.holdfast.scheduler.assignment;

import java.util.LinkedHashMap;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoreLog;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Gives resources to nodes and takes them back. */
public final class Assigner {

    /** Exit status of a probe that finds nothing running. */
    private static final String NOT_RUNNING = "7";

    private Assigner() {}

    /**
     * Assigns a resource and all its descendants to a node, or to none.
     *
     * @param node null for no node; an entry of the resource's own table unless forced
     * @param force assign even if the node cannot take it
     * @param stopIfFailed whether a resource that gets no node is to be stopped, with its actions;
     *     otherwise nothing but the assignment changes, so that it can be taken back
     * @return whether the assignment changed
     */
    public static boolean assign(
            Resource resource, @Nullable ScoredNode node, boolean force, boolean stopIfFailed) {
        if (!resource.children.isEmpty()) {
            boolean changed = false;
            for (Resource child : resource.children) {
                changed |= assign(child, node, force, stopIfFailed);
            }
            return changed;
        }
        ScoredNode target = node;
        if (target != null && !force && !isSuitable(target)) {
            if (stopIfFailed) {
                resource.nextRole = Role.STOPPED;
            }
            target = null;
        }
        Node before = resource.assignedNode();
        boolean changed = before != (target == null ? null : target.node);
        unassign(resource);
        resource.clear(ResourceFlag.UNASSIGNED);
        if (target == null) {
            if (stopIfFailed) {
                resource.nextRole = Role.STOPPED;
                stopActions(resource);
            }
            return changed;
        }
        place(resource, target);
        return changed;
    }

    /** The transition may assume that guests' connections will come up. */
    private static boolean isSuitable(ScoredNode node) {
        return node.score >= 0 && (Availability.isUp(node.node) || node.node.isGuest());
    }

    private static void place(Resource resource, ScoredNode target) {
        Node node = target.node;
        resource.assigned = target.copy();
        node.assigned.add(resource);
        node.resourceCount++;
        target.count++;
        Capacity.take(node.utilization, resource.utilization);
        ScoreLog scores = resource.cluster.scores;
        if (scores.wantsUtilization()) {
            scores.take(
                    new ScoreLog.Utilization(
                            "pcmk__assign_resource",
                            resource.id,
                            node.name,
                            new LinkedHashMap<>(resource.utilization)));
        }
    }

    /** A resource without a node stops, does not start, and no longer does what recurs. */
    private static void stopActions(Resource resource) {
        for (Action action : resource.actions) {
            if (action.task.equals(Tasks.STOP)) {
                action.clear(ActionFlag.OPTIONAL);
                note(action, resource, ActionReason.Effect.REQUIRED);
            } else if (action.task.equals(Tasks.START)) {
                action.clear(ActionFlag.RUNNABLE);
                note(action, resource, ActionReason.Effect.BLOCKED);
            } else if (!action.meta.getOrDefault("interval", "0").equals("0")
                    && !NOT_RUNNING.equals(action.meta.get("op_target_rc"))) {
                action.clear(ActionFlag.RUNNABLE);
                note(action, resource, ActionReason.Effect.BLOCKED);
            }
        }
    }

    private static void note(Action action, Resource resource, ActionReason.Effect effect) {
        resource.cluster.reasonSink.action(action, effect, new ActionReason.NoPlace());
    }

    /**
     * Takes a resource and all its descendants back from their nodes, as if they had not been
     * assigned yet.
     */
    public static void unassign(Resource resource) {
        resource.set(ResourceFlag.UNASSIGNED);
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                unassign(child);
            }
            return;
        }
        ScoredNode old = resource.assigned;
        if (old == null) {
            return;
        }
        resource.assigned = null;
        removeNewest(old.node, resource);
        old.node.resourceCount--;
        Capacity.give(old.node.utilization, resource.utilization);
    }

    private static void removeNewest(Node node, Resource resource) {
        int at = node.assigned.lastIndexOf(resource);
        if (at >= 0) {
            node.assigned.remove(at);
        }
    }
}
