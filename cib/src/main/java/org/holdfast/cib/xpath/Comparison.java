package org.holdfast.cib.xpath;

import java.util.List;
import org.holdfast.cib.xpath.Expression.Operator;

/** Comparisons, in which a set of nodes means "any of them". */
final class Comparison {

    private Comparison() {}

    static boolean holds(Operator operator, Value one, Value other) {
        if (one instanceof Value.Nodes(List<Location> left) && !(other instanceof Value.Bool)) {
            for (Location node : left) {
                if (holds(operator, new Value.Text(node.text()), other)) {
                    return true;
                }
            }
            return false;
        }
        if (other instanceof Value.Nodes(List<Location> right) && !(one instanceof Value.Bool)) {
            for (Location node : right) {
                if (simple(operator, one, new Value.Text(node.text()))) {
                    return true;
                }
            }
            return false;
        }
        return simple(operator, one, other);
    }

    private static boolean simple(Operator operator, Value one, Value other) {
        if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL) {
            return equal(one, other) == (operator == Operator.EQUAL);
        }
        double left = one.number();
        double right = other.number();
        return switch (operator) {
            case LESS -> left < right;
            case LESS_OR_EQUAL -> left <= right;
            case GREATER -> left > right;
            case GREATER_OR_EQUAL -> left >= right;
            case OR, AND, EQUAL, NOT_EQUAL, PLUS, MINUS, TIMES, DIV, MOD, UNION -> false;
        };
    }

    private static boolean equal(Value one, Value other) {
        if (one instanceof Value.Bool || other instanceof Value.Bool) {
            return one.truth() == other.truth();
        }
        if (one instanceof Value.Num || other instanceof Value.Num) {
            return one.number() == other.number();
        }
        return one.string().equals(other.string());
    }
}
