package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.cib.xpath.Expression.Axis;
import org.holdfast.cib.xpath.Expression.NodeKind;
import org.holdfast.cib.xpath.Expression.Operator;
import org.holdfast.cib.xpath.Expression.Step;
import org.holdfast.cib.xpath.Lexer.Kind;
import org.holdfast.cib.xpath.Lexer.Token;
import org.jspecify.annotations.Nullable;

/** Parses one expression by recursive descent, in the order of XPath's precedence. */
final class Parser {

    private static final int DEPTH_MAX = 64;

    private static final Step ANYWHERE =
            new Step(Axis.DESCENDANT_OR_SELF, NodeKind.ANY, null, List.of());

    private final List<Token> tokens;
    private int at;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) throws XPathException {
        Parser parser = new Parser(Lexer.tokens(text));
        Expression expression = parser.or();
        if (parser.peek().kind() != Kind.END) {
            throw new XPathException("unexpected '" + parser.peek().text() + "'");
        }
        return expression;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private boolean accept(String symbol) {
        if (peek().is(symbol)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String symbol) throws XPathException {
        if (!accept(symbol)) {
            throw new XPathException(
                    "'" + symbol + "' expected instead of '" + peek().text() + "'");
        }
    }

    private Expression or() throws XPathException {
        if (++depth > DEPTH_MAX) {
            throw new XPathException("expression nests too deeply");
        }
        Expression left = and();
        while (accept("or")) {
            left = new Expression.Binary(Operator.OR, left, and());
        }
        depth--;
        return left;
    }

    private Expression and() throws XPathException {
        Expression left = equality();
        while (accept("and")) {
            left = new Expression.Binary(Operator.AND, left, equality());
        }
        return left;
    }

    private Expression equality() throws XPathException {
        Expression left = relation();
        while (true) {
            if (accept("=")) {
                left = new Expression.Binary(Operator.EQUAL, left, relation());
            } else if (accept("!=")) {
                left = new Expression.Binary(Operator.NOT_EQUAL, left, relation());
            } else {
                return left;
            }
        }
    }

    private Expression relation() throws XPathException {
        Expression left = sum();
        while (true) {
            if (accept("<=")) {
                left = new Expression.Binary(Operator.LESS_OR_EQUAL, left, sum());
            } else if (accept("<")) {
                left = new Expression.Binary(Operator.LESS, left, sum());
            } else if (accept(">=")) {
                left = new Expression.Binary(Operator.GREATER_OR_EQUAL, left, sum());
            } else if (accept(">")) {
                left = new Expression.Binary(Operator.GREATER, left, sum());
            } else {
                return left;
            }
        }
    }

    private Expression sum() throws XPathException {
        Expression left = product();
        while (true) {
            if (accept("+")) {
                left = new Expression.Binary(Operator.PLUS, left, product());
            } else if (accept("-")) {
                left = new Expression.Binary(Operator.MINUS, left, product());
            } else {
                return left;
            }
        }
    }

    private Expression product() throws XPathException {
        Expression left = unary();
        while (true) {
            if (peek().kind() == Kind.OPERATOR_NAME && accept("*")) {
                left = new Expression.Binary(Operator.TIMES, left, unary());
            } else if (accept("div")) {
                left = new Expression.Binary(Operator.DIV, left, unary());
            } else if (accept("mod")) {
                left = new Expression.Binary(Operator.MOD, left, unary());
            } else {
                return left;
            }
        }
    }

    private Expression unary() throws XPathException {
        int signs = 0;
        while (accept("-")) {
            signs++;
        }
        Expression operand = union();
        return signs % 2 == 0 ? operand : new Expression.Negate(operand);
    }

    private Expression union() throws XPathException {
        Expression left = path();
        while (accept("|")) {
            left = new Expression.Binary(Operator.UNION, left, path());
        }
        return left;
    }

    private Expression path() throws XPathException {
        List<Step> steps = new ArrayList<>();
        Token token = peek();
        if (token.is("/")) {
            at++;
            if (startsStep()) {
                relativePath(steps);
            }
            return new Expression.Path(null, true, List.of(), steps);
        }
        if (token.is("//")) {
            at++;
            steps.add(ANYWHERE);
            relativePath(steps);
            return new Expression.Path(null, true, List.of(), steps);
        }
        if (!startsPrimary()) {
            relativePath(steps);
            return new Expression.Path(null, false, List.of(), steps);
        }
        Expression start = primary();
        List<Expression> predicates = predicates();
        continuePath(steps);
        return predicates.isEmpty() && steps.isEmpty()
                ? start
                : new Expression.Path(start, false, predicates, steps);
    }

    private void relativePath(List<Step> steps) throws XPathException {
        steps.add(step());
        continuePath(steps);
    }

    private void continuePath(List<Step> steps) throws XPathException {
        while (true) {
            if (accept("//")) {
                steps.add(ANYWHERE);
            } else if (!accept("/")) {
                return;
            }
            steps.add(step());
        }
    }

    private boolean startsStep() {
        Token token = peek();
        return token.kind() == Kind.NAME
                || token.is("@")
                || token.is(".")
                || token.is("..")
                || token.kind() == Kind.SYMBOL && token.is("*");
    }

    private boolean startsPrimary() {
        Token token = peek();
        return switch (token.kind()) {
            case LITERAL, NUMBER -> true;
            case SYMBOL -> token.is("(");
            case NAME -> tokens.get(at + 1).is("(") && !isNodeType(token.text());
            case OPERATOR_NAME, END -> false;
        };
    }

    private static boolean isNodeType(String name) {
        return name.equals("node")
                || name.equals("text")
                || name.equals("comment")
                || name.equals("processing-instruction");
    }

    private Expression primary() throws XPathException {
        Token token = tokens.get(at++);
        switch (token.kind()) {
            case LITERAL -> {
                return new Expression.Literal(token.text());
            }
            case NUMBER -> {
                return new Expression.NumberLiteral(Double.parseDouble(token.text()));
            }
            case NAME -> {
                return new Expression.Call(token.text(), arguments());
            }
            case SYMBOL, OPERATOR_NAME, END -> {
                Expression inner = or();
                expect(")");
                return inner;
            }
        }
        throw new XPathException("operand expected");
    }

    private List<Expression> arguments() throws XPathException {
        expect("(");
        List<Expression> arguments = new ArrayList<>();
        if (accept(")")) {
            return arguments;
        }
        do {
            arguments.add(or());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    private List<Expression> predicates() throws XPathException {
        List<Expression> predicates = new ArrayList<>();
        while (accept("[")) {
            predicates.add(or());
            expect("]");
        }
        return predicates;
    }

    private Step step() throws XPathException {
        if (accept(".")) {
            return new Step(Axis.SELF, NodeKind.ANY, null, List.of());
        }
        if (accept("..")) {
            return new Step(Axis.PARENT, NodeKind.ANY, null, List.of());
        }
        Axis axis = Axis.CHILD;
        if (accept("@")) {
            axis = Axis.ATTRIBUTE;
        } else if (peek().kind() == Kind.NAME && tokens.get(at + 1).is("::")) {
            axis = axis(peek().text());
            at += 2;
        }
        if (accept("*")) {
            return new Step(axis, NodeKind.NAMED, null, predicates());
        }
        Token token = tokens.get(at);
        if (token.kind() != Kind.NAME) {
            throw new XPathException("name expected instead of '" + token.text() + "'");
        }
        at++;
        NodeKind kind = NodeKind.NAMED;
        @Nullable String name = token.text();
        if (isNodeType(name) && accept("(")) {
            expect(")");
            kind =
                    switch (name) {
                        case "node" -> NodeKind.ANY;
                        case "text" -> NodeKind.TEXT;
                        case "comment" -> NodeKind.COMMENT;
                        default -> throw new XPathException(name + "() is not supported");
                    };
            name = null;
        }
        return new Step(axis, kind, name, predicates());
    }

    private static Axis axis(String name) throws XPathException {
        try {
            return Axis.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new XPathException("unknown axis '" + name + "'");
        }
    }
}
