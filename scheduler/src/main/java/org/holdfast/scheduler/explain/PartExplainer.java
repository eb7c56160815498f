package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Explains what one run decided for single primitives. */
final class PartExplainer {

    private static final List<String> SHOWN =
            List.of(
                    Tasks.START,
                    Tasks.STOP,
                    Tasks.PROMOTE,
                    Tasks.DEMOTE,
                    Tasks.MIGRATE_TO,
                    Tasks.MIGRATE_FROM,
                    Tasks.RELOAD_AGENT);

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Sentences sentences;

    PartExplainer(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.sentences = new Sentences(cluster);
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
        List<String> from = resource.active.stream().map(node -> node.name).toList();
        return new Part(
                resource.id,
                from,
                chosen == null ? null : chosen.name,
                resource.role,
                chosen == null ? Role.STOPPED : after(resource),
                facts(resource),
                nodes,
                decision(resource, chosen, nodes),
                actions(resource));
    }

    private static Role after(Resource resource) {
        return resource.nextRole == Role.UNKNOWN ? Role.STARTED : resource.nextRole;
    }

    private NodeVerdict verdict(Resource resource, Node node, @Nullable Node chosen) {
        ScoredNode entry = resource.allowed.get(node);
        String obstacle = Sentences.obstacle(node);
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
                            sentences.of(resource, step.reason(), node, fell)));
        }
        return new NodeVerdict(node.name, verdict, score, obstacle, steps);
    }

    private List<String> facts(Resource resource) {
        List<String> facts = new ArrayList<>();
        if (resource.is(ResourceFlag.REMOVED)) {
            facts.add("it is no longer in the configuration");
        }
        if (resource.is(ResourceFlag.MAINTENANCE)) {
            facts.add("it is in maintenance");
        } else if (!resource.isManaged()) {
            facts.add(
                    cluster.options.fencingEnabled() && !cluster.haveFencing
                            ? "nothing is managed, because fencing is enabled and no fencing device is configured"
                            : "it is not managed");
        }
        if (resource.is(ResourceFlag.BLOCKED)) {
            facts.add("it is blocked by a failure that an administrator must clear");
        }
        if (resource.is(ResourceFlag.FAILED)) {
            facts.add("its last operation failed");
        }
        if (cluster.options.stopAll()) {
            facts.add("all resources are to be stopped (stop-all-resources)");
        }
        if (!cluster.quorate) {
            facts.add(
                    "this partition has no quorum (no-quorum-policy="
                            + cluster.options
                                    .noQuorumPolicy()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                            + ")");
        }
        String target = resource.meta("target-role");
        if (target != null && !target.equalsIgnoreCase("Started")) {
            facts.add("its target-role is " + target);
        }
        return facts;
    }

    private String decision(Resource resource, @Nullable Node chosen, List<NodeVerdict> nodes) {
        if (Sentences.isLeftAlone(resource)) {
            return chosen == null ? "it is left stopped" : "it is left where it is";
        }
        if (chosen == null) {
            return "no node can take it";
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

    private static List<PlannedAction> actions(Resource resource) {
        List<PlannedAction> planned = new ArrayList<>();
        for (Action action : resource.actions) {
            if (!action.isOptional() && SHOWN.contains(action.task)) {
                planned.add(
                        new PlannedAction(
                                action.task,
                                action.node == null ? null : action.node.name,
                                !action.isRunnable() && !action.isPseudo(),
                                action.reason));
            }
        }
        return planned;
    }
}
