package org.holdfast.cib.xpath;

/** The evaluation of an expression would take more work than is granted. */
public final class TooMuchWorkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooMuchWorkException() {
        super("the XPath takes too much work on a CIB of this size", null, false, false);
    }
}
