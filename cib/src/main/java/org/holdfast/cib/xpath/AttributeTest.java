package org.holdfast.cib.xpath;

import org.holdfast.cib.document.Element;
import org.holdfast.cib.xpath.Expression.Axis;
import org.holdfast.cib.xpath.Expression.Operator;
import org.jspecify.annotations.Nullable;

/** Comparisons of an attribute with a text, as nearly all predicates are: without detours. */
final class AttributeTest {

    private AttributeTest() {}

    /** Whether this is such a comparison, {@code @name = 'text'} or with {@code !=}. */
    static boolean isOne(Expression.Binary comparison) {
        return (comparison.operator() == Operator.EQUAL
                        || comparison.operator() == Operator.NOT_EQUAL)
                && comparison.right() instanceof Expression.Literal
                && comparison.left() instanceof Expression.Path path
                && name(path) != null;
    }

    /** The attribute that a path names and that alone, or null. */
    private static @Nullable String name(Expression.Path path) {
        if (path.start() != null || path.absolute() || path.steps().size() != 1) {
            return null;
        }
        Expression.Step step = path.steps().getFirst();
        return step.axis() == Axis.ATTRIBUTE
                        && step.kind() == Expression.NodeKind.NAMED
                        && step.predicates().isEmpty()
                ? step.name()
                : null;
    }

    /** The result of one; an attribute that is not there is neither equal nor different. */
    static boolean holds(Expression.Binary comparison, @Nullable Location node, Work work) {
        Element element = node == null ? null : node.element();
        String name = comparison.left() instanceof Expression.Path path ? name(path) : null;
        if (element == null
                || name == null
                || !(comparison.right() instanceof Expression.Literal(String text))) {
            return false;
        }
        work.spend(1 + (element.attributeCount() >> 3) + (text.length() >> 7));
        String value = element.get(name);
        return value != null && value.equals(text) == (comparison.operator() == Operator.EQUAL);
    }
}
