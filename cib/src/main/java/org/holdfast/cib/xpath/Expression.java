package org.holdfast.cib.xpath;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parsed expression. */
sealed interface Expression {

    /** Operators with two operands. */
    enum Operator {
        OR,
        AND,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        PLUS,
        MINUS,
        TIMES,
        DIV,
        MOD,
        UNION
    }

    /** Directions in which a step goes. */
    enum Axis {
        CHILD,
        DESCENDANT,
        DESCENDANT_OR_SELF,
        SELF,
        PARENT,
        ANCESTOR,
        ANCESTOR_OR_SELF,
        ATTRIBUTE,
        FOLLOWING_SIBLING,
        PRECEDING_SIBLING,
        FOLLOWING,
        PRECEDING;

        /** Whether positions count backwards in the document. */
        boolean isReverse() {
            return this == PARENT
                    || this == ANCESTOR
                    || this == ANCESTOR_OR_SELF
                    || this == PRECEDING_SIBLING
                    || this == PRECEDING;
        }
    }

    /** What a step keeps. */
    enum NodeKind {
        /** Elements (on the attribute axis: attributes) of a name, or all of them. */
        NAMED,
        /** Everything. */
        ANY,
        /** Character data. */
        TEXT,
        /** Comments. */
        COMMENT
    }

    /** Two operands. */
    record Binary(Operator operator, Expression left, Expression right) implements Expression {}

    /** The number with the other sign. */
    record Negate(Expression operand) implements Expression {}

    /** A text in quotes. */
    record Literal(String value) implements Expression {}

    /** A number. */
    record NumberLiteral(double value) implements Expression {}

    /** A function's call. */
    record Call(String function, List<Expression> arguments) implements Expression {}

    /**
     * A location path.
     *
     * @param start where it starts: an expression's nodes; null for the context or the document
     * @param absolute with no start: from the document
     * @param startPredicates filters of the start's nodes
     * @param steps what follows
     */
    record Path(
            @Nullable Expression start,
            boolean absolute,
            List<Expression> startPredicates,
            List<Step> steps)
            implements Expression {}

    /**
     * One step.
     *
     * @param axis its direction
     * @param kind what it keeps
     * @param name with {@link NodeKind#NAMED}: the name; null for all
     * @param predicates further filters, in order
     */
    record Step(Axis axis, NodeKind kind, @Nullable String name, List<Expression> predicates) {}
}
