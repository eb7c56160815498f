package org.holdfast.tools.cib;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.schema.SchemaVersion;
import org.holdfast.cibxml.schema.SchemaViolation;
import org.holdfast.tools.cibinput.SharedSchemas;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a CIB by its schema, in lines for people: the line of the input, the element
 * and its id, and what is wrong with it.
 */
public final class SchemaComplaints {

    private static final int LINES_MAX = 10;

    private SchemaComplaints() {}

    /** The complaints about a document that was refused, at most a few; empty for none. */
    public static List<String> about(@Nullable Element cib) {
        String name = cib == null ? null : cib.get("validate-with");
        if (cib == null || name == null) {
            return List.of();
        }
        SchemaVersion version = SchemaVersion.named(name);
        if (version == null) {
            return List.of("<cib>: there is no schema named \"" + name + "\"");
        }
        List<SchemaViolation> violations = SharedSchemas.INSTANCE.check(cib, version);
        List<String> lines = new ArrayList<>();
        for (SchemaViolation violation :
                violations.subList(0, Math.min(LINES_MAX, violations.size()))) {
            lines.add(violation.toString());
        }
        if (violations.size() > LINES_MAX) {
            lines.add("and " + (violations.size() - LINES_MAX) + " more");
        }
        return lines;
    }
}
