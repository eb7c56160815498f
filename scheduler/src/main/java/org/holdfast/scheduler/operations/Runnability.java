package org.holdfast.scheduler.operations;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.Effect;
import org.holdfast.scheduler.model.ActionReason.NodeUnusable;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Requires;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.StateReason;
import org.jspecify.annotations.Nullable;

/**
 * Whether a resource's action can be done: its node must be there, and quorum too if the action
 * needs it (Pacemaker Explained, "no-quorum-policy").
 */
final class Runnability {

    private Runnability() {}

    static void update(Action action, Resource resource) {
        if (action.isPseudo()) {
            return;
        }
        Node node = action.node;
        boolean onDc = action.is(ActionFlag.ON_DC);
        if (node == null) {
            action.clear(ActionFlag.RUNNABLE);
            blocked(action, resource, null, NodeUnusable.State.NONE);
        } else if (!onDc && !node.online && (!node.isGuest() || node.remoteReset)) {
            action.clear(ActionFlag.RUNNABLE);
            blocked(action, resource, node, NodeUnusable.State.OFFLINE);
            if (resource.is(ResourceFlag.MANAGED)
                    && action.task.equalsIgnoreCase(Tasks.STOP)
                    && !node.unclean) {
                FenceActions.fence(
                        resource.cluster, node, new FenceReason.StopImpossible(resource), false);
            }
        } else if (!onDc && node.pending) {
            action.clear(ActionFlag.RUNNABLE);
            blocked(action, resource, node, NodeUnusable.State.PENDING);
        } else if (action.needs == Requires.NOTHING) {
            ActionFactory.explain(action, null, true);
            if (node.isGuest() && !FenceActions.canFence(resource.cluster, node)) {
                action.clear(ActionFlag.RUNNABLE);
                blocked(action, resource, node, NodeUnusable.State.HOST_UNFENCED);
            } else {
                action.set(ActionFlag.RUNNABLE);
                possible(action, resource);
            }
        } else {
            applyQuorumPolicy(action, resource);
        }
    }

    private static void applyQuorumPolicy(Action action, Resource resource) {
        switch (effectivePolicy(resource)) {
            case STOP -> {
                action.clear(ActionFlag.RUNNABLE);
                ActionFactory.explain(action, "no quorum", true);
                withoutQuorum(action, resource);
            }
            case FREEZE -> {
                if (!resource.isActive(true) || resource.nextRole.above(resource.role)) {
                    action.clear(ActionFlag.RUNNABLE);
                    ActionFactory.explain(action, "quorum freeze", true);
                    withoutQuorum(action, resource);
                }
            }
            case IGNORE, FENCE, DEMOTE -> {
                action.set(ActionFlag.RUNNABLE);
                possible(action, resource);
            }
        }
    }

    private static void blocked(
            Action action, Resource resource, @Nullable Node node, NodeUnusable.State state) {
        ReasonSink sink = resource.cluster.reasonSink;
        if (sink.wanted()) {
            sink.action(action, Effect.BLOCKED, new NodeUnusable(node, state));
        }
    }

    private static void withoutQuorum(Action action, Resource resource) {
        Cluster cluster = resource.cluster;
        if (cluster.reasonSink.wanted()) {
            cluster.reasonSink.action(
                    action,
                    Effect.BLOCKED,
                    new ActionReason.NoQuorum(cluster.options.noQuorumPolicy()));
        }
    }

    /** Takes back what was said of the node and of quorum before. */
    private static void possible(Action action, Resource resource) {
        ReasonSink sink = resource.cluster.reasonSink;
        if (sink.wanted()) {
            sink.action(action, Effect.POSSIBLE, new NodeUnusable(null, NodeUnusable.State.NONE));
        }
    }

    /** Quorum makes every policy moot; "demote" keeps unpromoted instances running. */
    private static NoQuorumPolicy effectivePolicy(Resource resource) {
        Cluster cluster = resource.cluster;
        if (cluster.quorate) {
            return NoQuorumPolicy.IGNORE;
        }
        NoQuorumPolicy policy = cluster.options.noQuorumPolicy();
        if (policy != NoQuorumPolicy.DEMOTE) {
            return policy;
        }
        if (resource.role != Role.PROMOTED && resource.role != Role.UNPROMOTED) {
            return NoQuorumPolicy.STOP;
        }
        if (resource.nextRole.above(Role.UNPROMOTED)) {
            resource.nextRole = Role.UNPROMOTED;
            cluster.reasonSink.state(
                    resource, new StateReason.RoleLimitedByQuorum(Role.UNPROMOTED));
        }
        return NoQuorumPolicy.IGNORE;
    }
}
