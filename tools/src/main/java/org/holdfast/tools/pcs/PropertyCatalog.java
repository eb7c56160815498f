package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.AgentCatalog;
import org.jspecify.annotations.Nullable;

/** The cluster options that can be set, with their types and defaults. */
final class PropertyCatalog {

    /** Options that the cluster sets itself. */
    static final Set<String> READ_ONLY =
            Set.of(
                    "cluster-infrastructure",
                    "cluster-name",
                    "dc-version",
                    "have-watchdog",
                    "last-lrm-refresh");

    /**
     * One option.
     *
     * @param type one of Pacemaker's type names ({@code boolean}, {@code select}...)
     * @param fallback the value that counts when it is not set, or null
     * @param values what a {@code select} may be
     */
    record Property(
            String name,
            String type,
            @Nullable String fallback,
            List<String> values,
            boolean advanced,
            boolean deprecated,
            List<String> deprecatedBy,
            String shortText,
            String longText) {}

    private PropertyCatalog() {}

    /** The options by name, as the cluster's own description lists them. */
    static Map<String, Property> load(AgentCatalog catalog) {
        Map<String, Property> all = new TreeMap<>();
        Element description = catalog.metadata("holdfast", "", "cluster");
        Element parameters = description == null ? null : description.first("parameters");
        if (parameters == null) {
            ClusterOptions.all().forEach(option -> all.put(option.name(), option));
            return all;
        }
        for (Element parameter : parameters.elements("parameter")) {
            Property property = parse(parameter);
            all.put(property.name, property);
        }
        return all;
    }

    private static Property parse(Element parameter) {
        Element content = parameter.first("content");
        List<String> values = new ArrayList<>();
        String type = "string";
        String fallback = null;
        if (content != null) {
            type = content.getOr("type", "string");
            fallback = content.get("default");
            content.elements("option").forEach(option -> values.add(option.getOr("value", "")));
        }
        Element deprecated = parameter.first("deprecated");
        List<String> by = new ArrayList<>();
        if (deprecated != null) {
            deprecated.elements("replaced-with").forEach(e -> by.add(e.getOr("name", "")));
        }
        return new Property(
                parameter.getOr("name", ""),
                type,
                fallback,
                values,
                parameter.getOr("advanced", "0").equals("1"),
                deprecated != null,
                by,
                text(parameter, "shortdesc"),
                text(parameter, "longdesc"));
    }

    private static String text(Element parameter, String tag) {
        Element text = parameter.first(tag);
        return text == null ? "" : text.text().strip();
    }
}
