package org.holdfast.cibxml.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;

/**
 * Ids in the configuration are unique, and what refers to an id finds it. The grammar says which
 * attributes are ids and references; those that only look like one (a node's, an ACL target's) do
 * not count.
 */
final class IdRules {

    private static final List<String> FREE_ID = List.of("node", "acl_target");
    private static final List<String> REFERENCE_BY_ID = List.of("resource_ref", "role", "role_ref");
    private static final List<String> CONSTRAINTS =
            List.of("rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket");
    private static final List<String> CONSTRAINT_REFERENCES =
            List.of("rsc", "with-rsc", "first", "then");
    private static final SchemaVersion LAST_WITH_STRICT_TAGS = new SchemaVersion(3, 2);

    private final boolean tagsAreReferences;
    private final Map<String, Element> seen = new TreeMap<>();
    private final List<SchemaViolation> violations = new ArrayList<>();

    private IdRules(SchemaVersion version) {
        this.tagsAreReferences = version.compareTo(LAST_WITH_STRICT_TAGS) <= 0;
    }

    static List<SchemaViolation> check(Element cib, SchemaVersion version) {
        IdRules rules = new IdRules(version);
        Element configuration = cib.first("configuration");
        if (configuration != null) {
            rules.collectIds(configuration);
            rules.checkReferences(configuration);
        }
        return rules.violations;
    }

    private void collectIds(Element element) {
        String id = element.get("id");
        if (id != null && !FREE_ID.contains(element.name()) && !isReferenceById(element)) {
            Element first = seen.putIfAbsent(id, element);
            if (first != null) {
                violations.add(duplicate(element, id, first));
            }
        }
        for (Element child : element.elements()) {
            collectIds(child);
        }
    }

    private boolean isReferenceById(Element element) {
        return REFERENCE_BY_ID.contains(element.name()) || element.name().equals("obj_ref");
    }

    private void checkReferences(Element element) {
        checkReference(element, "id-ref");
        if (REFERENCE_BY_ID.contains(element.name())
                || (tagsAreReferences && element.name().equals("obj_ref"))) {
            checkReference(element, "id");
        }
        if (CONSTRAINTS.contains(element.name())) {
            CONSTRAINT_REFERENCES.forEach(attribute -> checkReference(element, attribute));
        }
        switch (element.name()) {
            case "primitive" -> checkReference(element, "template");
            case "acl_permission" -> checkReference(element, "reference");
            case "read", "write", "deny" -> checkReference(element, "ref");
            default -> {}
        }
        for (Element child : element.elements()) {
            checkReferences(child);
        }
    }

    private void checkReference(Element element, String attribute) {
        String target = element.get(attribute);
        if (target != null && !seen.containsKey(target)) {
            violations.add(
                    new SchemaViolation(
                            element.line(),
                            element.name(),
                            element.id(),
                            attribute + " refers to \"" + target + "\", which does not exist"));
        }
    }

    private static SchemaViolation duplicate(Element element, String id, Element first) {
        String where = first.line() > 0 ? " in line " + first.line() : "";
        return new SchemaViolation(
                element.line(),
                element.name(),
                id,
                "the id is taken by <" + first.name() + ">" + where + "; choose another");
    }
}
