package org.holdfast.cibxml.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

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

    private final SchemaVersion version;
    private final Map<String, Element> seen = new TreeMap<>();
    private final List<SchemaViolation> violations = new ArrayList<>();

    private IdRules(SchemaVersion version) {
        this.version = version;
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
        String id = idOf(element);
        if (id != null) {
            Element first = seen.putIfAbsent(id, element);
            if (first != null) {
                violations.add(duplicate(element, id, first));
            }
        }
        for (Element child : element.elements()) {
            collectIds(child);
        }
    }

    /** The id that an element takes, or null. Blanks around an id or a reference do not count. */
    static @Nullable String idOf(Element element) {
        String id =
                FREE_ID.contains(element.name()) || isReferenceById(element)
                        ? null
                        : element.get("id");
        return id == null ? null : id.strip();
    }

    private static boolean isReferenceById(Element element) {
        return REFERENCE_BY_ID.contains(element.name()) || element.name().equals("obj_ref");
    }

    private void checkReferences(Element element) {
        forEachReference(
                element,
                version,
                (attribute, target) -> {
                    if (!seen.containsKey(target)) {
                        violations.add(dangling(element, attribute, target));
                    }
                });
        for (Element child : element.elements()) {
            checkReferences(child);
        }
    }

    /** Hands over each attribute of an element that refers to an id, and the id. */
    static void forEachReference(
            Element element, SchemaVersion version, BiConsumer<String, String> action) {
        reference(element, "id-ref", action);
        boolean tagsAreReferences = version.compareTo(LAST_WITH_STRICT_TAGS) <= 0;
        if (REFERENCE_BY_ID.contains(element.name())
                || (tagsAreReferences && element.name().equals("obj_ref"))) {
            reference(element, "id", action);
        }
        if (CONSTRAINTS.contains(element.name())) {
            CONSTRAINT_REFERENCES.forEach(attribute -> reference(element, attribute, action));
        }
        switch (element.name()) {
            case "primitive" -> reference(element, "template", action);
            case "acl_permission" -> reference(element, "reference", action);
            case "read", "write", "deny" -> reference(element, "ref", action);
            default -> {}
        }
    }

    private static void reference(
            Element element, String attribute, BiConsumer<String, String> action) {
        String target = element.get(attribute);
        if (target != null) {
            action.accept(attribute, target.strip());
        }
    }

    private static SchemaViolation dangling(Element element, String attribute, String target) {
        return new SchemaViolation(
                element.line(),
                element.name(),
                element.id(),
                attribute + " refers to \"" + target + "\", which does not exist");
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
