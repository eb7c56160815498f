package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;

/** A compiled expression. Immutable, so safe for concurrent use. */
public final class XPath {

    /** Nodes that one evaluation may look at: a few times the largest document. */
    private static final long WORK_MAX = 100_000_000;

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
     * @throws XPathException if it does not select nodes, or takes too much work
     */
    public List<Location> select(Element root) throws XPathException {
        Location document = Location.document(root);
        Evaluator evaluator = new Evaluator(document, WORK_MAX);
        return evaluator.evaluate(expression, new Evaluator.Context(null, 1, 1)).nodes();
    }

    /** The elements that an expression selects; none if it is not a valid expression. */
    public static List<Element> elements(Element root, String text) {
        List<Element> found = new ArrayList<>();
        for (Location location : selectOrNothing(root, text)) {
            Element element = location.element();
            if (element != null) {
                found.add(element);
            }
        }
        return found;
    }

    /** What an expression selects; nothing if it is not a valid expression. */
    public static List<Location> selectOrNothing(Element root, String text) {
        try {
            return compile(text).select(root);
        } catch (XPathException e) {
            return List.of();
        }
    }
}
