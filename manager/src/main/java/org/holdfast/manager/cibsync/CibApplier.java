package org.holdfast.manager.cibsync;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Applies an operation to a CIB: a pure function, so that every node comes to the same result. */
@FunctionalInterface
public interface CibApplier {

    /**
     * Applies a request.
     *
     * @param cib the CIB before it
     * @param request what to do
     */
    Outcome apply(Element cib, CibRequest request);

    /**
     * What came of a request.
     *
     * @param returnCode 0, or a negative code as Pacemaker's CIB replies carry
     * @param cib the CIB after it; the one before it if nothing changed
     * @param output what the operation answers with, or null
     */
    record Outcome(int returnCode, Element cib, @Nullable Element output) {}
}
