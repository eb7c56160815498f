package org.holdfast.scheduler.constraints;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.reference.References;
import org.holdfast.cib.rule.RuleEvaluator;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Evaluates location rules at the run's time, and asks for another run when one of them will change. */
final class ConfiguredRules implements RuleGate {

    private final Cluster cluster;
    private final RuleInput base;
    private final RuleEvaluator evaluator;

    ConfiguredRules(Cluster cluster) {
        this.cluster = cluster;
        this.base = RuleInput.at(TimeContext.utc(cluster.now));
        this.evaluator = new RuleEvaluator(new References(cluster.cib));
    }

    @Override
    public boolean holds(Element rule, Resource resource, Node node, @Nullable Submatches match) {
        RuleInput input =
                base.withNode(node.attributes).withSources(parameters(resource, node), resource.meta);
        if (match != null) {
            List<@Nullable String> groups = Arrays.asList(match.groups());
            input = input.withMatchedGroups(groups);
        }
        boolean holds = evaluator.evaluate(rule, input).passes();
        CibTime next = evaluator.nextChange();
        if (next != null && next.isDefined()) {
            cluster.recheckAt(next.epochSeconds());
        }
        return holds;
    }

    private static Map<String, String> parameters(Resource resource, Node node) {
        return resource.parameterCache().getOrDefault(node.name, Map.of());
    }
}
