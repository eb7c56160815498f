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

    /** Adds meta-attributes of an operation or of the operation defaults; earlier values stay. */
    static void operationMeta(
            Resource resource,
            String task,
            long intervalMillis,
            Element source,
            Map<String, String> into) {
        Cluster cluster = resource.cluster;
        RuleInput input =
                cluster.ruleInput
                        .withAgent(
                                resource.xml.get("class"),
                                resource.xml.get("provider"),
                                resource.xml.get("type"))
                        .withOperation(task, intervalMillis);
        AttributeSets.collect(cluster, source, "meta_attributes", input, into);
    }

    /** Instance attributes that an operation sets itself. */
    static Map<String, String> operationParameters(
            Cluster cluster, Element config, @Nullable Node node) {
        Map<String, String> into = new LinkedHashMap<>();
        RuleInput input =
                node == null ? cluster.ruleInput : cluster.ruleInput.withNode(node.attributes);
        AttributeSets.collect(cluster, config, "instance_attributes", input, into);
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
