package org.holdfast.scheduler.constraints;

import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a POSIX extended regular expression in the notation of {@link java.util.regex.Pattern}.
 * Used once for each expression, by one thread.
 */
final class PosixTranslator {

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    PosixTranslator(String source) {
        this.source = source;
    }

    /**
     * Translates the whole expression.
     *
     * @throws PatternSyntaxException if the expression is not valid
     */
    String translate() {
        alternatives(0);
        return out.toString();
    }

    private void alternatives(int depth) {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == ')' && depth > 0) {
                return;
            }
            if (c == '|') {
                out.append('|');
                at++;
            } else {
                repeated(depth);
            }
        }
        if (depth > 0) {
            throw invalid("unmatched parenthesis");
        }
    }

    /**
     * One atom with the repetitions that follow it; each further repetition applies to all before
     * it.
     */
    private void repeated(int depth) {
        int start = out.length();
        boolean repeatable = atom(depth);
        while (at < source.length()) {
            String repetition = repetition();
            if (repetition.isEmpty()) {
                return;
            }
            if (repeatable) {
                out.insert(start, "(?:").append(')').append(repetition);
            }
        }
    }

    /** Translates one atom; false if it is an anchor, on which a repetition has no effect. */
    private boolean atom(int depth) {
        char c = source.charAt(at++);
        switch (c) {
            case '(' -> {
                out.append('(');
                alternatives(depth + 1);
                at++;
                out.append(')');
            }
            case '[' -> bracket();
            case '.' -> out.append('.');
            case '^' -> {
                out.append("\\A");
                return false;
            }
            case '$' -> {
                out.append("\\z");
                return false;
            }
            case '*', '+', '?' -> throw invalid("nothing to repeat");
            case '\\' -> escaped();
            default -> literal(c);
        }
        return true;
    }

    private void escaped() {
        if (at >= source.length()) {
            throw invalid("trailing backslash");
        }
        char c = source.charAt(at++);
        switch (c) {
            case 'w', 'W', 's', 'S', 'b', 'B' -> out.append('\\').append(c);
            case '<', '>' -> out.append("\\b");
            case '`' -> out.append("\\A");
            case '\'' -> out.append("\\z");
            default -> {
                if (c >= '1' && c <= '9') {
                    out.append("(?:\\").append(c).append(')');
                } else {
                    literal(c);
                }
            }
        }
    }

    private void literal(char c) {
        if ("\\^$.|?*+()[]{}".indexOf(c) >= 0) {
            out.append('\\');
        }
        out.append(c);
    }

    private String repetition() {
        char c = source.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            at++;
            return String.valueOf(c);
        }
        if (c != '{') {
            return "";
        }
        int end = source.indexOf('}', at);
        String range = end < 0 ? "" : source.substring(at + 1, end);
        if (!range.matches("[0-9]{1,5}(,([0-9]{1,5})?)?|,[0-9]{1,5}")) {
            throw invalid("invalid repetition count");
        }
        at = end + 1;
        return range.startsWith(",") ? "{0" + range + "}" : "{" + range + "}";
    }

    private void bracket() {
        out.append('[');
        if (at < source.length() && source.charAt(at) == '^') {
            out.append('^');
            at++;
        }
        boolean first = true;
        while (true) {
            if (at >= source.length()) {
                throw invalid("unmatched bracket");
            }
            char c = source.charAt(at);
            if (c == ']' && !first) {
                at++;
                out.append(']');
                return;
            }
            first = false;
            if (c == '[' && at + 1 < source.length() && ":.=".indexOf(source.charAt(at + 1)) >= 0) {
                bracketClass(source.charAt(at + 1));
            } else {
                at++;
                bracketMember(c);
            }
        }
    }

    private void bracketMember(char c) {
        boolean range =
                c == '-'
                        && out.charAt(out.length() - 1) != '['
                        && !out.toString().endsWith("[^")
                        && at < source.length()
                        && source.charAt(at) != ']';
        if (!range && "\\^[]&-".indexOf(c) >= 0) {
            out.append('\\');
        }
        out.append(c);
    }

    private void bracketClass(char kind) {
        int end = source.indexOf(kind + "]", at + 2);
        if (end < 0) {
            throw invalid("unmatched bracket");
        }
        String name = source.substring(at + 2, end);
        at = end + 2;
        if (kind != ':') {
            name.chars().forEach(c -> bracketMember((char) c));
            return;
        }
        out.append(
                switch (name) {
                    case "alpha" -> "\\p{Alpha}";
                    case "digit" -> "\\p{Digit}";
                    case "alnum" -> "\\p{Alnum}";
                    case "upper" -> "\\p{Upper}";
                    case "lower" -> "\\p{Lower}";
                    case "punct" -> "\\p{Punct}";
                    case "space" -> "\\p{Space}";
                    case "blank" -> "\\p{Blank}";
                    case "xdigit" -> "\\p{XDigit}";
                    case "cntrl" -> "\\p{Cntrl}";
                    case "print" -> "\\p{Print}";
                    case "graph" -> "\\p{Graph}";
                    default -> throw invalid("unknown character class");
                });
    }

    private PatternSyntaxException invalid(String why) {
        return new PatternSyntaxException(why, source, at);
    }
}
