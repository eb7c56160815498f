package org.holdfast.manager.cibsync;

import org.holdfast.cib.document.Element;

/** Is told of the CIB's changes, in the order in which they happen. */
public interface CibListener {

    /**
     * A request changed the CIB.
     *
     * @param before the CIB before it
     * @param after the CIB after it; shares what did not change
     */
    void cibChanged(Element before, Element after);

    /**
     * The members have compared their copies and go on with the same one.
     *
     * @param replaced whether this node gave up its own copy for another's
     */
    void cibInStep(boolean replaced);
}
