package org.holdfast.scheduler.ordering;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Tasks;

/**
 * A resource that must be with another cannot start (or be promoted) when the other cannot,
 * although placement had found a node for both.
 */
final class ColocationBlocking {

    private static final int DEPTH_MAX = 200;

    private final FlagPropagation propagation;

    /** Actions whose dependents wait for the stack to get shorter. */
    private final Deque<Action> postponed = new ArrayDeque<>();

    private int depth;

    ColocationBlocking(FlagPropagation propagation) {
        this.propagation = propagation;
    }

    /** Follows an action that turned out not to be runnable to the dependents of its resource. */
    void apply(Action action) {
        if (depth >= DEPTH_MAX) {
            postponed.add(action);
            return;
        }
        depth++;
        follow(action);
        depth--;
        while (depth == 0 && !postponed.isEmpty()) {
            depth++;
            follow(postponed.remove());
            depth--;
        }
    }

    private void follow(Action action) {
        boolean start = action.task.equals(Tasks.START);
        if (action.isRunnable()
                || action.resource == null
                || (!start && !action.task.equals(Tasks.PROMOTE))) {
            return;
        }
        Resource primary = action.resource.top(true);
        if (anyChildCan(primary, action.task)) {
            return;
        }
        for (Colocation colocation : PlacementSeam.withThis(primary)) {
            if (colocation.score() < Score.INFINITY
                    || (!start && colocation.primaryRole() != Role.PROMOTED)) {
                continue;
            }
            String blocked =
                    colocation.dependentRole() == Role.PROMOTED ? Tasks.PROMOTE : Tasks.START;
            block(colocation.dependent(), blocked, action, colocation.id());
        }
    }

    /** A collective fails its dependents only if no part of it reaches the role. */
    private static boolean anyChildCan(Resource primary, String task) {
        for (Resource child : primary.children) {
            Action childAction = ActionSearch.newest(child, task, null);
            if (childAction == null || childAction.isRunnable()) {
                return true;
            }
        }
        return false;
    }

    private void block(Resource dependent, String task, Action cause, String colocation) {
        for (int i = dependent.actions.size() - 1; i >= 0; i--) {
            Action action = dependent.actions.get(i);
            if (action.isRunnable() && action.task.equals(task)) {
                action.clear(ActionFlag.RUNNABLE);
                propagation.flagsChanged();
                ReasonSink sink = dependent.cluster.reasonSink;
                if (sink.wanted()) {
                    sink.action(
                            action,
                            Effect.BLOCKED,
                            new ActionReason.WithBlocked(cause, colocation));
                }
                if (action.reason == null) {
                    action.reason = "colocation with " + Objects.requireNonNull(cause.resource).id;
                }
                apply(action);
                propagation.update(action);
            }
        }
        for (Resource child : dependent.children) {
            block(child, task, cause, colocation);
        }
    }
}
