package org.holdfast.scheduler.operations;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Requires;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;

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
        } else if (!onDc && !node.online && (!node.isGuest() || node.remoteReset)) {
            action.clear(ActionFlag.RUNNABLE);
            if (resource.is(ResourceFlag.MANAGED)
                    && action.task.equalsIgnoreCase(Tasks.STOP)
                    && !node.unclean) {
                FenceActions.fence(resource.cluster, node, "stop is unrunnable", false);
            }
        } else if (!onDc && node.pending) {
            action.clear(ActionFlag.RUNNABLE);
        } else if (action.needs == Requires.NOTHING) {
            ActionFactory.explain(action, null, true);
            if (node.isGuest() && !FenceActions.canFence(resource.cluster, node)) {
                action.clear(ActionFlag.RUNNABLE);
            } else {
                action.set(ActionFlag.RUNNABLE);
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
            }
            case FREEZE -> {
                if (!resource.isActive(true) || resource.nextRole.above(resource.role)) {
                    action.clear(ActionFlag.RUNNABLE);
                    ActionFactory.explain(action, "quorum freeze", true);
                }
            }
            case IGNORE, FENCE, DEMOTE -> action.set(ActionFlag.RUNNABLE);
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
        }
        return NoQuorumPolicy.IGNORE;
    }
}
