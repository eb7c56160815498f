package org.holdfast.manager.cibsync;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** Takes the result of a request that this node submitted. */
@FunctionalInterface
public interface CibCompletion {

    /** Nobody waits. */
    CibCompletion IGNORED = (returnCode, output) -> {};

    /**
     * The request was applied, or could not be.
     *
     * @param returnCode 0, or a negative code as Pacemaker's CIB replies carry
     * @param output what the operation answers with, or null
     */
    void completed(int returnCode, @Nullable Element output);
}
