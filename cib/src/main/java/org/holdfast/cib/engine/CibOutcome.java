package org.holdfast.cib.engine;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to.
 *
 * @param returnCode a code of {@link org.holdfast.cib.result.Rc}; 0 is success
 * @param document the CIB afterwards; the very one from before if nothing changed or the request
 *     failed
 * @param configurationChanged whether the configuration section changed
 * @param patchset from the document before to the one afterwards; null if nothing changed
 * @param output a query's answer, or the failures of a creation
 * @param rejected a document that failed the schema, for messages about it
 */
public record CibOutcome(
        int returnCode,
        Element document,
        boolean configurationChanged,
        @Nullable Element patchset,
        @Nullable Element output,
        @Nullable Element rejected) {

    /** Whether the request succeeded. */
    public boolean ok() {
        return returnCode == 0;
    }

    static CibOutcome unchanged(int returnCode, Element document, @Nullable Element output) {
        return new CibOutcome(returnCode, document, false, null, output, null);
    }
}
