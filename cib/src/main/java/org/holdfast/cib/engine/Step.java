package org.holdfast.cib.engine;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * What one operation did, before versions and validation are looked at.
 *
 * @param returnCode a code of {@link org.holdfast.cib.result.Rc}
 * @param document the document afterwards
 * @param output the answer, if any
 * @param touchedConfiguration whether something of the configuration was taken out and put back, so
 *     that it counts as changed even where it is the same again
 */
record Step(
        int returnCode, Element document, @Nullable Element output, boolean touchedConfiguration) {

    static Step done(Element document) {
        return new Step(0, document, null, false);
    }

    static Step failed(int returnCode, Element document) {
        return new Step(returnCode, document, null, false);
    }
}
