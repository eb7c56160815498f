package org.holdfast.scheduler.constraints;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Evaluates location rules at the run's time. */
final class ConfiguredRules implements RuleGate {

    private final Cluster cluster;

    ConfiguredRules(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public boolean holds(Element rule, Resource resource, Node node, @Nullable Submatches match) {
        Map<String, String> parameters =
                comparesWithParameters(rule) || ResourceParameters.differByNode(resource)
                        ? ResourceParameters.of(resource, node)
                        : Map.of();
        RuleInput input =
                cluster.ruleInput.withNode(node.attributes).withSources(parameters, resource.meta);
        if (match != null) {
            List<@Nullable String> groups = Arrays.asList(match.groups());
            input = input.withMatchedGroups(groups);
        }
        return cluster.rules.evaluate(rule, input).passes();
    }

    /**
     * Parameters are worth reading only if they are needed; other rules may be referred to.
     * Parameters with rules of their own are read all the same: when these rules change, the
     * cluster has to be looked at again.
     */
    private static boolean comparesWithParameters(Element element) {
        if ("param".equals(element.get("value-source")) || element.has("id-ref")) {
            return true;
        }
        for (Element child : element.elements()) {
            if (comparesWithParameters(child)) {
                return true;
            }
        }
        return false;
    }
}
