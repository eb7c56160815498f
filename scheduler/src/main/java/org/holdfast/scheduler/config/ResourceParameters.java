package org.holdfast.scheduler.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Instance attributes of resources; they can differ from node to node by their rules. */
public final class ResourceParameters {

    private ResourceParameters() {}

    /**
     * The parameters of a resource on a node, its ancestors' values behind its own; kept for the
     * run, so a change to the map stays.
     *
     * @param node null for the values that hold everywhere
     */
    public static Map<String, String> of(Resource resource, @Nullable Node node) {
        String key = node == null || !differByNode(resource) ? "" : node.name;
        Map<String, String> known = resource.parameterCache().get(key);
        if (known == null) {
            known = new LinkedHashMap<>();
            collect(resource, node, known);
            resource.parameterCache().put(key, known);
        }
        return known;
    }

    /** Whether rules, or sets that are elsewhere and may have rules, take part. */
    public static boolean differByNode(Resource resource) {
        Boolean known = resource.parametersDifferByNode;
        if (known == null) {
            known = false;
            for (Resource at = resource; at != null; at = at.parent) {
                for (Element set : at.xml.elements("instance_attributes")) {
                    known |= set.has("id-ref") || hasRuleOrReference(set);
                }
            }
            resource.parametersDifferByNode = known;
        }
        return known;
    }

    private static boolean hasRuleOrReference(Element set) {
        for (Element child : set.elements()) {
            if (!child.name().equals("nvpair") || child.has("id-ref")) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Resource resource, @Nullable Node node, Map<String, String> into) {
        RuleInput scope =
                node == null
                        ? resource.cluster.ruleInput
                        : resource.cluster.ruleInput.withNode(node.attributes);
        for (Resource at = resource; at != null; at = at.parent) {
            AttributeSets.collectOwn(at, "instance_attributes", scope, into);
        }
    }
}
