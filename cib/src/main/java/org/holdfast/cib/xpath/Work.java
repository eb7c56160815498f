package org.holdfast.cib.xpath;

import java.util.ArrayDeque;
import java.util.Deque;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;

/**
 * How much work may still be done for one request, counted in units of some 30 ns. What looks at
 * each node a few times, as honest expressions do, is within it whatever the size of the document;
 * what looks at nodes for each node is not, unless the document is small. Counted and not timed, so
 * that every node of a cluster comes to the same result. For one thread.
 */
public final class Work {

    /** Some tenth of a second; what a document of 10 MB is granted by its size. */
    private static final long UNITS_MIN = 2_500_000;

    /** A query by attribute takes 5 for each node, one by a part of an id 9. */
    private static final long UNITS_PER_NODE = 20;

    private final Element document;
    private final long unitsMin;
    private long left;
    private boolean extended;

    /** The work that a request on a document may take. */
    public Work(Element document) {
        this(document, UNITS_MIN);
    }

    private Work(Element document, long unitsMin) {
        this.document = document;
        this.unitsMin = unitsMin;
        this.left = unitsMin;
    }

    /** More than enough for a program's own expressions, which nobody else waits for. */
    static Work generous(Element document) {
        return new Work(document, 40 * UNITS_MIN);
    }

    /**
     * Takes some of it.
     *
     * @throws TooMuchWorkException if there is not so much left
     */
    public void spend(long units) {
        left -= units;
        if (left < 0) {
            extend();
        }
    }

    /** Nodes are counted only when it matters. */
    private void extend() {
        if (!extended) {
            extended = true;
            left += Math.max(0, UNITS_PER_NODE * nodes(document) - unitsMin);
        }
        if (left < 0) {
            throw new TooMuchWorkException();
        }
    }

    private static long nodes(Element root) {
        long count = 0;
        Deque<Element> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Element element = open.pop();
            count += 1 + element.children().size();
            for (Node child : element.children()) {
                if (child instanceof Element inner && !inner.children().isEmpty()) {
                    open.push(inner);
                }
            }
        }
        return count;
    }
}
