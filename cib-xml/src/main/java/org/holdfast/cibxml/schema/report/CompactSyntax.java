package org.holdfast.cibxml.schema.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.holdfast.cibxml.schema.report.Pattern.Kind;
import org.holdfast.kernel.BrokenInvariant;

/**
 * Reads RELAX NG's compact syntax, as far as the CIB's grammar uses it. Parentheses matter beyond
 * their meaning: a sequence in parentheses stays a group of its own.
 */
final class CompactSyntax {

    private static final java.util.regex.Pattern TOKENS =
            java.util.regex.Pattern.compile(
                    "\\s+|#[^\\n]*|\"([^\"]*)\"|([A-Za-z_][A-Za-z0-9_.:-]*)|([=(){}|&,?*+-])");

    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Pattern> definitions = new TreeMap<>();
    private int next;

    private CompactSyntax(String text) {
        Matcher matcher = TOKENS.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            if (matcher.group(1) != null) {
                tokens.add('"' + matcher.group(1));
            } else if (matcher.group(2) != null || matcher.group(3) != null) {
                tokens.add(matcher.group());
            }
        }
        if (end != text.length()) {
            throw new BrokenInvariant("grammar not understood at " + text.substring(end));
        }
        tokens.add("");
    }

    /** The start pattern of a grammar; its references are resolved. */
    static Pattern start(String text) {
        CompactSyntax syntax = new CompactSyntax(text);
        while (!syntax.peek().isEmpty()) {
            syntax.definition();
        }
        return syntax.named("start");
    }

    private Pattern named(String name) {
        return definitions.computeIfAbsent(name, key -> new Pattern(Kind.DEFINITION, key));
    }

    private String peek() {
        return tokens.get(next);
    }

    private boolean accept(String token) {
        if (peek().equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw new BrokenInvariant("grammar has " + peek() + " in place of " + token);
        }
    }

    private String take() {
        return tokens.get(next++);
    }

    private void definition() {
        Pattern definition = named(take());
        expect("=");
        definition.content.addAll(body());
        if (definition.name.equals("anything")) {
            definition.content.clear();
            definition.content.add(new Pattern(Kind.ANYTHING, ""));
        }
    }

    /** What stands between braces or behind an equals sign: a list if it is a sequence. */
    private List<Pattern> body() {
        Pattern whole = expression();
        return whole.kind == Kind.SEQUENCE && whole.name.isEmpty() ? whole.content : List.of(whole);
    }

    private Pattern expression() {
        List<Pattern> parts = new ArrayList<>();
        parts.add(repeated());
        String separator = peek();
        Kind kind =
                switch (separator) {
                    case "," -> Kind.SEQUENCE;
                    case "|" -> Kind.CHOICE;
                    case "&" -> Kind.INTERLEAVE;
                    default -> Kind.EMPTY;
                };
        if (kind == Kind.EMPTY) {
            return parts.getFirst();
        }
        while (accept(separator)) {
            parts.add(repeated());
        }
        return new Pattern(kind, parts);
    }

    private Pattern repeated() {
        Pattern pattern = primary();
        if (accept("?")) {
            return repeated(Kind.OPTIONAL, pattern);
        }
        if (accept("*")) {
            return repeated(Kind.ZERO_OR_MORE, pattern);
        }
        if (accept("+")) {
            return repeated(Kind.ONE_OR_MORE, pattern);
        }
        return pattern;
    }

    private static Pattern repeated(Kind kind, Pattern pattern) {
        return new Pattern(kind, List.of(pattern));
    }

    private Pattern primary() {
        if (accept("(")) {
            Pattern inner = expression();
            expect(")");
            if (inner.kind != Kind.SEQUENCE) {
                return inner;
            }
            Pattern group = new Pattern(Kind.SEQUENCE, "group");
            group.content.addAll(inner.content);
            return group;
        }
        String token = take();
        if (token.startsWith("\"")) {
            return new Pattern(Kind.VALUE, Pattern.TOKEN, token.substring(1));
        }
        return switch (token) {
            case "element" -> braced(Kind.ELEMENT);
            case "attribute" -> braced(Kind.ATTRIBUTE);
            case "empty" -> new Pattern(Kind.EMPTY, "");
            case "text" -> new Pattern(Kind.TEXT, "");
            case "notAllowed" -> new Pattern(Kind.NOT_ALLOWED, "");
            case "string" -> datatype(token);
            default ->
                    token.startsWith("xsd:")
                            ? datatype(token.substring("xsd:".length()))
                            : reference(token);
        };
    }

    private Pattern reference(String name) {
        return new Pattern(Kind.REFERENCE, List.of(named(name)));
    }

    private Pattern braced(Kind kind) {
        Pattern pattern = new Pattern(kind, take());
        expect("{");
        pattern.content.addAll(body());
        expect("}");
        return pattern;
    }

    private Pattern datatype(String name) {
        if (peek().startsWith("\"")) {
            return new Pattern(Kind.VALUE, name, take().substring(1));
        }
        Pattern data = new Pattern(Kind.DATA, name);
        if (accept("{")) {
            while (!accept("}")) {
                String facet = take();
                expect("=");
                data.facets.put(facet, take().substring(1));
            }
        }
        if (accept("-")) {
            data.content.add(new Pattern(Kind.EXCEPT, List.of(primary())));
        }
        return data;
    }
}
