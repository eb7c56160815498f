package org.holdfast.cibxml.schema.report;

import java.util.List;
import org.holdfast.cib.document.Element;

/**
 * Tells what the reference's validator says of an invalid CIB. The grammar is that of the schema
 * check; only the checking follows the reference's order.
 */
public final class ReferenceReport {

    private ReferenceReport() {}

    /**
     * Words what is wrong.
     *
     * @param cib the document's root
     * @param grammar a grammar in compact syntax
     * @return the messages in the reference's order; those found so far, maybe none, of a document
     *     that would take too long
     */
    public static List<SchemaMessage> of(Element cib, String grammar) {
        Pattern start = Preparation.prepare(CompactSyntax.start(grammar));
        return new DocumentCheck(Item.of(cib)).check(start);
    }
}
