package org.holdfast.cibxml.schema;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.schema.report.ReferenceReport;
import org.holdfast.cibxml.schema.report.SchemaMessage;

/**
 * Checks CIBs against their schema. A version's grammar is compiled when it is first asked for
 * (some ten milliseconds) and kept. Not thread-safe: one owner at a time.
 */
public final class CibSchemas {

    private static final int VIOLATIONS_MAX = 100;

    private final SortedMap<SchemaVersion, Grammar> compiled = new TreeMap<>();

    /** No version is compiled yet. */
    public CibSchemas() {}

    /**
     * Checks a whole CIB against a version, whatever its own {@code validate-with} says.
     *
     * @param cib the {@code <cib>} element
     * @param version which grammar
     * @return what is wrong, in document order, at most 100 entries; empty if it is valid
     */
    public List<SchemaViolation> check(Element cib, SchemaVersion version) {
        return check(cib, version, grammar(version));
    }

    /** As the other, with a grammar that was got before. Safe for concurrent use. */
    public static List<SchemaViolation> check(Element cib, SchemaVersion version, Grammar grammar) {
        List<SchemaViolation> violations = grammar.check(cib);
        for (SchemaViolation violation : IdRules.check(cib, version)) {
            if (violations.size() < VIOLATIONS_MAX) {
                violations.add(violation);
            }
        }
        return violations;
    }

    /**
     * What the reference's validator says of a CIB that is invalid, in its words and order. Slower
     * than a check, and not meant for valid CIBs. May be empty for a document that is made to keep
     * it busy.
     */
    public static List<SchemaMessage> referenceMessages(Element cib, SchemaVersion version) {
        return ReferenceReport.of(cib, SchemaText.of(version));
    }

    /** A version's grammar; it may be used outside this object's owner. */
    public Grammar grammar(SchemaVersion version) {
        return compiled.computeIfAbsent(version, Grammar::of);
    }
}
