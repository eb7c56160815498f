package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;

/** A compiled expression. Immutable, so safe for concurrent use. */
public final class XPath {

    private static final int LENGTH_MAX = 10_000;

    private final Expression expression;

    private XPath(Expression expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression.
     *
     * @throws XPathException if it is not XPath, or too long
     */
    public static XPath compile(String text) throws XPathException {
        if (text.length() > LENGTH_MAX) {
            throw new XPathException("expression longer than " + LENGTH_MAX + " characters");
        }
        return new XPath(Parser.parse(text));
    }

    /**
     * The places that the expression selects, in document order. There is no context node, as in
     * Pacemaker: a path that does not begin with a slash selects nothing.
     *
     * @throws XPathException if it does not select nodes
     * @throws TooMuchWorkException if it takes more work than is granted
     */
    public List<Location> select(Element root, Work work) throws XPathException {
        Location document = Location.document(root);
        Evaluator evaluator = new Evaluator(document, work);
        return evaluator.evaluate(expression, new Evaluator.Context(null, 1, 1)).nodes();
    }

    /**
     * The elements that an expression of the program's own selects; none if it is not a valid one.
     */
    public static List<Element> elements(Element root, String text) {
        List<Element> found = new ArrayList<>();
        for (Location location : selectOrNothing(root, text, Work.generous(root))) {
            Element element = location.element();
            if (element != null) {
                found.add(element);
            }
        }
        return found;
    }

    /**
     * What an expression selects; nothing if it is not a valid expression.
     *
     * @throws TooMuchWorkException if it takes more work than is granted
     */
    public static List<Location> selectOrNothing(Element root, String text, Work work) {
        try {
            return compile(text).select(root, work);
        } catch (XPathException e) {
            return List.of();
        }
    }
}
