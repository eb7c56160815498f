package org.holdfast.cib.xpath;

/** An expression is not XPath, or its evaluation would take too much work. */
public final class XPathException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what is wrong and where. */
    public XPathException(String message) {
        super(message);
    }
}
