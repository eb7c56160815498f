package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.explain.Change.ParametersRestored.Digests;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.ActionReason.NodeUnusable;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.ParameterDigests;
import org.jspecify.annotations.Nullable;

/** Why actions must happen, or cannot: the chain from the action back to facts. */
final class ActionCauses {

    private static final int DEPTH_MAX = 8;
    private static final int WIDTH_MAX = 3;

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Options options;
    private final StateCauses states;
    private final NodeCauses nodes;
    private final FailureCauses failures;
    private final ScoreCauses scores;

    /** Actions on the chain that is being built, against circles. */
    private final List<Action> chain = new ArrayList<>();

    ActionCauses(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.options = new Options(cluster);
        this.states = new StateCauses(cluster, reasons);
        this.nodes = new NodeCauses(cluster, reasons);
        this.failures = new FailureCauses(cluster, reasons);
        this.scores = new ScoreCauses(cluster, reasons);
    }

    /** Why an action must happen. */
    List<Cause> required(Action action) {
        return causes(action, reasons.whyRequired(action), false);
    }

    /** Why an action cannot happen; empty if it can. */
    List<Cause> blocked(Action action) {
        if (action.isRunnable()) {
            Node node = action.node;
            if (node != null
                    && action.resource != null
                    && !action.isPseudo()
                    && (!node.online || node.unclean)) {
                Cause obstacle = nodes.obstacle(node);
                return obstacle == null ? List.of() : List.of(obstacle);
            }
            return List.of();
        }
        List<Cause> causes = causes(action, reasons.whyBlocked(action), true);
        return causes.isEmpty()
                ? List.of(Cause.of("Blocked", "something that it depends on cannot happen"))
                : causes;
    }

    private List<Cause> causes(Action action, List<ActionReason> whys, boolean blocked) {
        if (chain.size() >= DEPTH_MAX || chain.contains(action)) {
            return List.of();
        }
        chain.add(action);
        List<Cause> causes = new ArrayList<>();
        for (ActionReason why : whys) {
            if (causes.size() >= WIDTH_MAX) {
                break;
            }
            if (isCircle(why) || isRepetition(why, whys)) {
                continue;
            }
            Cause cause = of(action, why, blocked);
            if (cause != null
                    && causes.stream().noneMatch(known -> known.text().equals(cause.text()))) {
                causes.add(cause);
            }
        }
        chain.removeLast();
        return causes;
    }

    /** What a failure asks for is the recovery. */
    private static boolean isRepetition(ActionReason why, List<ActionReason> whys) {
        return why instanceof ActionReason.Recovery
                && whys.stream()
                        .anyMatch(other ->
                                other instanceof ActionReason.FailureResponse
                                        || other instanceof ActionReason.InsideFailed);
    }

    /** An action that is required because of one that is on the chain already explains nothing. */
    private boolean isCircle(ActionReason why) {
        return switch (why) {
            case ActionReason.Ordered ordered -> chain.contains(ordered.cause());
            case ActionReason.OfPart part -> chain.contains(part.part());
            case ActionReason.WithBlocked with -> chain.contains(with.cause());
            case ActionReason.StartRequired start -> chain.contains(start.start());
            case ActionReason.Notification around -> chain.contains(around.around());
            default -> false;
        };
    }

    private @Nullable Cause of(Action action, ActionReason why, boolean blocked) {
        Resource resource = action.resource;
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.RoleChange change ->
                    resource == null ? null : roleChange(resource, change);
            case ActionReason.Move move ->
                    resource == null
                            ? null
                            : Cause.of(
                                            kind,
                                            resource.id
                                                    + " moves from "
                                                    + move.from().name
                                                    + " to "
                                                    + move.to().name)
                                    .since(scores.whyLeave(resource, move.from(), move.to()));
            case ActionReason.NoPlace _ ->
                    resource == null
                            ? null
                            : Cause.of(kind, "no node can run " + resource.id)
                                    .since(notRunning(resource));
            case ActionReason.Recovery _ ->
                    resource == null
                            ? null
                            : Cause.of(kind, resource.id + " is recovered from a failure")
                                    .since(recovery(resource));
            case ActionReason.Blocked _ ->
                    resource == null
                            ? null
                            : Cause.of(kind, resource.id + " is blocked")
                                    .since(states.unmanaged(resource));
            case ActionReason.MultiplyActive _ ->
                    resource == null ? null : states.multiplyActive(resource);
            case ActionReason.LiveMigration migration ->
                    Cause.of(
                                    kind,
                                    "it can be migrated live from "
                                            + migration.source().name
                                            + " to "
                                            + migration.target().name
                                            + " (allow-migrate)")
                            .naming(
                                    resource == null
                                            ? null
                                            : options.meta(resource, "allow-migrate"))
                            .since(
                                    resource == null
                                            ? List.of()
                                            : scores.whyLeave(
                                                    resource,
                                                    migration.source(),
                                                    migration.target()));
            case ActionReason.BrokenMigration broken -> brokenMigration(action, broken);
            case ActionReason.DanglingSource dangling ->
                    Cause.of(
                                    kind,
                                    "after a migration that did not end well it may still be active on "
                                            + dangling.source().name)
                            .naming(Type.NODE, dangling.source().name)
                            .since(resource == null ? List.of() : failures.of(resource));
            case ActionReason.MigrationSourceLost lost ->
                    Cause.of(
                                    kind,
                                    "it was being migrated away from "
                                            + lost.source().name
                                            + ", which is lost")
                            .naming(
                                    new Reference(
                                            Type.HISTORY, lost.entry().id(), lost.source().name))
                            .unless(new Change.NodeOnline(lost.source().name));
            case ActionReason.StartRequired start ->
                    new Cause(
                            kind,
                            Words.action(start.start())
                                    + (blocked ? " is not possible" : " is required"),
                            List.of(),
                            blocked ? blocked(start.start()) : required(start.start()),
                            List.of());
            case ActionReason.NoStart _ ->
                    Cause.of(kind, "it cannot be started where it should be promoted");
            case ActionReason.Unmanaged _ ->
                    resource == null
                            ? null
                            : Cause.of(kind, resource.id + " may not be touched")
                                    .since(states.unmanaged(resource));
            case ActionReason.FailureResponse response ->
                    resource == null ? null : failureResponse(resource, response);
            case ActionReason.InsideFailed inside -> insideFailed(action, inside);
            case ActionReason.ParametersChanged changed -> parametersChanged(action, changed);
            case ActionReason.AgentChanged changed -> agentChanged(action, changed);
            case ActionReason.HistoryOutdated outdated ->
                    Cause.of(
                            kind,
                            "what "
                                    + outdated.node().name
                                    + " remembers of it is of a resource or agent that is no"
                                    + " longer configured");
            case ActionReason.FailureOver over -> failureOver(action, over);
            case ActionReason.RemovedWithFailures _ ->
                    Cause.of(kind, "it is no longer configured, so its failures are forgotten");
            case ActionReason.LockOver over ->
                    Cause.of(kind, "its shutdown lock to " + over.node().name + " is over")
                            .naming(Type.NODE, over.node().name);
            case ActionReason.StateUnknown unknown ->
                    Cause.of(kind, "its state there is not known")
                            .naming(Type.NODE, unknown.node().name);
            case ActionReason.OperationDue due ->
                    Cause.of(
                                    kind,
                                    "operation "
                                            + due.operationId()
                                            + " is configured"
                                            + (due.role() == Role.UNKNOWN
                                                    ? ""
                                                    : " for role " + due.role().text())
                                            + " and does not run there yet")
                            .naming(options.operation(due.operationId()));
            case ActionReason.OtherRole other ->
                    Cause.of(
                                    kind,
                                    "operation "
                                            + other.operationId()
                                            + " is not for the role that it will have")
                            .naming(options.operation(other.operationId()));
            case ActionReason.OperationRemoved removed ->
                    Cause.of(
                                    kind,
                                    "its "
                                            + Words.operation(removed.entry())
                                            + " is no longer configured")
                            .naming(
                                    new Reference(
                                            Type.HISTORY,
                                            removed.entry().id(),
                                            removed.node().name));
            case ActionReason.Maintenance maintenance ->
                    Cause.of(kind, "it is in maintenance, so nothing recurs")
                            .naming(
                                    new Reference(
                                            Type.HISTORY,
                                            maintenance.entry().id(),
                                            maintenance.node().name))
                            .since(resource == null ? List.of() : states.unmanaged(resource));
            case ActionReason.NodeUnusable unusable -> unusable(action, unusable);
            case ActionReason.NoQuorum _ -> states.noQuorum();
            case ActionReason.NodeShutdown shutdown -> {
                Node node = shutdown.node();
                yield Cause.of(kind, "node " + node.name + " was asked to shut down")
                        .naming(Type.NODE, node.name)
                        .naming(options.attribute(node, "shutdown"))
                        .unless(new Change.WithoutNodeAttribute(node.name, "shutdown"));
            }
            case ActionReason.NodeUnclean unclean ->
                    Cause.of(kind, "node " + unclean.node().name + " is unclean")
                            .naming(Type.NODE, unclean.node().name)
                            .since(nodes.fencing(unclean.node()));
            case ActionReason.Unfencing unfencing ->
                    Cause.of(kind, "node " + unfencing.node().name + " must be unfenced")
                            .naming(Type.NODE, unfencing.node().name)
                            .since(nodes.fencing(unfencing.node()));
            case ActionReason.Ordered ordered -> ordered(action, ordered, blocked);
            case ActionReason.WithBlocked with -> withBlocked(with);
            case ActionReason.OfPart part ->
                    new Cause(
                            kind,
                            Words.action(part.part())
                                    + (blocked ? " is not possible" : " is planned"),
                            List.of(),
                            blocked ? blocked(part.part()) : required(part.part()),
                            List.of());
            case ActionReason.OfParts _ ->
                    Cause.of(kind, "it stands for what its instances or members do");
            case ActionReason.NoPart _ -> Cause.of(kind, "none of its instances or members can");
            case ActionReason.TooFewBefore few ->
                    Cause.of(
                            kind,
                            "at least "
                                    + few.wanted()
                                    + " must be able to run before, and too few can");
            case ActionReason.Notification notification ->
                    new Cause(
                            kind,
                            "instances are told of " + Words.action(notification.around()),
                            List.of(),
                            blocked ? List.of() : required(notification.around()),
                            List.of());
            case ActionReason.NothingToFollow nothing ->
                    Cause.of(kind, "there is no " + nothing.key() + " to follow");
        };
    }

    private Cause roleChange(Resource resource, ActionReason.RoleChange change) {
        Node place = resource.assignedNode();
        if (change.to() == Role.STOPPED) {
            return Cause.of("RoleChange", resource.id + " is to be stopped")
                    .since(notRunning(resource));
        }
        String where = place == null ? "" : " on " + place.name;
        boolean promotion = change.from() == Role.PROMOTED || change.to() == Role.PROMOTED;
        Cause cause =
                Cause.of(
                        "RoleChange",
                        resource.id
                                + " is "
                                + Words.state(change.from())
                                + " and is to be "
                                + Words.state(change.to())
                                + where);
        if (!promotion) {
            return cause;
        }
        List<Cause> because = new ArrayList<>(states.of(resource));
        because.addAll(scores.promotion(resource));
        return cause.since(because);
    }

    private List<Cause> notRunning(Resource resource) {
        return scores.notRunning(resource, 1);
    }

    private List<Cause> recovery(Resource resource) {
        List<Cause> causes = new ArrayList<>(failures.of(resource));
        if (causes.isEmpty() && resource.launcher != null) {
            causes.addAll(failures.of(resource.launcher));
        }
        for (Resource launched : resource.launched) {
            causes.addAll(failures.of(launched));
        }
        if (causes.isEmpty()) {
            for (Node node : cluster.nodes) {
                if (node.remote != null
                        && (node.remote == resource || node.remote.launcher == resource)) {
                    causes.addAll(nodes.fencing(node));
                }
            }
        }
        return causes;
    }

    private Cause failureResponse(Resource resource, ActionReason.FailureResponse response) {
        List<Cause> on = failures.on(resource, response.node());
        String what =
                switch (response.onFail()) {
                    case RESTART -> "it is restarted after a failure";
                    case DEMOTE -> "it is demoted after a failure (on-fail=demote)";
                    case RESET_REMOTE -> "its connection is reset after a failure";
                    case RESTART_CONTAINER -> "its container is restarted after a failure";
                    case IGNORE, BAN, BLOCK, STOP, STANDBY_NODE, FENCE_NODE ->
                            "a failure asks for it (on-fail=" + response.onFail().text() + ")";
                };
        return Cause.of("FailureResponse", what).since(on.isEmpty() ? failures.of(resource) : on);
    }

    private Cause insideFailed(Action action, ActionReason.InsideFailed inside) {
        List<Cause> because = new ArrayList<>();
        Resource container = action.resource;
        if (container != null) {
            for (Resource launched : container.launched) {
                because.addAll(failures.of(launched));
            }
        }
        return Cause.of("InsideFailed", "what runs inside failed on " + inside.node().name)
                .naming(Type.NODE, inside.node().name)
                .since(because);
    }

    private Cause brokenMigration(Action action, ActionReason.BrokenMigration broken) {
        String from = broken.source() == null ? "" : " from " + broken.source().name;
        String to = broken.target() == null ? "" : " to " + broken.target().name;
        return Cause.of(
                        "BrokenMigration",
                        "a migration" + from + to + " was begun and cannot be completed")
                .since(action.resource == null ? List.of() : failures.of(action.resource));
    }

    private Cause parametersChanged(Action action, ActionReason.ParametersChanged changed) {
        Element entry = changed.entry();
        String effect =
                switch (changed.effect()) {
                    case RESTART -> "";
                    case RELOAD -> ", which its agent can take over without a restart";
                    case RESCHEDULE -> ", so the operation is set up anew";
                    case CLEAR_FAILURES -> ", so earlier failures count no more";
                };
        Cause cause =
                Cause.of(
                                "ParametersChanged",
                                "its parameters are not those that its "
                                        + Words.operation(entry)
                                        + " was run with on "
                                        + changed.node().name
                                        + Words.when(entry)
                                        + effect)
                        .naming(new Reference(Type.HISTORY, entry.id(), changed.node().name));
        Resource resource = action.resource;
        return resource == null ? cause : cause.unless(restored(resource, changed.node()));
    }

    private Change restored(Resource resource, Node node) {
        String name = FailCounts.baseName(resource.id);
        List<Digests> digests = new ArrayList<>();
        for (Element history : cluster.history.resourcesOn(node.name)) {
            if (!FailCounts.baseName(history.id()).equals(name)) {
                continue;
            }
            for (Element entry : history.elements("lrm_rsc_op")) {
                if (entry.has("op-digest")) {
                    ParameterDigests today = ParameterDigests.ofEntry(resource, entry, node);
                    digests.add(new Digests(entry.id(), today.all(), today.restart()));
                }
            }
        }
        return new Change.ParametersRestored(name, node.name, digests);
    }

    private static Cause agentChanged(Action action, ActionReason.AgentChanged changed) {
        Element history = changed.history();
        String standard = history.getOr("class", "");
        String provider = history.get("provider");
        String type = history.getOr("type", "");
        Cause cause =
                Cause.of(
                                "AgentChanged",
                                "on "
                                        + changed.node().name
                                        + " it was started with another agent: "
                                        + standard
                                        + (provider == null ? "" : ":" + provider)
                                        + ":"
                                        + type)
                        .naming(Type.NODE, changed.node().name);
        return action.resource == null
                ? cause
                : cause.unless(
                        new Change.AgentRestored(
                                action.resource.xml.id(), standard, provider, type));
    }

    private static Cause failureOver(Action action, ActionReason.FailureOver over) {
        String text =
                switch (over.why()) {
                    case EXPIRED -> "its failure is over by time (failure-timeout)";
                    case RECONNECT -> "the connection is tried again (reconnect_interval)";
                    case PARAMETERS_CHANGED -> "its parameters changed since it failed";
                };
        return Cause.of("FailureOver", text)
                .naming(new Reference(Type.HISTORY, over.entry().id(), over.node().name));
    }

    private @Nullable Cause unusable(Action action, NodeUnusable unusable) {
        Node node = unusable.node();
        if (node == null) {
            Resource resource = action.resource;
            return resource == null
                    ? null
                    : Cause.of("NoPlace", "there is no node for " + Words.action(action))
                            .since(
                                    resource.assignedNode() == null
                                            ? notRunning(resource)
                                            : List.of());
        }
        Cause obstacle = nodes.obstacle(node);
        if (obstacle != null) {
            return obstacle;
        }
        Cause unfenceable = nodes.unfenceable(node);
        Cause cause =
                Cause.of(
                                "NodeUnusable",
                                unusable.state() == NodeUnusable.State.HOST_UNFENCED
                                        ? "the host of guest node "
                                                + node.name
                                                + " is lost and cannot be fenced"
                                        : "node " + node.name + " is not available")
                        .naming(Type.NODE, node.name);
        return unfenceable == null ? cause : cause.since(List.of(unfenceable));
    }

    private Cause withBlocked(ActionReason.WithBlocked with) {
        String id = with.colocationId();
        Cause cause =
                new Cause(
                        "WithBlocked",
                        "it must be with "
                                + (with.cause().resource == null ? "" : with.cause().resource.id)
                                + " ("
                                + ScoreCauses.colocation(id)
                                + "), and "
                                + Words.action(with.cause())
                                + " is not possible",
                        List.of(),
                        blocked(with.cause()),
                        List.of());
        return id.startsWith("#")
                ? cause
                : cause.naming(Type.CONSTRAINT, id).unless(new Change.WithoutConstraint(id));
    }

    private Cause ordered(Action action, ActionReason.Ordered ordered, boolean blocked) {
        Action cause = ordered.cause();
        String constraint = Relations.constraintBetween(action, cause);
        boolean causeBlocked =
                blocked && (!cause.isRunnable() || ordered.rule() != OrderingFlag.ASYMMETRIC);
        String text =
                Words.action(cause)
                        + (blocked
                                ? cause.isRunnable() ? " is not planned" : " is not possible"
                                : Relations.isAfter(action, cause) ? " comes first" : " needs it")
                        + " ("
                        + Relations.relation(action, cause, constraint)
                        + ")";
        Cause result =
                new Cause(
                        "Ordered",
                        text,
                        List.of(),
                        causeBlocked && !cause.isRunnable() ? blocked(cause) : required(cause),
                        List.of());
        if (cause.resource != null) {
            result = result.naming(Type.RESOURCE, cause.resource.id);
        }
        return constraint == null
                ? result
                : result.naming(Type.CONSTRAINT, constraint)
                        .unless(new Change.WithoutConstraint(constraint));
    }
}
