package org.holdfast.scheduler.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.nvpair.NvPairs;
import org.holdfast.cib.rule.RuleInput;
import org.holdfast.scheduler.model.Resource;

/** Effective meta-attributes of resources. */
public final class MetaAttributes {

    private MetaAttributes() {}

    /**
     * Fills a resource's meta-attributes: the element's own XML attributes, its sets, those of its
     * ancestors, the defaults, and last what ancestors have from elsewhere.
     */
    public static void collect(Resource resource) {
        Map<String, String> into = resource.meta;
        resource.xml.forEachAttribute((name, value) -> addUnset(resource, name, value));
        Element xml = resource.xml;
        RuleInput scope =
                resource.cluster.ruleInput.withAgent(
                        xml.get("class"), xml.get("provider"), xml.get("type"));
        AttributeSets.collectOwn(resource, "meta_attributes", scope, into);

        Map<String, String> inherited = new LinkedHashMap<>();
        for (Resource at = resource.parent; at != null; at = at.parent) {
            AttributeSets.collectOwn(at, "meta_attributes", scope, inherited);
        }
        inherited.forEach((name, value) -> addUnset(resource, name, value));

        AttributeSets.collect(
                resource.cluster,
                resource.cluster.resourceDefaults,
                "meta_attributes",
                scope,
                into);
        if (resource.parent != null) {
            resource.parent.meta.forEach((name, value) -> addUnset(resource, name, value));
        }
    }

    private static void addUnset(Resource resource, String name, String value) {
        if (value.equalsIgnoreCase("#default")) {
            resource.cluster.configWarning(NvPairs.unsetting(name));
        } else {
            resource.meta.putIfAbsent(name, value);
        }
    }
}
