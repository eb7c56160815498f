package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_IMPLIES_FIRST_GRAPHED;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Which actions and orderings the transition graph contains. */
public final class GraphMembership {

    /** Orderings with no other flags than these never keep an action from running. */
    private static final int HARMLESS =
            THEN_IMPLIES_FIRST_GRAPHED | FIRST_IMPLIES_THEN_GRAPHED | ORDERED;

    private GraphMembership() {}

    /** Whether an action is to be executed. */
    public static boolean includes(Action action) {
        if (!action.isRunnable()
                || (action.isOptional() && !action.is(ActionFlag.ALWAYS_IN_GRAPH))) {
            return false;
        }
        Resource resource = action.resource;
        if (resource != null
                && !resource.is(ResourceFlag.MANAGED)
                && !action.task.equals(Tasks.MONITOR)) {
            // An unmanaged resource is watched, but not touched.
            String interval = action.meta.get("interval");
            if (interval == null || interval.equals("0")) {
                return false;
            }
        }
        if (action.isPseudo()
                || action.task.equalsIgnoreCase(Tasks.STONITH)
                || action.task.equalsIgnoreCase(Tasks.DO_SHUTDOWN)) {
            return true;
        }
        Node node = action.node;
        if (node == null) {
            return false;
        }
        if (action.is(ActionFlag.ON_DC) || (node.isGuest() && !node.remoteReset)) {
            return true;
        }
        return node.online && !node.unclean;
    }

    /** Whether an action waits for an input. Relations that turn out void are disabled for good. */
    public static boolean waitsFor(Action action, RelatedAction input) {
        if (input.graphed) {
            return true;
        }
        Action first = input.action;
        int flags = input.flags;
        if (flags == OrderingFlag.NONE) {
            return false;
        }
        if (!first.isRunnable()
                && ((flags & ~HARMLESS) == 0
                        || (flags & OrderingFlag.MIN_RUNNABLE) != 0
                        || (flags & OrderingFlag.UNMIGRATABLE_THEN_BLOCKS) != 0)) {
            return false;
        }
        boolean migrates = first.is(ActionFlag.MIGRATABLE);
        if ((flags & OrderingFlag.IF_FIRST_UNMIGRATABLE) != 0 && migrates) {
            return false;
        }
        if (flags == ORDERED && migrates && first.key.endsWith("_stop_0")) {
            return false;
        }
        if (flags == OrderingFlag.IF_ON_SAME_NODE_OR_TARGET) {
            return keepIf(input, appliesOnTarget(action, first));
        }
        if (flags == OrderingFlag.IF_REQUIRED_ON_SAME_NODE) {
            boolean elsewhere =
                    first.node != null && action.node != null && first.node != action.node;
            return keepIf(input, !elsewhere && !first.isOptional());
        }
        if (first.resource != null
                && first.resource != action.resource
                && first.resource.is(ResourceFlag.FAILED)
                && !first.resource.is(ResourceFlag.MANAGED)
                && first.key.endsWith("_stop_0")
                && action.resource instanceof Clone) {
            return false;
        }
        return !first.isOptional()
                || (first.flags & (ActionFlag.ALWAYS_IN_GRAPH | ActionFlag.ADDED_TO_GRAPH)) != 0
                || includes(first);
    }

    private static boolean keepIf(RelatedAction input, boolean applies) {
        if (!applies) {
            input.flags = OrderingFlag.NONE;
        }
        return applies;
    }

    /** A migration waits for room on its target, everything else for room on its own node. */
    private static boolean appliesOnTarget(Action action, Action first) {
        if (action.resource != null && action.task.equals(Tasks.MIGRATE_TO)) {
            return same(first.node, action.resource.assignedNode());
        }
        return same(first.node, action.node) && !first.isOptional();
    }

    private static boolean same(@Nullable Node a, @Nullable Node b) {
        return a != null && a == b;
    }

    /** Whether an action would, by way of one of its inputs, have to wait for itself. */
    static boolean leadsTo(Cluster cluster, Action goal, RelatedAction start) {
        if (!waitsFor(goal, start)) {
            return false;
        }
        if (start.action == goal) {
            return true;
        }
        int visit = cluster.takeVisit();
        Deque<Action> open = new ArrayDeque<>();
        open.push(start.action);
        start.action.visit = visit;
        while (!open.isEmpty()) {
            Action action = open.pop();
            List<RelatedAction> inputs = action.before;
            for (int i = inputs.size() - 1; i >= 0; i--) {
                RelatedAction input = inputs.get(i);
                if (input.action.visit == visit || !waitsFor(action, input)) {
                    continue;
                }
                if (input.action == goal) {
                    return true;
                }
                input.action.visit = visit;
                open.push(input.action);
            }
        }
        return false;
    }
}
