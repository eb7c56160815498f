package org.holdfast.cib.engine;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.patch.Difference;
import org.holdfast.cib.patch.Difference.Change;
import org.holdfast.cib.patch.Patchset;
import org.jspecify.annotations.Nullable;

/**
 * What a request came to.
 *
 * @param returnCode a code of {@link org.holdfast.cib.result.Rc}; 0 is success
 * @param document the CIB afterwards; the very one from before if nothing changed or the request
 *     failed
 * @param configurationChanged whether the configuration section changed
 * @param change what happened to the document; null if nothing did
 * @param output a query's answer, or the failures of a creation
 * @param rejected a document that failed the schema, for messages about it
 */
public record CibOutcome(
        int returnCode,
        Element document,
        boolean configurationChanged,
        @Nullable Changed change,
        @Nullable Element output,
        @Nullable Element rejected) {

    /**
     * A change of a document, before the stamps of time and author.
     *
     * @param before the document before
     * @param after the document afterwards
     * @param changes what leads from one to the other
     */
    record Changed(Element before, Element after, List<Change> changes) {}

    /**
     * The patchset from the document before to the one afterwards; null if nothing changed. It is
     * made at each call: replicas that all apply the request have no use for it.
     */
    public @Nullable Element patchset() {
        return change == null
                ? null
                : Patchset.exact(
                        change.before,
                        change.after,
                        Difference.withRootOf(change.changes, change.before, change.after));
    }

    /** Whether the request succeeded. */
    public boolean ok() {
        return returnCode == 0;
    }

    static CibOutcome unchanged(int returnCode, Element document, @Nullable Element output) {
        return new CibOutcome(returnCode, document, false, null, output, null);
    }
}
