package org.holdfast.tools.pcs;

import org.holdfast.cib.document.Element;

/** Where a command's CIB comes from and goes to. */
interface CibSource {

    /**
     * The CIB as it is.
     *
     * @throws PcsFailure if it cannot be read
     */
    Element load();

    /**
     * Makes the change from one version to another.
     *
     * @throws PcsFailure if it is refused
     */
    void push(Element before, Element after);

    /** Whether it is the CIB of the running cluster. */
    boolean isLive();
}
