package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.xpath.Expression.Axis;
import org.holdfast.cib.xpath.Expression.Operator;
import org.holdfast.cib.xpath.Expression.Step;
import org.jspecify.annotations.Nullable;

/** Evaluates one expression over one document; for one use. */
final class Evaluator {

    private final Location document;
    private long workLeft;

    Evaluator(Location document, long workMax) {
        this.document = document;
        this.workLeft = workMax;
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
        work(1);
        return switch (expression) {
            case Expression.Literal(String value) -> new Value.Text(value);
            case Expression.NumberLiteral(double value) -> new Value.Num(value);
            case Expression.Negate(Expression operand) ->
                    new Value.Num(-evaluate(operand, context).number());
            case Expression.Call(String function, List<Expression> arguments) -> {
                List<Value> values = new ArrayList<>(arguments.size());
                for (Expression argument : arguments) {
                    values.add(evaluate(argument, context));
                }
                yield Functions.call(function, values, context);
            }
            case Expression.Path path -> path(path, context);
            case Expression.Binary(Operator operator, Expression left, Expression right) ->
                    binary(operator, left, right, context);
        };
    }

    private void work(long amount) throws XPathException {
        workLeft -= amount;
        if (workLeft < 0) {
            throw new XPathException("the expression takes too much work on this document");
        }
    }

    private Value binary(Operator operator, Expression left, Expression right, Context context)
            throws XPathException {
        Value one = evaluate(left, context);
        return switch (operator) {
            case OR -> new Value.Bool(one.truth() || evaluate(right, context).truth());
            case AND -> new Value.Bool(one.truth() && evaluate(right, context).truth());
            case UNION -> union(one, evaluate(right, context));
            case PLUS -> new Value.Num(one.number() + evaluate(right, context).number());
            case MINUS -> new Value.Num(one.number() - evaluate(right, context).number());
            case TIMES -> new Value.Num(one.number() * evaluate(right, context).number());
            case DIV -> new Value.Num(one.number() / evaluate(right, context).number());
            case MOD -> new Value.Num(one.number() % evaluate(right, context).number());
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                Value other = evaluate(right, context);
                work((long) one.nodeCount() * Math.max(1, other.nodeCount()));
                yield new Value.Bool(Comparison.holds(operator, one, other));
            }
        };
    }

    private static Value union(Value one, Value other) throws XPathException {
        LinkedHashSet<Location> all = new LinkedHashSet<>(one.nodes());
        all.addAll(other.nodes());
        List<Location> sorted = new ArrayList<>(all);
        sorted.sort(null);
        return new Value.Nodes(sorted);
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
            case Expression.Binary(Operator operator, Expression left, Expression right) ->
                    switch (operator) {
                        case OR,
                                AND,
                                EQUAL,
                                NOT_EQUAL,
                                LESS,
                                LESS_OR_EQUAL,
                                GREATER,
                                GREATER_OR_EQUAL ->
                                usesPosition(left) || usesPosition(right);
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
        return switch (expression) {
            case Expression.Call(String function, List<Expression> arguments) ->
                    function.equals("position")
                            || function.equals("last")
                            || arguments.stream().anyMatch(Evaluator::usesPosition);
            case Expression.Binary(_, Expression left, Expression right) ->
                    usesPosition(left) || usesPosition(right);
            case Expression.Negate(Expression operand) -> usesPosition(operand);
            case Expression.Path path -> path.start() != null && usesPosition(path.start());
            case Expression.Literal _, Expression.NumberLiteral _ -> false;
        };
    }

    private List<Location> step(List<Location> from, Step step) throws XPathException {
        LinkedHashSet<Location> found = new LinkedHashSet<>();
        for (Location context : from) {
            List<Location> nodes = new ArrayList<>();
            collect(context, step, nodes);
            for (Expression predicate : step.predicates()) {
                nodes = filter(nodes, predicate);
            }
            found.addAll(nodes);
        }
        List<Location> result = new ArrayList<>(found);
        if (from.size() > 1 || step.axis().isReverse()) {
            result.sort(null);
        }
        return result;
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

    private void collect(Location from, Step step, List<Location> into) throws XPathException {
        Location parent = from.parent();
        switch (step.axis()) {
            case CHILD -> keepAll(from.children(), step, into);
            case SELF -> keep(from, step, into);
            case ATTRIBUTE -> attributes(from, step, into);
            case DESCENDANT -> descend(from, step, into);
            case DESCENDANT_OR_SELF -> {
                keep(from, step, into);
                descend(from, step, into);
            }
            case PARENT -> {
                if (parent != null) {
                    keep(parent, step, into);
                }
            }
            case ANCESTOR, ANCESTOR_OR_SELF -> {
                for (Location at = step.axis() == Axis.ANCESTOR ? parent : from;
                        at != null;
                        at = at.parent()) {
                    keep(at, step, into);
                }
            }
            case FOLLOWING_SIBLING -> {
                if (parent != null && !from.isAttribute()) {
                    List<Location> siblings = parent.children();
                    keepAll(siblings.subList(from.index() + 1, siblings.size()), step, into);
                }
            }
            case PRECEDING_SIBLING -> {
                if (parent != null && !from.isAttribute()) {
                    keepAll(parent.children().subList(0, from.index()).reversed(), step, into);
                }
            }
            case FOLLOWING, PRECEDING -> beside(from, step, into);
        }
    }

    private void attributes(Location from, Step step, List<Location> into) throws XPathException {
        if (step.kind() == Expression.NodeKind.NAMED && step.name() != null) {
            work(1);
            Location attribute = from.attributeNamed(step.name());
            if (attribute != null) {
                into.add(attribute);
            }
        } else if (step.kind() != Expression.NodeKind.TEXT
                && step.kind() != Expression.NodeKind.COMMENT) {
            into.addAll(from.attributes());
        }
    }

    private void beside(Location from, Step step, List<Location> into) throws XPathException {
        boolean after = step.axis() == Axis.FOLLOWING;
        List<Location> ordered = new ArrayList<>();
        for (Location at = from; at.parent() != null; at = at.parent()) {
            if (at.isAttribute()) {
                continue;
            }
            List<Location> siblings = at.parent().children();
            List<Location> side =
                    after
                            ? siblings.subList(at.index() + 1, siblings.size())
                            : siblings.subList(0, at.index());
            for (Location sibling : side) {
                keep(sibling, step, ordered);
                descend(sibling, step, ordered);
            }
        }
        ordered.sort(null);
        into.addAll(after ? ordered : ordered.reversed());
    }

    private void descend(Location from, Step step, List<Location> into) throws XPathException {
        String name = step.kind() == Expression.NodeKind.NAMED ? step.name() : null;
        if (name != null && !from.mayHold(name)) {
            return;
        }
        for (Location child : from.children()) {
            keep(child, step, into);
            descend(child, step, into);
        }
    }

    private void keepAll(List<Location> nodes, Step step, List<Location> into)
            throws XPathException {
        for (Location node : nodes) {
            keep(node, step, into);
        }
    }

    private void keep(Location node, Step step, List<Location> into) throws XPathException {
        work(1);
        boolean keeps =
                switch (step.kind()) {
                    case ANY -> true;
                    case NAMED ->
                            node.isElement()
                                    && (step.name() == null || step.name().equals(node.name()));
                    case TEXT -> node.node() instanceof Text || node.node() instanceof Cdata;
                    case COMMENT -> node.node() instanceof Comment;
                };
        if (keeps) {
            into.add(node);
        }
    }
}
