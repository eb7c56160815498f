package org.holdfast.scheduler.graph;

import java.util.List;
import org.holdfast.scheduler.graph.ActionSummary.ResourceChange;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Finds the one word for what happens to a resource. */
final class ResourceSummary {

    private final Resource resource;
    private final @Nullable Node current;
    private final @Nullable Node next;
    private final List<ResourceChange> into;
    private final boolean moving;
    private final @Nullable Action start;
    private final @Nullable Action stop;
    private final @Nullable Action promote;
    private final @Nullable Action demote;

    ResourceSummary(Resource resource, @Nullable Node current, List<ResourceChange> into) {
        this.resource = resource;
        this.current = current;
        this.next = resource.assignedNode();
        this.into = into;
        this.moving = current != null && next != null && current != next;
        this.start = find(Tasks.START, next);
        boolean canStart = start != null && start.isRunnable();
        Action found = find(Tasks.STOP, canStart ? current : null);
        if (found == null && resource.is(ResourceFlag.STOP_UNEXPECTED)) {
            found = find(Tasks.STOP, null);
        }
        this.stop = found;
        this.promote = find(Tasks.PROMOTE, next);
        this.demote = find(Tasks.DEMOTE, next);
    }

    private @Nullable Action find(String task, @Nullable Node node) {
        List<Action> found = ActionSearch.find(resource, task, node);
        return found.isEmpty() ? null : found.getFirst();
    }

    void add() {
        if (resource.role == resource.nextRole) {
            addForSameRole();
        } else {
            addForOtherRole();
        }
    }

    private void addForSameRole() {
        if (next == null) {
            return;
        }
        Action migrate = find(Tasks.MIGRATE_FROM, next);
        boolean failed = resource.is(ResourceFlag.FAILED);
        if (migrate != null && current != null && migrate.isRunnable()) {
            note("Migrate", current, next, start, null);
        } else if (resource.is(ResourceFlag.RELOAD)) {
            note("Reload", current, next, start, null);
        } else if (start == null || start.isOptional()) {
            if (demote != null
                    && promote != null
                    && !demote.isOptional()
                    && !promote.isOptional()) {
                note("Re-promote", current, next, promote, demote);
            }
        } else if (!start.isRunnable()) {
            Action cause = stop == null || stop.reason == null ? start : stop;
            note("Stop", current, null, stop, cause);
        } else if (moving) {
            note(failed ? "Recover" : "Move", current, next, stop, null);
        } else if (failed) {
            note("Recover", current, null, stop, null);
        } else {
            note("Restart", current, next, start, null);
        }
    }

    private void addForOtherRole() {
        if (stop != null
                && (resource.nextRole == Role.STOPPED || (start != null && !start.isRunnable()))) {
            for (Node node : resource.active) {
                addStop(node);
            }
        } else if (stop != null
                && resource.is(ResourceFlag.FAILED)
                && resource.is(ResourceFlag.STOP_IF_FAILED)) {
            note("Recover", current, next, stop, start);
        } else if (moving) {
            note("Move", current, next, stop, null);
        } else if (resource.is(ResourceFlag.RELOAD)) {
            note("Reload", current, next, start, null);
        } else if (stop != null && !stop.isOptional()) {
            note("Restart", current, next, start, null);
        } else if (resource.role == Role.PROMOTED) {
            note("Demote", current, next, demote, null);
        } else if (resource.nextRole == Role.PROMOTED) {
            note("Promote", current, next, promote, null);
        } else if (resource.role == Role.STOPPED && resource.nextRole.above(Role.STOPPED)) {
            note("Start", current, next, start, null);
        }
    }

    private void addStop(Node node) {
        Action stopHere = find(Tasks.STOP, node);
        boolean explained = stopHere != null && stopHere.reason != null;
        note("Stop", node, null, stopHere, explained ? stopHere : start);
    }

    /**
     * Adds a change.
     *
     * @param cause the action whose reason is given; null for {@code action}
     */
    private void note(
            String change,
            @Nullable Node origin,
            @Nullable Node destination,
            @Nullable Action action,
            @Nullable Action cause) {
        Action source = cause == null ? action : cause;
        into.add(
                new ResourceChange(
                        change,
                        resource,
                        resource.role,
                        resource.nextRole,
                        origin,
                        destination,
                        action != null && !action.isRunnable(),
                        source == null ? null : source.reason));
    }
}
