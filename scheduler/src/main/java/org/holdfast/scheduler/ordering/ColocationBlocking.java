package org.holdfast.scheduler.ordering;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Colocation;
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

    private final FlagPropagation propagation;

    ColocationBlocking(FlagPropagation propagation) {
        this.propagation = propagation;
    }

    /** Follows an action that turned out not to be runnable to the dependents of its resource. */
    void apply(Action action) {
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
            block(colocation.dependent(), blocked, action.resource);
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

    private void block(Resource dependent, String task, Resource cause) {
        for (int i = dependent.actions.size() - 1; i >= 0; i--) {
            Action action = dependent.actions.get(i);
            if (action.isRunnable() && action.task.equals(task)) {
                action.clear(ActionFlag.RUNNABLE);
                if (action.reason == null) {
                    action.reason = "colocation with " + cause.id;
                }
                apply(action);
                propagation.update(action);
            }
        }
        for (Resource child : dependent.children) {
            block(child, task, cause);
        }
    }
}
