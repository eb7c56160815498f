package org.holdfast.cib.xpath;

import java.util.ArrayList;
import java.util.List;

/** Splits an expression into tokens, with XPath's rule for names that may be operators. */
final class Lexer {

    /** Kinds of tokens. */
    enum Kind {
        NAME,
        NUMBER,
        LITERAL,
        SYMBOL,
        OPERATOR_NAME,
        END
    }

    /**
     * A token.
     *
     * @param kind its kind
     * @param text its characters; a literal's without quotes
     */
    record Token(Kind kind, String text) {
        boolean is(String symbol) {
            return (kind == Kind.SYMBOL || kind == Kind.OPERATOR_NAME) && text.equals(symbol);
        }
    }

    private static final String[] SYMBOLS = {
        "::", "//", "..", "!=", "<=", ">=", "/", ".", "@", "(", ")", "[", "]", ",", "|", "+", "-",
        "=", "<", ">", "*", "$"
    };

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws XPathException {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws XPathException {
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, ""));
                return;
            }
            tokens.add(next());
        }
    }

    private Token next() throws XPathException {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            return literal(c);
        }
        if (isDigit(at) || c == '.' && isDigit(at + 1)) {
            return number();
        }
        if (isNameStart(c)) {
            return name();
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                boolean operator = symbol.equals("*") && operatorExpected();
                return new Token(operator ? Kind.OPERATOR_NAME : Kind.SYMBOL, symbol);
            }
        }
        throw new XPathException("unexpected '" + c + "' at position " + (at + 1));
    }

    private Token literal(char quote) throws XPathException {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new XPathException("text without closing quote at position " + (at + 1));
        }
        Token token = new Token(Kind.LITERAL, text.substring(at + 1, end));
        at = end + 1;
        return token;
    }

    private Token number() {
        int start = at;
        while (isDigit(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            while (isDigit(at)) {
                at++;
            }
        }
        return new Token(Kind.NUMBER, text.substring(start, at));
    }

    private Token name() {
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            // "ancestor::x" is an axis, "a:b" a name
            if (text.charAt(at) == ':' && text.startsWith("::", at)) {
                break;
            }
            at++;
        }
        String name = text.substring(start, at);
        boolean operator =
                operatorExpected()
                        && (name.equals("and")
                                || name.equals("or")
                                || name.equals("div")
                                || name.equals("mod"));
        return new Token(operator ? Kind.OPERATOR_NAME : Kind.NAME, name);
    }

    /** After something that can be an operand, a star or a name is an operator. */
    private boolean operatorExpected() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.getLast();
        return switch (last.kind()) {
            case NAME, NUMBER, LITERAL -> true;
            case OPERATOR_NAME, END -> false;
            case SYMBOL ->
                    last.text().equals(")")
                            || last.text().equals("]")
                            || last.text().equals(".")
                            || last.text().equals("..")
                            || last.text().equals("*");
        };
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.' || c == ':';
    }
}
