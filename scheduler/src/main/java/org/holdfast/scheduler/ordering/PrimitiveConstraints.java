package org.holdfast.scheduler.ordering;

import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_SAME_NODE_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.FIRST_IMPLIES_THEN;
import static org.holdfast.scheduler.model.OrderingFlag.IF_ON_SAME_NODE;
import static org.holdfast.scheduler.model.OrderingFlag.IF_ON_SAME_NODE_OR_TARGET;
import static org.holdfast.scheduler.model.OrderingFlag.INTERMEDIATE_STOP;
import static org.holdfast.scheduler.model.OrderingFlag.ORDERED;
import static org.holdfast.scheduler.model.OrderingFlag.PROMOTED_THEN_IMPLIES_FIRST;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_CANCELS_FIRST;
import static org.holdfast.scheduler.model.OrderingFlag.THEN_IMPLIES_FIRST;
import static org.holdfast.scheduler.model.OrderingFlag.UNRUNNABLE_FIRST_BLOCKS;

import java.util.List;
import org.holdfast.scheduler.colocation.Colocations;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.PlacementStrategy;
import org.holdfast.scheduler.model.NaturalOrder;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.OpTargets;
import org.holdfast.scheduler.operations.Orderings;
import org.holdfast.scheduler.operations.Tasks;

/** What a primitive brings: restart order, unfencing, room on nodes, its launcher. */
final class PrimitiveConstraints {

    private PrimitiveConstraints() {}

    static void add(Primitive resource) {
        if (!resource.is(ResourceFlag.MANAGED)) {
            return;
        }
        Cluster cluster = resource.cluster;
        boolean unfencing =
                !resource.is(ResourceFlag.FENCE_DEVICE)
                        && cluster.enableUnfencing
                        && resource.is(ResourceFlag.NEEDS_UNFENCING);
        boolean utilization =
                !resource.utilization.isEmpty()
                        && cluster.options.placementStrategy() != PlacementStrategy.DEFAULT;
        Orderings.tasks(
                resource,
                Tasks.STOP,
                resource,
                Tasks.START,
                ORDERED | FIRST_IMPLIES_THEN | INTERMEDIATE_STOP);
        if (resource.top(false).is(ResourceFlag.PROMOTABLE)
                || resource.role.above(Role.UNPROMOTED)) {
            Orderings.tasks(
                    resource, Tasks.DEMOTE, resource, Tasks.STOP, PROMOTED_THEN_IMPLIES_FIRST);
            Orderings.tasks(
                    resource, Tasks.START, resource, Tasks.PROMOTE, UNRUNNABLE_FIRST_BLOCKS);
        }
        // The history need not be cleared where a probe makes it new.
        Orderings.tasks(
                resource,
                Tasks.LRM_DELETE,
                resource,
                Tasks.MONITOR,
                IF_ON_SAME_NODE | THEN_CANCELS_FIRST);
        Resource launcher = resource.launcher;
        if (unfencing || utilization || launcher != null) {
            List<ScoredNode> allowed = resource.allowed.toList();
            allowed.sort((a, b) -> NaturalOrder.compare(a.node.name, b.node.name));
            if (unfencing) {
                allowed.forEach(node -> addUnfencing(resource, node.node));
            }
            if (utilization) {
                addRoom(resource, allowed);
            }
            if (launcher != null) {
                addLauncher(resource, launcher, allowed);
            }
        }
        if (resource.is(ResourceFlag.IS_REMOTE_CONNECTION)
                || resource.is(ResourceFlag.FENCE_DEVICE)) {
            avoidRemoteNodes(resource);
        }
    }

    /** Stop, unfence, start: unfencing that becomes necessary restarts the resource. */
    private static void addUnfencing(Resource resource, Node node) {
        Action unfence =
                FenceActions.operation(resource.cluster, node, Tasks.ON, true, null, false);
        Orderings.add(
                resource.cluster,
                Orderings.End.task(resource, Tasks.STOP),
                Orderings.End.action(unfence),
                ORDERED | IF_ON_SAME_NODE);
        Orderings.add(
                resource.cluster,
                Orderings.End.action(unfence),
                Orderings.End.task(resource, Tasks.START),
                FIRST_IMPLIES_SAME_NODE_THEN | IF_ON_SAME_NODE);
    }

    /** What leaves a node makes room before anything comes to it. */
    private static void addRoom(Resource resource, List<ScoredNode> allowed) {
        for (Node node : resource.active) {
            Orderings.add(
                    resource.cluster,
                    Orderings.End.task(resource, Tasks.STOP),
                    Orderings.End.action(roomMade(resource.cluster, node)),
                    IF_ON_SAME_NODE_OR_TARGET);
        }
        for (ScoredNode node : allowed) {
            Orderings.End room = Orderings.End.action(roomMade(resource.cluster, node.node));
            Orderings.add(
                    resource.cluster,
                    room,
                    Orderings.End.task(resource, Tasks.START),
                    IF_ON_SAME_NODE_OR_TARGET);
            Orderings.add(
                    resource.cluster,
                    room,
                    Orderings.End.task(resource, Tasks.MIGRATE_TO),
                    IF_ON_SAME_NODE_OR_TARGET);
        }
    }

    private static Action roomMade(Cluster cluster, Node node) {
        Action action = ActionFactory.pseudo(cluster, Tasks.LOAD_STOPPED + "_" + node.name);
        if (action.node == null) {
            action.node = node;
            action.clear(ActionFlag.OPTIONAL);
        }
        return action;
    }

    private static void addLauncher(
            Resource resource, Resource launcher, List<ScoredNode> allowed) {
        Resource guest = null;
        if (resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            if (!resource.is(ResourceFlag.REMOTE_NESTING_ALLOWED)) {
                avoidRemoteNodes(launcher);
            }
            // The launcher's state must be known before its guest's connection is cut.
            Orderings.tasks(launcher, Tasks.MONITOR, resource, Tasks.STOP, ORDERED);
        } else if (launcher.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            guest = launcher;
        } else {
            guest = OpTargets.guestMadeBy(launcher);
        }
        if (guest != null) {
            for (ScoredNode node : allowed) {
                if (node.node.remote != guest) {
                    ban(resource, node, new ScoreReason.InsideContainer(guest.id));
                }
            }
            return;
        }
        Orderings.tasks(
                launcher,
                Tasks.START,
                resource,
                Tasks.START,
                FIRST_IMPLIES_THEN | UNRUNNABLE_FIRST_BLOCKS);
        Orderings.tasks(resource, Tasks.STOP, launcher, Tasks.STOP, THEN_IMPLIES_FIRST);
        int score = resource.is(ResourceFlag.REMOTE_NESTING_ALLOWED) ? 10_000 : Score.INFINITY;
        Colocations.add(
                "#resource-with-container",
                null,
                score,
                resource,
                launcher,
                Role.UNKNOWN,
                Role.UNKNOWN,
                true,
                false);
    }

    private static void avoidRemoteNodes(Resource resource) {
        for (ScoredNode node : resource.allowed) {
            if (node.node.remote != null) {
                ban(resource, node, new ScoreReason.NoRemoteNodes());
            }
        }
    }

    private static void ban(Resource resource, ScoredNode node, ScoreReason reason) {
        int before = node.score;
        node.score = Score.MINUS_INFINITY;
        ReasonSink sink = resource.cluster.reasonSink;
        if (before != node.score && sink.wanted()) {
            sink.score(resource, node.node, before, node.score, reason);
        }
    }
}
