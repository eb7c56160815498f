package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Planned;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Explains what one run decided for single primitives. */
final class PartExplainer {

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final ScoreCauses scores;
    private final StateCauses states;
    private final NodeCauses obstacles;
    private final ActionCauses actions;

    PartExplainer(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.scores = new ScoreCauses(cluster, reasons);
        this.states = new StateCauses(cluster, reasons);
        this.obstacles = new NodeCauses(cluster, reasons);
        this.actions = new ActionCauses(cluster, reasons);
    }

    Part explain(Resource resource) {
        Node chosen = resource.assignedNode();
        List<NodeVerdict> nodes = new ArrayList<>();
        for (Node node : cluster.nodes) {
            if (!node.isBundleNode() || resource.allowed.scoreOr(node, -1) >= 0) {
                nodes.add(verdict(resource, node, chosen));
            }
        }
        nodes.sort(
                Comparator.comparing((NodeVerdict node) -> node.verdict().ordinal())
                        .thenComparing(node -> -node.score()));
        List<String> after = new ArrayList<>();
        Outcome.after(resource).forEach((node, state) -> after.add(state + " on " + node.name));
        return new Part(
                resource.id,
                resource.active.stream().map(node -> node.name).toList(),
                chosen == null ? null : chosen.name,
                after,
                resource.role,
                chosen == null ? Role.STOPPED : roleAfter(resource),
                facts(resource),
                nodes,
                decision(resource, chosen, nodes),
                plannedActions(resource));
    }

    private List<Cause> facts(Resource resource) {
        List<Cause> facts = new ArrayList<>(states.of(resource));
        facts.addAll(scores.promotion(resource));
        return facts;
    }

    private static Role roleAfter(Resource resource) {
        return resource.nextRole == Role.UNKNOWN ? Role.STARTED : resource.nextRole;
    }

    private NodeVerdict verdict(Resource resource, Node node, @Nullable Node chosen) {
        ScoredNode entry = resource.allowed.get(node);
        Cause obstacle = obstacles.obstacle(node);
        int score = entry == null ? Score.MINUS_INFINITY : entry.score;
        Verdict verdict;
        if (node == chosen) {
            verdict = Verdict.CHOSEN;
        } else if (entry == null) {
            verdict = Verdict.NOT_ALLOWED;
        } else if (obstacle != null) {
            verdict = Verdict.UNAVAILABLE;
        } else {
            verdict = score < 0 ? Verdict.BANNED : Verdict.WORSE;
        }
        List<Step> steps = new ArrayList<>();
        for (ReasonRecorder.Entry step : reasons.wayTo(resource, node, score)) {
            boolean fell = step.after() < step.before();
            steps.add(
                    new Step(
                            step.reason(),
                            step.before(),
                            step.after(),
                            scores.of(resource, step.reason(), node, fell)));
        }
        return new NodeVerdict(node.name, verdict, score, obstacle, steps);
    }

    private String decision(Resource resource, @Nullable Node chosen, List<NodeVerdict> nodes) {
        if (!resource.isManaged() || resource.is(ResourceFlag.BLOCKED)) {
            return chosen == null && resource.active.isEmpty()
                    ? "it is left stopped"
                    : "it is left where it is";
        }
        if (chosen == null) {
            return cluster.options.stopAll()
                    ? "everything is to be stopped"
                    : resource.nextRole == Role.STOPPED && isHeldDown(resource)
                            ? "it is to be stopped"
                            : "no node can take it";
        }
        NodeVerdict first = nodes.getFirst();
        NodeVerdict second = null;
        for (NodeVerdict node : nodes.subList(1, nodes.size())) {
            if (node.verdict() == Verdict.WORSE) {
                second = node;
                break;
            }
        }
        if (second == null) {
            return chosen.name + " is the only node that can take it";
        }
        if (second.score() < first.score()) {
            return "%s has the highest score (%s, next is %s with %s)"
                    .formatted(
                            first.node(),
                            Score.text(first.score()),
                            second.node(),
                            Score.text(second.score()));
        }
        if (second.score() > first.score()) {
            return first.node() + " was settled by a resource that it belongs to";
        }
        return resource.active.contains(chosen)
                ? "scores are equal, and it is on " + chosen.name + " already"
                : "scores are equal, and "
                        + chosen.name
                        + " had more room, fewer resources or the first name when it was chosen";
    }

    private static boolean isHeldDown(Resource resource) {
        String target = resource.meta("target-role");
        return target != null && target.equalsIgnoreCase("Stopped");
    }

    private List<PlannedAction> plannedActions(Resource resource) {
        List<PlannedAction> planned = new ArrayList<>();
        for (Action action : resource.actions) {
            if (!action.isOptional()) {
                planned.add(planned(action));
            }
        }
        return planned;
    }

    /** An action that is wanted, with why and why not. */
    PlannedAction planned(Action action) {
        List<Cause> obstacles = List.of();
        Planned state = Planned.YES;
        Resource resource = action.resource;
        if (!Outcome.isPlanned(action)) {
            if (action.isRunnable() && resource != null && !resource.isManaged()) {
                state = Planned.UNMANAGED;
                obstacles = states.unmanaged(resource);
            } else {
                state = Planned.BLOCKED;
                obstacles = actions.blocked(action);
            }
        }
        List<Cause> required = actions.required(action);
        if (required.isEmpty()) {
            String whose = resource == null ? "things" : resource.id;
            required =
                    List.of(
                            Cause.of(
                                    "Follows",
                                    "it follows from the role and place that "
                                            + whose
                                            + " shall have"));
        }
        return new PlannedAction(
                action.key,
                action.cancelTask == null ? action.task : action.task + " " + action.cancelTask,
                OpKey.intervalOf(action.key),
                action.node == null ? null : action.node.name,
                state,
                required,
                obstacles,
                action.reason);
    }
}
