package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionReason;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Why actions must happen, or cannot: the chain from the action back to facts. */
final class ActionCauses {

    private static final int DEPTH_MAX = 8;
    private static final int WIDTH_MAX = 3;

    private final ReasonRecorder reasons;
    private final NodeCauses nodes;
    private final ResourceReasons ofResource;
    private final HistoryReasons ofHistory;
    private final OperationReasons ofOperation;
    private final NodeReasons ofNode;

    /** Actions on the chain that is being built, against circles. */
    private final List<Action> chain = new ArrayList<>();

    ActionCauses(Cluster cluster, ReasonRecorder reasons) {
        this.reasons = reasons;
        this.nodes = new NodeCauses(cluster, reasons);
        this.ofResource = new ResourceReasons(cluster, reasons);
        this.ofHistory = new HistoryReasons(cluster, reasons);
        this.ofOperation = new OperationReasons(cluster, reasons);
        this.ofNode = new NodeReasons(cluster, reasons);
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
        return switch (why) {
            case ActionReason.OfResource own ->
                    resource == null ? null : ofResource.of(resource, own);
            case ActionReason.OfHistory history -> ofHistory.of(action, history);
            case ActionReason.OfOperation operation -> ofOperation.of(resource, operation);
            case ActionReason.OfNode node -> ofNode.of(action, node);
            case ActionReason.OfActions other -> of(action, other, blocked);
        };
    }

    private Cause of(Action action, ActionReason.OfActions why, boolean blocked) {
        String kind = why.getClass().getSimpleName();
        return switch (why) {
            case ActionReason.StartRequired start ->
                    new Cause(
                            kind,
                            Words.action(start.start())
                                    + (blocked ? " is not possible" : " is required"),
                            List.of(),
                            blocked ? blocked(start.start()) : required(start.start()),
                            List.of());
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
