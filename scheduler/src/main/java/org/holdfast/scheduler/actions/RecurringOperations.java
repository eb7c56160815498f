package org.holdfast.scheduler.actions;

import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.OperationConfig;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Orderings.End;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Recurring operations: set up where a resource will be in their role, cancelled where it will not.
 */
final class RecurringOperations {

    static final int NOT_RUNNING = 7;
    static final int RUNNING_PROMOTED = 8;

    /** A recurring operation as configured; role UNKNOWN if it names none. */
    private record Operation(String id, String name, String key, long intervalMillis, Role role) {}

    private RecurringOperations() {}

    static void create(Primitive resource) {
        if (resource.is(ResourceFlag.BLOCKED) || resource.is(ResourceFlag.MAINTENANCE)) {
            return;
        }
        Node node = resource.assignedNode();
        Action start = null;
        if (node != null
                && !node.maintenance
                && (resource.nextRole != Role.STOPPED || !resource.is(ResourceFlag.MANAGED))) {
            // also where nothing recurs: a promoted resource that moves and is demoted starts here
            start = ActionFactory.create(resource, Tasks.START, node, true);
        }
        if (resource.operations == null) {
            return;
        }
        for (Element op : resource.operations.elements("op")) {
            Operation operation = read(resource, op);
            if (operation == null) {
                continue;
            }
            if (start != null && node != null) {
                createForActive(resource, start, node, operation);
            }
            createForInactive(resource, node, operation);
        }
    }

    private static @Nullable Operation read(Resource resource, Element op) {
        long interval = OperationConfig.intervalMillis(op);
        String name = op.getOr("name", "");
        if (interval == 0 || op.id().isEmpty()) {
            return null;
        }
        if (cannotRecur(name)) {
            resource.cluster.configError(
                    "Ignoring " + op.id() + " because " + name + " action cannot be recurring");
            return null;
        }
        List<String> same = OperationConfig.ids(resource, name, interval);
        if (same.size() > 1) {
            resource.cluster.configError(
                    "Operation "
                            + same.get(1)
                            + " is duplicate of "
                            + same.getFirst()
                            + " (do not use same name and interval combination"
                            + " more than once per resource)");
            return null;
        }
        Role role = Role.UNKNOWN;
        if (op.has("role")) {
            role = resource.cluster.role(op.get("role"));
            if (role == Role.UNKNOWN) {
                resource.cluster.configError(
                        "Ignoring "
                                + op.id()
                                + " role because "
                                + op.get("role")
                                + " is not a valid role");
                return null;
            }
        }
        if (OperationConfig.find(resource, name, interval, false) == null) {
            return null;
        }
        return new Operation(op.id(), name, OpKey.of(resource.id, name, interval), interval, role);
    }

    private static boolean cannotRecur(String name) {
        return switch (name) {
            case Tasks.STOP, Tasks.START, Tasks.DEMOTE, Tasks.PROMOTE -> true;
            case Tasks.RELOAD_AGENT, Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> true;
            default -> false;
        };
    }

    private static void createForActive(
            Primitive resource, Action start, Node node, Operation operation) {
        if (operation.role == Role.STOPPED) {
            return;
        }
        boolean optional = isRunningAsConfigured(resource, start, node, operation.key);
        boolean roleMatches =
                operation.role == Role.UNKNOWN
                        ? resource.nextRole != Role.PROMOTED
                        : resource.nextRole == operation.role;
        if (!roleMatches) {
            if (optional) {
                cancelBeforeRoleChange(resource, node, operation);
            }
            return;
        }
        Action monitor =
                ActionFactory.create(resource, operation.key, operation.name, node, optional);
        note(monitor, resource, operation, optional);
        if (!start.isRunnable() || !node.online || node.unclean) {
            monitor.clear(ActionFlag.RUNNABLE);
            resource.cluster.reasonSink.action(
                    monitor,
                    Effect.BLOCKED,
                    start.isRunnable()
                            ? ActionReason.NodeUnusable.of(node)
                            : new ActionReason.StartRequired(start));
        }
        if (resource.nextRole == Role.PROMOTED) {
            ActionFactory.expect(monitor, RUNNING_PROMOTED);
        }
        if (resource.is(ResourceFlag.MANAGED)) {
            order(resource, monitor);
        }
    }

    private static boolean isRunningAsConfigured(
            Resource resource, Action start, Node node, String key) {
        if (!start.isOptional()) {
            return false;
        }
        var running = ActionSearch.findWithKeyOn(resource, key, node);
        for (Action action : running) {
            if (action.is(ActionFlag.RESCHEDULE)) {
                return false;
            }
        }
        return !running.isEmpty();
    }

    private static void cancelBeforeRoleChange(Primitive resource, Node node, Operation operation) {
        Action cancel =
                cancel(
                        resource,
                        operation.name,
                        operation.intervalMillis,
                        node,
                        new ActionReason.OtherRole(operation.id, operation.role));
        String after =
                switch (resource.role) {
                    case UNPROMOTED, STARTED ->
                            switch (resource.nextRole) {
                                case PROMOTED -> Tasks.PROMOTE;
                                case STOPPED -> Tasks.STOP;
                                case UNKNOWN, STARTED, UNPROMOTED -> "";
                            };
                    case PROMOTED -> Tasks.DEMOTE;
                    case UNKNOWN, STOPPED -> "";
                };
        if (!after.isEmpty()) {
            Orderings.add(
                    resource.cluster,
                    End.action(cancel),
                    End.task(resource, after),
                    UNRUNNABLE_FIRST_BLOCKS);
        }
    }

    private static void order(Primitive resource, Action monitor) {
        int implied = FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS;
        End then = End.action(monitor);
        Orderings.add(resource.cluster, End.task(resource, Tasks.START), then, implied);
        Orderings.add(resource.cluster, End.task(resource, Tasks.RELOAD_AGENT), then, implied);
        int ordered = ORDERED | UNRUNNABLE_FIRST_BLOCKS;
        if (resource.nextRole == Role.PROMOTED) {
            Orderings.add(resource.cluster, End.task(resource, Tasks.PROMOTE), then, ordered);
        } else if (resource.role == Role.PROMOTED) {
            Orderings.add(resource.cluster, End.task(resource, Tasks.DEMOTE), then, ordered);
        }
    }

    /** Operations of the stopped role run on all nodes but the one where the resource will be. */
    private static void createForInactive(
            Primitive resource, @Nullable Node node, Operation operation) {
        if (operation.role != Role.STOPPED || !resource.is(ResourceFlag.UNIQUE)) {
            return;
        }
        for (Node stopNode : resource.cluster.nodes) {
            if (stopNode == node) {
                cancelIfRunning(resource, node, operation);
                continue;
            }
            boolean optional =
                    !ActionSearch.findWithKeyOn(resource, operation.key, stopNode).isEmpty();
            Action monitor =
                    ActionFactory.create(
                            resource, operation.key, operation.name, stopNode, optional);
            note(monitor, resource, operation, optional);
            ActionFactory.expect(monitor, NOT_RUNNING);
            if (resource.is(ResourceFlag.MANAGED)) {
                for (Action probe : ActionSearch.find(resource, Tasks.MONITOR, stopNode)) {
                    Orderings.relate(probe, monitor, UNRUNNABLE_FIRST_BLOCKS);
                }
            }
            orderAfterStops(resource, stopNode, monitor);
            if (!stopNode.online || stopNode.unclean) {
                monitor.clear(ActionFlag.RUNNABLE);
                resource.cluster.reasonSink.action(
                        monitor, Effect.BLOCKED, ActionReason.NodeUnusable.of(stopNode));
            }
        }
    }

    private static void note(
            Action monitor, Resource resource, Operation operation, boolean optional) {
        if (!optional) {
            resource.cluster.reasonSink.action(
                    monitor,
                    Effect.REQUIRED,
                    new ActionReason.OperationDue(operation.id, operation.role));
        }
    }

    private static void cancelIfRunning(Primitive resource, Node node, Operation operation) {
        if (ActionSearch.findWithKeyOn(resource, operation.key, node).isEmpty()) {
            return;
        }
        Action cancel =
                cancel(
                        resource,
                        operation.name,
                        operation.intervalMillis,
                        node,
                        new ActionReason.OtherRole(operation.id, operation.role));
        if (resource.nextRole == Role.STARTED || resource.nextRole == Role.UNPROMOTED) {
            Orderings.add(
                    resource.cluster,
                    End.action(cancel),
                    End.task(resource, Tasks.START),
                    UNRUNNABLE_FIRST_BLOCKS);
        }
    }

    private static void orderAfterStops(Primitive resource, Node node, Action action) {
        boolean managed = resource.is(ResourceFlag.MANAGED);
        for (Action stop : ActionSearch.findOn(resource, Tasks.STOP, node)) {
            if (!stop.isOptional() && !action.isOptional() && !managed) {
                action.set(ActionFlag.OPTIONAL);
            }
            if (!stop.isRunnable()) {
                action.clear(ActionFlag.RUNNABLE);
            }
            if (managed) {
                Orderings.add(
                        resource.cluster,
                        End.action(stop),
                        End.action(action),
                        FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
            }
        }
    }

    /** The cancellation of a recurring operation; it takes the place of the operation itself. */
    private static Action cancel(
            Resource resource, String name, long intervalMillis, Node node, ActionReason reason) {
        String key = OpKey.of(resource.id, name, intervalMillis);
        Action cancel = ActionFactory.create(resource, key, Tasks.CANCEL, node, false);
        cancel.task = Tasks.CANCEL;
        resource.cluster.reasonSink.action(cancel, Effect.REQUIRED, reason);
        cancel.cancelTask = name;
        cancel.meta.put("operation", name);
        cancel.meta.put("interval", Long.toString(intervalMillis));
        return cancel;
    }

    /** Cancels an operation that runs on a node, after any stop. */
    static void cancelRunning(
            Resource resource,
            @Nullable String callId,
            String name,
            long intervalMillis,
            Node node,
            ActionReason reason) {
        Action cancel = cancel(resource, name, intervalMillis, node, reason);
        if (callId != null) {
            cancel.meta.put("call-id", callId);
        }
        Orderings.add(
                resource.cluster, End.task(resource, Tasks.STOP), End.action(cancel), ORDERED);
    }

    /** Sets up an operation anew because its parameters changed. */
    static void reschedule(
            Resource resource, String name, long intervalMillis, Node node, Element entry) {
        FenceActions.unfence(
                resource.cluster,
                resource,
                node,
                new FenceReason.DeviceChanged(resource, FenceReason.DeviceChange.RESCHEDULE),
                null);
        String key = OpKey.of(resource.id, name, intervalMillis);
        Action again = ActionFactory.create(resource, key, name, node, true);
        again.set(ActionFlag.RESCHEDULE);
        resource.cluster.reasonSink.action(
                again,
                Effect.REQUIRED,
                new ActionReason.ParametersChanged(
                        entry, node, ActionReason.ChangeEffect.RESCHEDULE));
    }
}
