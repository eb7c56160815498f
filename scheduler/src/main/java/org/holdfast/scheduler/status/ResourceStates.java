package org.holdfast.scheduler.status;

import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.ActionFactory;
import org.holdfast.scheduler.operations.ActionSearch;
import org.holdfast.scheduler.operations.FenceActions;
import org.holdfast.scheduler.operations.Tasks;
import org.holdfast.scheduler.unpack.AllowedNodes;

/** What follows from a resource's state on a node once its history there is read. */
final class ResourceStates {

    private ResourceStates() {}

    /** Notes where it is known and active, and does what failures ask for. */
    static void settle(Resource resource, Node node, OnFail worst) {
        boolean active = resource.role.above(Role.STOPPED);
        if (resource.role != Role.UNKNOWN) {
            noteProbed(resource, node);
        }
        if (active && !node.online && !node.maintenance && resource.isManaged()) {
            fenceForActive(resource, node);
        }
        // On a node that is fenced anyway nothing more needs to be done.
        OnFail onFail = node.unclean ? OnFail.IGNORE : worst;
        respond(resource, node, onFail, active);
        if (resource.is(ResourceFlag.FAILED) && resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            Node remote = resource.cluster.nodeNamed(resource.id);
            if (remote != null && remote.unclean) {
                remote.seen = true;
            }
        }
        if (active) {
            ActiveResources.add(resource, node, worst != OnFail.IGNORE);
            markFailed(resource, onFail);
        } else if (resource.historyId != null && resource.historyId.indexOf(':') >= 0) {
            resource.cluster.renameInHistory(resource, null);
        } else {
            for (Action stop : ActionSearch.find(resource, Tasks.STOP, node)) {
                stop.set(ActionFlag.OPTIONAL);
            }
        }
        // A stop on the source of a migration does not stop what came to the target.
        if (resource.role == Role.STOPPED
                && !resource.active.isEmpty()
                && resource.partialMigrationTarget != null
                && resource.partialMigrationSource == node) {
            resource.role = Role.STARTED;
        }
    }

    private static void noteProbed(Resource resource, Node node) {
        for (Resource at = resource; at != null; at = at.parent) {
            if (!at.probed.contains(node)) {
                at.probed.put(ScoredNode.of(node));
            }
            if (at.is(ResourceFlag.UNIQUE)) {
                return;
            }
        }
    }

    private static void fenceForActive(Resource resource, Node node) {
        Cluster cluster = resource.cluster;
        if (node.isGuest()) {
            fail(resource);
            FenceActions.fence(
                    cluster, node, new FenceReason.ThoughtActive(resource, false), false);
            return;
        }
        if (!cluster.options.fencingEnabled()) {
            return;
        }
        boolean revocable = false;
        if (node.isRemote() && node.remote != null && !node.remote.is(ResourceFlag.FAILED)) {
            // Fenced only if the connection cannot come up elsewhere.
            node.seen = false;
            revocable = true;
        }
        FenceActions.fence(
                cluster, node, new FenceReason.ThoughtActive(resource, revocable), false);
    }

    private static void respond(Resource resource, Node node, OnFail onFail, boolean active) {
        switch (onFail) {
            case IGNORE -> {}
            case DEMOTE -> {
                resource.set(ResourceFlag.FAILED);
                required(
                        ActionFactory.create(resource, Tasks.DEMOTE, node, false),
                        resource,
                        new ActionReason.FailureResponse(node, onFail));
            }
            case FENCE_NODE ->
                    FenceActions.fence(
                            resource.cluster, node, new FenceReason.Failed(resource), false);
            case STANDBY_NODE -> {
                node.standby = true;
                node.failStandby = true;
            }
            case BLOCK -> {
                resource.clear(ResourceFlag.MANAGED);
                resource.set(ResourceFlag.BLOCKED);
            }
            case BAN ->
                    AllowedNodes.add(
                            resource,
                            node,
                            Score.MINUS_INFINITY,
                            new ScoreReason.FailedThere(node.name));
            case STOP -> resource.nextRole = Role.STOPPED;
            case RESTART -> {
                if (active) {
                    fail(resource);
                    stop(resource, node, new ActionReason.FailureResponse(node, onFail));
                }
            }
            case RESTART_CONTAINER -> restartContainer(resource, node, active);
            case RESET_REMOTE -> resetRemote(resource, node, active);
        }
    }

    private static void restartContainer(Resource resource, Node node, boolean active) {
        fail(resource);
        Resource launcher = resource.launcher;
        if (launcher != null && resource.top() instanceof Bundle) {
            // Where the container runs is not known yet.
            resource.cluster.stopNeeded.add(launcher);
        } else if (launcher != null) {
            stop(launcher, node, new ActionReason.InsideFailed(node));
        } else if (active) {
            stop(resource, node, new ActionReason.FailureResponse(node, OnFail.RESTART_CONTAINER));
        }
    }

    private static void resetRemote(Resource resource, Node node, boolean active) {
        Cluster cluster = resource.cluster;
        fail(resource);
        if (cluster.options.fencingEnabled() && resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            Node remote = cluster.nodeNamed(resource.id);
            if (remote != null && remote.isRemote() && !remote.remoteFenced) {
                FenceActions.fence(
                        cluster,
                        remote,
                        new FenceReason.RemoteLost(FenceReason.RemoteTrouble.FAILED),
                        false);
            }
        }
        if (active) {
            stop(resource, node, new ActionReason.FailureResponse(node, OnFail.RESET_REMOTE));
        }
        if (resource.remoteReconnectMillis > 0) {
            resource.nextRole = Role.STOPPED;
        }
    }

    private static void markFailed(Resource resource, OnFail onFail) {
        switch (onFail) {
            case IGNORE -> {}
            case DEMOTE, BLOCK -> resource.set(ResourceFlag.FAILED);
            case RESTART, RESET_REMOTE, RESTART_CONTAINER, BAN, STOP, STANDBY_NODE, FENCE_NODE ->
                    fail(resource);
        }
    }

    static void fail(Resource resource) {
        resource.set(ResourceFlag.FAILED);
        resource.set(ResourceFlag.STOP_IF_FAILED);
    }

    private static void stop(Resource resource, Node node, ActionReason reason) {
        required(ActionFactory.create(resource, Tasks.STOP, node, false), resource, reason);
    }

    private static void required(Action action, Resource resource, ActionReason reason) {
        resource.cluster.reasonSink.action(action, ActionReason.Effect.REQUIRED, reason);
    }
}
