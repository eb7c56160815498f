package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Ids and references that the check has met. An attribute counts as soon as it was looked at as
 * one, even if that branch came to nothing.
 */
final class IdTable {

    /** What an attribute turned out to be. */
    enum Role {
        NONE,
        ID,
        REFERENCE
    }

    private record Reference(Item.Attribute attribute, String target) {}

    private final SortedSet<String> ids = new TreeSet<>();
    private final List<Reference> references = new ArrayList<>();

    /** Whether an attribute may have its value as an id. */
    boolean claim(Item.Attribute attribute, String id) {
        if (attribute.role != Role.ID) {
            if (!ids.add(id)) {
                return false;
            }
            attribute.role = Role.ID;
        }
        return true;
    }

    void refer(Item.Attribute attribute, String target) {
        references.add(new Reference(attribute, target));
        attribute.role = Role.REFERENCE;
    }

    /** The reference's words about what refers to nothing. */
    List<SchemaMessage> dangling() {
        List<SchemaMessage> messages = new ArrayList<>();
        for (Reference reference : references) {
            if (reference.attribute.role == Role.REFERENCE && !ids.contains(reference.target)) {
                messages.add(
                        new SchemaMessage(
                                0,
                                "",
                                "IDREF attribute "
                                        + reference.attribute.name
                                        + " references an unknown ID \""
                                        + reference.target
                                        + "\"\n"));
            }
        }
        return messages;
    }
}
