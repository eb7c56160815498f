package org.holdfast.cib.xpath;

import java.util.List;
import org.holdfast.cib.xpath.Expression.Operator;

/** Comparisons, in which a set of nodes means "any of them". */
final class Comparison {

    private Comparison() {}

    static boolean holds(Operator operator, Value one, Value other, Work work) {
        if (one instanceof Value.Nodes(List<Location> left) && !(other instanceof Value.Bool)) {
            for (Location node : left) {
                if (holds(operator, new Value.Text(node.text(work)), other, work)) {
                    return true;
                }
            }
            return false;
        }
        if (other instanceof Value.Nodes(List<Location> right) && !(one instanceof Value.Bool)) {
            for (Location node : right) {
                if (simple(operator, one, new Value.Text(node.text(work)), work)) {
                    return true;
                }
            }
            return false;
        }
        return simple(operator, one, other, work);
    }

    private static boolean simple(Operator operator, Value one, Value other, Work work) {
        work.spend(1);
        if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL) {
            return equal(one, other, work) == (operator == Operator.EQUAL);
        }
        double left = one.number(work);
        double right = other.number(work);
        return switch (operator) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            case OR, AND, EQUAL, NOT_EQUAL, PLUS, MINUS, TIMES, DIV, MOD, UNION -> false;
        };
    }

    private static boolean equal(Value one, Value other, Work work) {
        if (one instanceof Value.Bool || other instanceof Value.Bool) {
            return one.truth() == other.truth();
        }
        if (one instanceof Value.Num || other instanceof Value.Num) {
            return one.number(work) == other.number(work);
        }
        String left = one.string(work);
        String right = other.string(work);
        if (left.length() != right.length()) {
            return false;
        }
        work.spend(left.length() >> 7);
        return left.equals(right);
    }
}
