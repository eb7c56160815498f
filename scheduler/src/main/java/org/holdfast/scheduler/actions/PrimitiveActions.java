package org.holdfast.scheduler.actions;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.ActiveNodes;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * The actions that take one primitive from its role and place now to those that it shall have, by
 * way of a restart where that is needed.
 */
final class PrimitiveActions {

    private final Primitive resource;

    /** Why the actions that are being made are required. */
    private final List<ActionReason> whys = new ArrayList<>(2);

    private PrimitiveActions(Primitive resource) {
        this.resource = resource;
    }

    static void create(Primitive resource) {
        new PrimitiveActions(resource).create();
    }

    private void create() {
        if (resource.nextRole == Role.UNKNOWN) {
            resource.nextRole = resource.assigned == null ? Role.STOPPED : Role.STARTED;
        }
        ActiveNodes active = ActiveNodes.of(resource);
        Node current = active.chosen();
        for (Node source : resource.danglingMigrationSources.reversed()) {
            Action stop = ActionFactory.create(resource, Tasks.STOP, source, false);
            stop.set(ActionFlag.MIGRATION_ABORT);
            whys.add(new ActionReason.DanglingSource(source));
            required(stop);
            whys.clear();
        }
        Node target = resource.assignedNode();
        boolean moving =
                current != null
                        && target != null
                        && current != target
                        && resource.nextRole.compareTo(Role.STARTED) >= 0;
        boolean migrating = moving && Migration.isPossible(resource, current);
        boolean mustStop = moving;
        whys.clear();
        if (moving && current != null && target != null) {
            whys.add(new ActionReason.Move(current, target));
        }
        boolean multiplyActive = false;
        if (continuesMigration(migrating, active, current)) {
            mustStop = true;
        } else if (resource.partialMigrationSource != null
                || resource.partialMigrationTarget != null) {
            // What is left of an interrupted migration is undone by a restart.
            mustStop = true;
            whys.add(
                    new ActionReason.BrokenMigration(
                            resource.partialMigrationSource, resource.partialMigrationTarget));
            resource.partialMigrationSource = null;
            resource.partialMigrationTarget = null;
            migrating = false;
        } else if (resource.is(ResourceFlag.NEEDS_FENCING)) {
            multiplyActive = active.all() > 1;
        } else {
            multiplyActive = active.clean() > 1;
        }
        mustStop |= considerMultiplyActive(multiplyActive);
        if (resource.is(ResourceFlag.START_PENDING)) {
            ActionFactory.create(resource, Tasks.START, target, true)
                    .set(ActionFlag.ALWAYS_IN_GRAPH);
        }
        boolean mustPromote = false;
        if (!moving) {
            if (resource.is(ResourceFlag.FAILED)) {
                if (resource.is(ResourceFlag.STOP_IF_FAILED)) {
                    mustStop = true;
                    whys.add(new ActionReason.Recovery());
                } else {
                    whys.add(new ActionReason.Recovery());
                    mustPromote = resource.nextRole == Role.PROMOTED;
                }
            } else if (resource.is(ResourceFlag.BLOCKED)) {
                mustStop = true;
                whys.add(new ActionReason.Blocked());
            } else if (resource.role.above(Role.STARTED) && current != null && target != null) {
                Action start = ActionFactory.create(resource, Tasks.START, target, true);
                mustStop |= !start.isOptional();
                whys.add(new ActionReason.StartRequired(start));
            }
        }
        restart(mustStop, mustPromote);
        changeRole();
        RecurringOperations.create(resource);
        if (migrating && current != null) {
            Migration.create(resource, current);
        }
    }

    private boolean continuesMigration(
            boolean migrating, ActiveNodes active, @Nullable Node current) {
        return resource.partialMigrationSource != null
                && resource.partialMigrationTarget != null
                && migrating
                && active.all() == 2
                && current == resource.partialMigrationSource
                && resource.assignedNode() == resource.partialMigrationTarget;
    }

    /** Applies the policy for a resource that is active on too many nodes; true if it must stop. */
    private boolean considerMultiplyActive(boolean multiplyActive) {
        if (!multiplyActive) {
            resource.clear(ResourceFlag.STOP_UNEXPECTED);
            return false;
        }
        resource.cluster.error(
                resource.agentClass
                        + " resource "
                        + resource
                        + " might be active on several nodes");
        whys.add(
                new ActionReason.MultiplyActive(
                        List.copyOf(resource.active), resource.multipleActive));
        return switch (resource.multipleActive) {
            case STOP_START -> true;
            case STOP_UNEXPECTED -> {
                resource.set(ResourceFlag.STOP_UNEXPECTED);
                yield true;
            }
            case STOP_ONLY, BLOCK -> false;
        };
    }

    /** Down to a stop where it is, and up again to its present role where it shall be. */
    private void restart(boolean mustStop, boolean mustPromote) {
        resource.set(ResourceFlag.RESTARTING);
        Role role = resource.role;
        while (role != Role.STOPPED) {
            Role next = RoleSteps.next(role, Role.STOPPED);
            if (!take(RoleSteps.step(role, next), !mustStop)) {
                break;
            }
            role = next;
        }
        while (resource.role.compareTo(resource.nextRole) <= 0
                && role != resource.role
                && !resource.is(ResourceFlag.BLOCKED)) {
            Role next = RoleSteps.next(role, resource.role);
            boolean required = mustStop || (next == Role.PROMOTED && mustPromote);
            if (!take(RoleSteps.step(role, next), !required)) {
                break;
            }
            role = next;
        }
        resource.clear(ResourceFlag.RESTARTING);
    }

    private void required(Action action) {
        ReasonSink sink = resource.cluster.reasonSink;
        for (ActionReason why : whys) {
            sink.action(action, Effect.REQUIRED, why);
        }
    }

    private void changeRole() {
        Role role = resource.role;
        whys.clear();
        whys.add(new ActionReason.RoleChange(role, resource.nextRole));
        while (role != resource.nextRole) {
            Role next = RoleSteps.next(role, resource.nextRole);
            if (!take(RoleSteps.step(role, next), false)) {
                break;
            }
            role = next;
        }
    }

    /** Makes the actions of a step; false if there is nothing on the way. */
    private boolean take(RoleSteps.Step step, boolean optional) {
        switch (step) {
            case NONE -> {
                return false;
            }
            case START -> start(optional);
            case STOP -> stop(optional);
            case PROMOTE -> promote(optional);
            case DEMOTE -> demote(optional);
            case IMPOSSIBLE -> {
                // Placement never asks for it.
            }
        }
        return true;
    }

    /** Where a resource that is active on too many nodes may stay as it is. */
    private boolean isExpected(@Nullable Node node) {
        return resource.is(ResourceFlag.STOP_UNEXPECTED)
                && resource.is(ResourceFlag.RESTARTING)
                && resource.nextRole.above(Role.STOPPED)
                && node != null
                && resource.assignedNode() == node;
    }

    private void stop(boolean optional) {
        boolean mayStay = optional;
        for (Node node : resource.active) {
            if (isExpected(node)) {
                continue;
            }
            if (resource.partialMigrationTarget != null) {
                if (node == resource.partialMigrationTarget && node == resource.assignedNode()) {
                    continue; // The migration goes on, and this is where it ends.
                }
                mayStay = false;
            }
            Action stop = ActionFactory.create(resource, Tasks.STOP, node, mayStay);
            if (!mayStay) {
                required(stop);
            }
            if (resource.assigned == null) {
                ActionFactory.explain(stop, "node availability", true);
            } else if (resource.is(ResourceFlag.RESTARTING)
                    && resource.is(ResourceFlag.STOP_UNEXPECTED)) {
                ActionFactory.explain(stop, "being multiply active", true);
            }
            if (!resource.is(ResourceFlag.MANAGED)) {
                stop.clear(ActionFlag.RUNNABLE);
                resource.cluster.reasonSink.action(
                        stop, Effect.BLOCKED, new ActionReason.Unmanaged());
            }
            if (resource.is(ResourceFlag.NEEDS_UNFENCING)) {
                Action unfence =
                        FenceActions.operation(resource.cluster, node, Tasks.ON, true, null, false);
                Orderings.relate(stop, unfence, OrderingFlag.THEN_IMPLIES_FIRST);
            }
        }
    }

    private void start(boolean optional) {
        Node node = resource.assignedNode();
        Action start = ActionFactory.create(resource, Tasks.START, node, true);
        UnfencingOrder.after(resource, node, start, OrderingFlag.FIRST_IMPLIES_THEN);
        if (start.isRunnable() && !optional) {
            start.clear(ActionFlag.OPTIONAL);
            required(start);
        }
        if (isExpected(node)) {
            start.set(ActionFlag.PSEUDO);
        }
    }

    private void promote(boolean optional) {
        Node node = resource.assignedNode();
        boolean runnable = true;
        for (Action start : ActionSearch.findOn(resource, Tasks.START, node)) {
            runnable &= start.isRunnable();
        }
        if (runnable) {
            Action promote = ActionFactory.create(resource, Tasks.PROMOTE, node, optional);
            if (!optional) {
                required(promote);
            }
            if (isExpected(node)) {
                promote.set(ActionFlag.PSEUDO);
            }
            return;
        }
        List<Action> promotions = ActionSearch.findOn(resource, Tasks.PROMOTE, node);
        for (Action promote : promotions) {
            promote.clear(ActionFlag.RUNNABLE);
            resource.cluster.reasonSink.action(promote, Effect.BLOCKED, new ActionReason.NoStart());
        }
    }

    private void demote(boolean optional) {
        for (Node node : resource.active) {
            if (!isExpected(node)) {
                Action demote = ActionFactory.create(resource, Tasks.DEMOTE, node, optional);
                if (!optional) {
                    required(demote);
                }
            }
        }
    }
}
