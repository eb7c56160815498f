package org.holdfast.scheduler.unpack;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.scheduler.model.Cluster;
import org.jspecify.annotations.Nullable;

/** Expands resources that refer to a template. */
final class Templates {

    private Templates() {}

    /**
     * The effective element: the template's attributes and children, then the resource's children;
     * the resource's operations replace the template's of the same name and role.
     *
     * @return the element itself if it names no template; null if the reference is wrong
     */
    static @Nullable Element expand(Cluster cluster, Element original) {
        String reference = original.get("template");
        if (reference == null) {
            return original;
        }
        String id = original.id();
        if (reference.equals(id)) {
            cluster.configError("The resource object '" + id + "' should not reference itself");
            return null;
        }
        Element template = find(cluster, reference);
        if (template == null) {
            cluster.configError("No template named '" + reference + "'");
            return null;
        }
        Element expanded = template.withName(original.name()).with("id", id);
        String clone = original.get("clone");
        if (clone != null) {
            expanded = expanded.with("clone", clone);
        }
        return expanded.withChildren(children(template, original));
    }

    private static @Nullable Element find(Cluster cluster, String id) {
        Element resources = cluster.cib.path("configuration", "resources");
        if (resources != null) {
            for (Element candidate : resources.elements("template")) {
                if (candidate.id().equals(id)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private static List<Node> children(Element template, Element original) {
        Element templateOperations = template.first("operations");
        Element ownOperations = original.first("operations");
        List<Node> children = new ArrayList<>();
        if (templateOperations == null || ownOperations == null) {
            children.addAll(template.children());
            children.addAll(original.children());
            return children;
        }
        for (Node child : template.children()) {
            if (child != templateOperations) {
                children.add(child);
            }
        }
        for (Node child : original.children()) {
            children.add(
                    child == ownOperations ? merged(ownOperations, templateOperations) : child);
        }
        return children;
    }

    private static Element merged(Element own, Element template) {
        Set<String> known = new LinkedHashSet<>();
        List<Node> all = new ArrayList<>(own.children());
        for (Element operation : own.elements()) {
            known.add(operationKey(operation));
        }
        for (Element operation : template.elements()) {
            if (!known.contains(operationKey(operation))) {
                all.add(operation);
            }
        }
        return own.withChildren(all);
    }

    private static String operationKey(Element operation) {
        String role = operation.getOr("role", "Unknown");
        if (role.equalsIgnoreCase("Started")
                || role.equalsIgnoreCase("Unpromoted")
                || role.equalsIgnoreCase("Slave")) {
            role = "Unknown";
        }
        return operation.get("name") + "-" + role;
    }
}
