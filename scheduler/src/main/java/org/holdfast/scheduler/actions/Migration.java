package org.holdfast.scheduler.actions;

import static org.holdfast.scheduler.model.ActionFlag.MIGRATABLE;
import static org.holdfast.scheduler.model.ActionFlag.PSEUDO;
import static org.holdfast.scheduler.model.OrderingFlag.FIRST_ELSE_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.UNMIGRATABLE_THEN_BLOCKS;

import java.util.Objects;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Live migration: {@code migrate_to} on the source, {@code migrate_from} on the target, then a stop
 * on the source that no longer takes the service down; the start becomes a pseudo action.
 */
final class Migration {

    private Migration() {}

    /** Whether a resource can be moved alive from where it is. */
    static boolean isPossible(Primitive resource, @Nullable Node current) {
        Node target = resource.assignedNode();
        return resource.is(ResourceFlag.MIGRATABLE)
                && resource.is(ResourceFlag.MANAGED)
                && !resource.is(ResourceFlag.FAILED)
                && !resource.is(ResourceFlag.START_PENDING)
                && current != null
                && !current.unclean
                && target != null
                && !target.unclean;
    }

    /** Makes the actions; a migration whose first half is done is continued. */
    static void create(Primitive resource, Node source) {
        Node target = Objects.requireNonNull(resource.assignedNode());
        boolean begun = resource.partialMigrationTarget != null;
        Action start = ActionFactory.create(resource, Tasks.START, target, true);
        Action stop = ActionFactory.create(resource, Tasks.STOP, source, true);
        Action send = begun ? null : ActionFactory.create(resource, Tasks.MIGRATE_TO, source, true);
        Action receive = ActionFactory.create(resource, Tasks.MIGRATE_FROM, target, true);
        start.set(MIGRATABLE | PSEUDO);
        stop.set(MIGRATABLE);
        receive.set(MIGRATABLE);
        if (send != null) {
            send.set(MIGRATABLE);
            send.needs = start.needs;
            Orderings.tasks(resource, Tasks.MONITOR, resource, Tasks.MIGRATE_TO, ORDERED);
            Orderings.tasks(
                    resource,
                    Tasks.MIGRATE_TO,
                    resource,
                    Tasks.MIGRATE_FROM,
                    ORDERED | UNMIGRATABLE_THEN_BLOCKS);
        } else {
            receive.needs = start.needs;
            Orderings.tasks(resource, Tasks.MONITOR, resource, Tasks.MIGRATE_FROM, ORDERED);
        }
        Orderings.tasks(
                resource,
                Tasks.MIGRATE_FROM,
                resource,
                Tasks.STOP,
                ORDERED | UNMIGRATABLE_THEN_BLOCKS);
        Orderings.tasks(
                resource,
                Tasks.MIGRATE_FROM,
                resource,
                Tasks.START,
                ORDERED | UNMIGRATABLE_THEN_BLOCKS | FIRST_ELSE_THEN);
        if (send != null) {
            addNodes(send, source, target);
            if (!resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
                send.meta.put("record-pending", "true");
            }
        }
        addNodes(receive, source, target);
        explain(resource, source, target, start, stop, send, receive);
    }

    private static void explain(
            Primitive resource, Node source, Node target, @Nullable Action... actions) {
        ReasonSink sink = resource.cluster.reasonSink;
        if (sink.wanted()) {
            for (Action action : actions) {
                if (action != null) {
                    sink.action(
                            action,
                            Effect.REQUIRED,
                            new ActionReason.LiveMigration(source, target));
                }
            }
        }
    }

    private static void addNodes(Action action, Node source, Node target) {
        action.meta.put("migrate_source", source.name);
        action.meta.put("migrate_target", target.name);
    }
}
