package org.holdfast.cib.engine;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * What one operation did, before versions and validation are looked at.
 *
 * @param returnCode a code of {@link org.holdfast.cib.result.Rc}
 * @param document the document afterwards
 * @param output the answer, if any
 * @param touched what counts as changed even where it is the same again
 */
record Step(int returnCode, Element document, @Nullable Element output, Touched touched) {

    /** What was taken out and put back. Ordered: the later includes the earlier. */
    enum Touched {
        /** Nothing. */
        NOTHING,
        /** Something, so that the CIB gets a new version. */
        DOCUMENT,
        /** Something of the configuration, so that it gets a new epoch. */
        CONFIGURATION;

        Touched and(Touched other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    static Step done(Element document) {
        return new Step(0, document, null, Touched.NOTHING);
    }

    static Step touched(Element document, Touched touched) {
        return new Step(0, document, null, touched);
    }

    static Step failed(int returnCode, Element document) {
        return new Step(returnCode, document, null, Touched.NOTHING);
    }
}
