package org.holdfast.scheduler.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Where operations get attribute sets, parameters and times from: the one seam to {@code config}.
 */
final class AttributeSource {

    private AttributeSource() {}

    /** Adds meta-attributes of an operation or of the operation defaults; earlier values stay. */
    static void operationMeta(
            Resource resource,
            String task,
            long intervalMillis,
            Element source,
            Map<String, String> into) {
        addSets(source, "meta_attributes", into);
    }

    /** Instance attributes that an operation sets itself. */
    static Map<String, String> operationParameters(
            Cluster cluster, Element config, @Nullable Node node) {
        Map<String, String> into = new LinkedHashMap<>();
        addSets(config, "instance_attributes", into);
        return into;
    }

    /** A resource's instance attributes for a node. */
    static Map<String, String> parameters(Resource resource, @Nullable Node node) {
        Map<String, String> into = new LinkedHashMap<>();
        addSets(resource.xml, "instance_attributes", into);
        return into;
    }

    private static void addSets(Element source, String tag, Map<String, String> into) {
        for (Element set : source.elements(tag)) {
            for (Element pair : set.elements("nvpair")) {
                String name = pair.get("name");
                String value = pair.get("value");
                if (name != null && value != null) {
                    into.putIfAbsent(name, value);
                }
            }
        }
    }

    static @Nullable Long durationMillis(String text) {
        return null;
    }

    static @Nullable Long epochSeconds(String text) {
        return null;
    }
}
