package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.FenceReason;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.FenceActions;
import org.jspecify.annotations.Nullable;

/** Why nodes can take nothing, and why they are fenced. */
final class NodeCauses {

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Options options;
    private final FailureCauses failures;

    NodeCauses(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.options = new Options(cluster);
        this.failures = new FailureCauses(cluster, reasons);
    }

    /** Why a node can take nothing at all, or null if it can. */
    @Nullable Cause obstacle(Node node) {
        if (node.unclean) {
            return about(
                            node,
                            "NodeUnclean",
                            "node " + node.name + " is unclean and must be fenced first")
                    .since(fencing(node))
                    .unless(new Change.NodeOnline(node.name));
        }
        if (!node.online && node.isPacemakerRemote()) {
            return remoteDown(node);
        }
        if (!node.online) {
            return node.pending
                    ? about(node, "NodePending", "node " + node.name + " has not joined yet")
                            .unless(new Change.NodeOnline(node.name))
                    : about(node, "NodeOffline", "node " + node.name + " is offline")
                            .unless(new Change.NodeOnline(node.name, true));
        }
        if (node.pending) {
            return about(node, "NodePending", "node " + node.name + " has not joined yet")
                    .unless(new Change.NodeOnline(node.name));
        }
        if (node.shutdown) {
            return about(node, "NodeShutdown", "node " + node.name + " is shutting down")
                    .naming(options.attribute(node, "shutdown"))
                    .unless(new Change.WithoutNodeAttribute(node.name, "shutdown"));
        }
        if (node.failStandby) {
            List<Cause> why = new ArrayList<>();
            for (Resource resource : node.running) {
                why.addAll(failures.on(resource, node));
            }
            return about(
                            node,
                            "NodeFailStandby",
                            "node "
                                    + node.name
                                    + " is in standby because of a failure (on-fail=standby)")
                    .since(why);
        }
        if (node.standby) {
            return about(node, "NodeStandby", "node " + node.name + " is in standby")
                    .naming(options.attribute(node, "standby"))
                    .unless(new Change.WithoutNodeAttribute(node.name, "standby"));
        }
        return node.maintenance
                ? about(node, "NodeMaintenance", "node " + node.name + " is in maintenance")
                        .naming(options.attribute(node, "maintenance"))
                        .unless(new Change.WithoutNodeAttribute(node.name, "maintenance"))
                : null;
    }

    private Cause remoteDown(Node node) {
        Resource connection = node.remote;
        if (connection == null) {
            return about(node, "NodeOffline", "remote node " + node.name + " has no connection");
        }
        Resource what = connection.launcher == null ? connection : connection.launcher;
        Node where = what.assignedNode();
        String state =
                where == null
                        ? what.id + " does not run"
                        : what.role.above(Role.STOPPED)
                                ? what.id + " is not known to work"
                                : what.id + " is not started yet";
        return about(
                        node,
                        "NodeOffline",
                        "node "
                                + node.name
                                + " is offline: its "
                                + (what == connection ? "connection " : "guest ")
                                + state)
                .naming(Type.RESOURCE, what.id)
                .since(failures.of(what));
    }

    private static Cause about(Node node, String kind, String text) {
        return Cause.of(kind, text).naming(Type.NODE, node.name);
    }

    /** Why a node is to be fenced or unfenced; empty if it is not. */
    List<Cause> fencing(Node node) {
        List<Cause> causes = new ArrayList<>();
        for (FenceReason reason : reasons.fencingOf(node)) {
            causes.add(fencing(node, reason));
        }
        if (causes.isEmpty() && node.unclean) {
            causes.add(
                    about(
                                    node,
                                    "NeverSeen",
                                    "node "
                                            + node.name
                                            + " has not been seen since the cluster started (startup-fencing)")
                            .naming(options.property("startup-fencing"))
                            .unless(new Change.PropertySet("startup-fencing", "false")));
        }
        return causes;
    }

    private Cause fencing(Node node, FenceReason reason) {
        Cause online = Cause.of("", "").unless(new Change.NodeOnline(node.name));
        return switch (reason) {
            case FenceReason.NodeState state -> state(node, state.trouble());
            case FenceReason.RemoteLost lost -> {
                Cause cause = about(node, "RemoteLost", remoteText(node, lost.trouble()));
                yield node.remote == null
                        ? cause
                        : cause.naming(Type.RESOURCE, node.remote.id)
                                .since(failures.of(node.remote));
            }
            case FenceReason.ThoughtActive active ->
                    Cause.of(
                                    "ThoughtActive",
                                    active.resource().id
                                            + " may still be active on "
                                            + node.name
                                            + ", which is down")
                            .unless(new Change.NodeOnline(node.name))
                            .naming(Type.RESOURCE, active.resource().id)
                            .naming(Type.NODE, node.name);
            case FenceReason.Failed failed -> {
                List<Cause> why = failures.on(failed.resource(), node);
                yield new Cause(
                                "FailedThere",
                                failed.resource().id + " failed on " + node.name,
                                List.of(),
                                why,
                                List.of())
                        .naming(Type.RESOURCE, failed.resource().id);
            }
            case FenceReason.StopImpossible stop ->
                    Cause.of(
                                    "StopImpossible",
                                    stop.resource().id
                                            + " must be stopped on "
                                            + node.name
                                            + ", which is offline")
                            .naming(Type.RESOURCE, stop.resource().id)
                            .unless(new Change.NodeOnline(node.name));
            case FenceReason.TicketLost lost ->
                    Cause.of(
                                    "TicketLost",
                                    "ticket "
                                            + lost.ticket()
                                            + " was lost while "
                                            + lost.resource().id
                                            + " was active on "
                                            + node.name
                                            + " (loss-policy=fence of "
                                            + lost.constraintId()
                                            + ")")
                            .naming(Type.TICKET, lost.ticket())
                            .naming(Type.CONSTRAINT, lost.constraintId())
                            .unless(new Change.TicketGranted(lost.ticket()));
            case FenceReason.ContainerFailed failed ->
                    Cause.of(
                                    "ContainerFailed",
                                    failed.container().id + ", which runs the node, failed")
                            .naming(Type.RESOURCE, failed.container().id)
                            .since(failures.of(failed.container()));
            case FenceReason.DeviceChanged changed ->
                    Cause.of(
                                    "DeviceChanged",
                                    switch (changed.change()) {
                                                case AGENT -> "the agent of ";
                                                case PARAMETERS, RELOAD, RESCHEDULE ->
                                                        "parameters of ";
                                            }
                                            + "fencing device "
                                            + changed.device().id
                                            + " changed")
                            .naming(Type.RESOURCE, changed.device().id);
            case FenceReason.UnfencingNeeded needed ->
                    Cause.of(
                                    "UnfencingNeeded",
                                    "the "
                                            + needed.task()
                                            + " of "
                                            + needed.resource().id
                                            + " needs the node to be unfenced, which it was not since it joined")
                            .naming(Type.RESOURCE, needed.resource().id);
        };
    }

    private Cause state(Node node, FenceReason.Trouble trouble) {
        String name = "node " + node.name;
        Cause cause =
                about(
                        node,
                        "NodeState",
                        switch (trouble) {
                            case NO_QUORUM ->
                                    "this partition has no quorum, and no-quorum-policy is to fence it";
                            case DOWN -> name + " left without being asked to";
                            case NEVER_SEEN -> name + " has not been seen by the cluster";
                            case BANNED -> name + " was refused membership";
                            case REQUESTED -> "fencing of " + name + " was requested";
                            case LEFT -> name + " left the cluster without a shutdown";
                            case PROCESS_GONE -> "the controller of " + name + " is gone";
                            case PENDING_TOO_LONG ->
                                    name + " took too long to join (node-pending-timeout)";
                            case UNKNOWN -> name + " is in an unknown state";
                        });
        return switch (trouble) {
            case NO_QUORUM ->
                    cause.naming(options.property("no-quorum-policy"))
                            .unless(new Change.PropertySet("no-quorum-policy", "ignore"))
                            .unless(new Change.Quorate());
            case REQUESTED ->
                    cause.naming(options.attribute(node, "terminate"))
                            .unless(new Change.WithoutNodeAttribute(node.name, "terminate"));
            case PENDING_TOO_LONG ->
                    cause.naming(options.property("node-pending-timeout"))
                            .unless(new Change.NodeOnline(node.name));
            case DOWN, NEVER_SEEN, BANNED, LEFT, PROCESS_GONE, UNKNOWN ->
                    cause.unless(new Change.NodeOnline(node.name));
        };
    }

    private static String remoteText(Node node, FenceReason.RemoteTrouble trouble) {
        String lost = "the connection to " + node.name + " cannot be recovered";
        return switch (trouble) {
            case FAILED, UNRECOVERABLE -> lost;
            case ACTIVE -> lost + ", and resources are active there";
            case UNKNOWN_STATE -> lost + ", and it is not known what is active there";
        };
    }

    /** Why a node that should be fenced is not; null if it can be. */
    @Nullable Cause unfenceable(Node node) {
        if (FenceActions.canFence(cluster, node)) {
            return null;
        }
        if (!cluster.options.fencingEnabled()) {
            return Cause.of("FencingDisabled", "fencing is disabled (stonith-enabled)")
                    .naming(options.property("stonith-enabled"));
        }
        if (!cluster.haveFencing) {
            return Cause.of("NoFencingDevice", "no fencing device is configured");
        }
        Cause cause =
                Cause.of("NoQuorum", "this partition has no quorum")
                        .naming(options.property("no-quorum-policy"));
        return Values.isTrue(cluster.cib.get("have-quorum"))
                ? cause
                : cause.unless(new Change.Quorate());
    }
}
