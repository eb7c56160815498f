package org.holdfast.cib.xpath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.holdfast.cib.xpath.Expression.Axis;
import org.holdfast.cib.xpath.Expression.Operator;
import org.holdfast.cib.xpath.Expression.Step;
import org.jspecify.annotations.Nullable;

/** Evaluates one expression over one document; for one use. */
final class Evaluator {

    private final Location document;
    private final Work work;
    private final Walker walker;

    Evaluator(Location document, Work work) {
        this.document = document;
        this.work = work;
        this.walker = new Walker(work);
    }

    /**
     * Where an expression is evaluated.
     *
     * @param node the context node; null for none
     * @param position its position, from 1
     * @param size how many nodes there are
     */
    record Context(@Nullable Location node, int position, int size) {}

    Value evaluate(Expression expression, Context context) throws XPathException {
        work.spend(1);
        return switch (expression) {
            case Expression.Literal(String value) -> new Value.Text(value);
            case Expression.NumberLiteral(double value) -> new Value.Num(value);
            case Expression.Negate(Expression operand) ->
                    new Value.Num(-evaluate(operand, context).number(work));
            case Expression.Call(String function, List<Expression> arguments) -> {
                List<Value> values = new ArrayList<>(arguments.size());
                for (Expression argument : arguments) {
                    values.add(evaluate(argument, context));
                }
                yield Functions.call(function, values, context, work);
            }
            case Expression.Path path -> path(path, context);
            case Expression.Binary binary -> binary(binary, context);
        };
    }

    /** A chain of thousands of operators nests to the left; it must not take as deep a stack. */
    private Value binary(Expression.Binary outermost, Context context) throws XPathException {
        if (AttributeTest.isOne(outermost)) {
            return new Value.Bool(AttributeTest.holds(outermost, context.node(), work));
        }
        Deque<Expression.Binary> chain = new ArrayDeque<>(4);
        Expression at = outermost;
        while (at instanceof Expression.Binary binary && !AttributeTest.isOne(binary)) {
            chain.push(binary);
            at = binary.left();
        }
        Value value = evaluate(at, context);
        for (Expression.Binary binary : chain) {
            value = apply(binary.operator(), value, binary.right(), context);
        }
        return value;
    }

    private Value apply(Operator operator, Value one, Expression right, Context context)
            throws XPathException {
        return switch (operator) {
            case OR -> new Value.Bool(one.truth() || evaluate(right, context).truth());
            case AND -> new Value.Bool(one.truth() && evaluate(right, context).truth());
            case UNION -> union(one, evaluate(right, context));
            case PLUS -> number(one.number(work) + evaluate(right, context).number(work));
            case MINUS -> number(one.number(work) - evaluate(right, context).number(work));
            case TIMES -> number(one.number(work) * evaluate(right, context).number(work));
            case DIV -> number(one.number(work) / evaluate(right, context).number(work));
            case MOD -> number(one.number(work) % evaluate(right, context).number(work));
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                    new Value.Bool(Comparison.holds(operator, one, evaluate(right, context), work));
        };
    }

    private static Value number(double value) {
        return new Value.Num(value);
    }

    private Value union(Value one, Value other) throws XPathException {
        List<Location> all = new ArrayList<>(one.nodes());
        all.addAll(other.nodes());
        work.spend(all.size());
        return new Value.Nodes(inOrder(all));
    }

    private Value path(Expression.Path path, Context context) throws XPathException {
        List<Location> nodes;
        if (path.start() != null) {
            Value start = evaluate(path.start(), context);
            nodes = start.nodes();
            for (Expression predicate : path.startPredicates()) {
                nodes = filter(nodes, predicate);
            }
        } else if (path.absolute()) {
            nodes = List.of(document);
        } else {
            Location node = context.node();
            nodes = node == null ? List.of() : List.of(node);
        }
        List<Step> steps = path.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (isAnywhere(step) && i + 1 < steps.size() && canJoin(steps.get(i + 1))) {
                // "//name" is looked for in one walk instead of listing every node first
                Step next = steps.get(++i);
                step = new Step(Axis.DESCENDANT, next.kind(), next.name(), next.predicates());
            }
            nodes = step(nodes, step);
        }
        return new Value.Nodes(nodes);
    }

    private static boolean isAnywhere(Step step) {
        return step.axis() == Axis.DESCENDANT_OR_SELF
                && step.kind() == Expression.NodeKind.ANY
                && step.predicates().isEmpty();
    }

    /**
     * Whether a child step means the same as a descendant step: no predicate looks at positions.
     */
    private static boolean canJoin(Step step) {
        return step.axis() == Axis.CHILD
                && step.predicates().stream().noneMatch(Evaluator::mayBePositional);
    }

    private static boolean mayBePositional(Expression predicate) {
        return switch (predicate) {
            case Expression.Binary binary ->
                    switch (binary.operator()) {
                        case OR,
                                AND,
                                EQUAL,
                                NOT_EQUAL,
                                LESS,
                                LESS_OR_EQUAL,
                                GREATER,
                                GREATER_OR_EQUAL ->
                                usesPosition(binary);
                        case PLUS, MINUS, TIMES, DIV, MOD, UNION -> true;
                    };
            case Expression.Path path -> path.start() != null;
            case Expression.Call(String function, List<Expression> arguments) ->
                    !(function.equals("not")
                                    || function.equals("contains")
                                    || function.equals("starts-with")
                                    || function.equals("boolean"))
                            || arguments.stream().anyMatch(Evaluator::usesPosition);
            case Expression.Literal _ -> false;
            case Expression.NumberLiteral _, Expression.Negate _ -> true;
        };
    }

    private static boolean usesPosition(Expression expression) {
        Expression at = expression;
        while (at instanceof Expression.Binary(_, Expression left, Expression right)) {
            if (usesPosition(right)) {
                return true;
            }
            at = left;
        }
        return switch (at) {
            case Expression.Call(String function, List<Expression> arguments) ->
                    function.equals("position")
                            || function.equals("last")
                            || arguments.stream().anyMatch(Evaluator::usesPosition);
            case Expression.Negate(Expression operand) -> usesPosition(operand);
            case Expression.Path path -> path.start() != null && usesPosition(path.start());
            case Expression.Binary _, Expression.Literal _, Expression.NumberLiteral _ -> false;
        };
    }

    private List<Location> step(List<Location> from, Step step) throws XPathException {
        if (from.size() == 1) {
            List<Location> nodes = oneStep(from.getFirst(), step);
            return step.axis().isReverse() ? inOrder(nodes) : nodes;
        }
        List<Location> found = new ArrayList<>();
        for (Location context : from) {
            found.addAll(oneStep(context, step));
        }
        return inOrder(found);
    }

    private List<Location> oneStep(Location context, Step step) throws XPathException {
        List<Location> nodes = walker.from(context, step);
        for (Expression predicate : step.predicates()) {
            nodes = filter(nodes, predicate);
        }
        return nodes;
    }

    /** The places in document order, each once. */
    private List<Location> inOrder(List<Location> places) {
        boolean sorted = true;
        for (int i = 1; i < places.size() && sorted; i++) {
            sorted = compare(places.get(i - 1), places.get(i)) < 0;
        }
        if (sorted) {
            return places;
        }
        List<Location> all = new ArrayList<>(places);
        all.sort(this::compare);
        List<Location> result = new ArrayList<>(all.size());
        for (Location place : all) {
            if (result.isEmpty() || compare(result.getLast(), place) != 0) {
                result.add(place);
            }
        }
        return result;
    }

    private int compare(Location one, Location other) {
        work.spend(1 + (one.depth() + other.depth() >> 4));
        return one.compareTo(other);
    }

    private List<Location> filter(List<Location> nodes, Expression predicate)
            throws XPathException {
        List<Location> kept = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Value value = evaluate(predicate, new Context(nodes.get(i), i + 1, nodes.size()));
            boolean passes = value instanceof Value.Num(double n) ? n == i + 1 : value.truth();
            if (passes) {
                kept.add(nodes.get(i));
            }
        }
        return kept;
    }
}
