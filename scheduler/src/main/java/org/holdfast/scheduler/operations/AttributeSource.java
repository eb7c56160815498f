package org.holdfast.scheduler.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.cib.time.TimeParser;
import org.holdfast.cib.time.TimeSyntaxException;
import org.holdfast.scheduler.config.AttributeSets;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Attribute sets of operations with what their rules may look at. */
final class AttributeSource {

    private AttributeSource() {}

    /** Adds meta-attributes of a configured operation; earlier values stay. */
    static void operationMeta(
            Resource resource,
            String task,
            long intervalMillis,
            Element config,
            Map<String, String> into) {
        RuleInput input = scope(resource, task, intervalMillis);
        AttributeSets.collectOfOperation(resource, config, "meta_attributes", input, into);
    }

    /** Adds meta-attributes that the operation defaults have for one; earlier values stay. */
    static void defaultMeta(
            Resource resource,
            String task,
            long intervalMillis,
            Element defaults,
            Map<String, String> into) {
        RuleInput input = scope(resource, task, intervalMillis);
        AttributeSets.collect(resource.cluster, defaults, "meta_attributes", input, into);
    }

    private static RuleInput scope(Resource resource, String task, long intervalMillis) {
        Element xml = resource.xml;
        return resource.cluster
                .ruleInput
                .withAgent(xml.get("class"), xml.get("provider"), xml.get("type"))
                .withOperation(task, intervalMillis);
    }

    /** Instance attributes that an operation sets itself. */
    static Map<String, String> operationParameters(
            Resource resource, Element config, @Nullable Node node) {
        Map<String, String> into = new LinkedHashMap<>();
        Cluster cluster = resource.cluster;
        RuleInput input =
                node == null ? cluster.ruleInput : cluster.ruleInput.withNode(node.attributes);
        AttributeSets.collectOfOperation(resource, config, "instance_attributes", input, into);
        return into;
    }

    /** A date and time as epoch seconds; null if it is none. */
    static @Nullable Long epochSeconds(Cluster cluster, String text) {
        try {
            return TimeParser.parseDate(text, cluster.ruleInput.timeContext()).epochSeconds();
        } catch (TimeSyntaxException e) {
            return null;
        }
    }
}
