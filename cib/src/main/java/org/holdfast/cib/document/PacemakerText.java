package org.holdfast.cib.document;

import org.jspecify.annotations.Nullable;

/**
 * Document to text as Pacemaker prints it. Digests are made of this text, so every byte counts. All
 * functions are linear in the length of the result.
 */
public final class PacemakerText {

    private static final String HEX = "0123456789ABCDEF";

    /** Characters up to 0x7f that are written otherwise somewhere. */
    private static final boolean[] SPECIAL = specialCharacters();

    private static boolean[] specialCharacters() {
        boolean[] special = new boolean[0x80];
        for (char c = 0; c < special.length; c++) {
            special[c] = replacement(c, true) != null || replacement(c, false) != null;
        }
        return special;
    }

    private final StringBuilder out;
    private final boolean lines;
    private final boolean text;
    private final boolean filtered;

    private PacemakerText(StringBuilder out, boolean lines, boolean text, boolean filtered) {
        this.out = out;
        this.lines = lines;
        this.text = text;
        this.filtered = filtered;
    }

    /** One line without a line end and without character data: messages, digests. */
    public static void compact(Node node, StringBuilder out) {
        new PacemakerText(out, false, false, false).print(node, 0);
    }

    /** An element's start tag as in {@link #compact}, whether it has children or not. */
    public static void startTag(Element element, StringBuilder out) {
        new PacemakerText(out, false, false, false).printStart(element);
        out.append('>');
    }

    /**
     * As {@link #compact}, without the attributes that say who wrote a CIB and when, which may
     * differ between nodes with the same CIB.
     */
    public static void compactFiltered(Element element, StringBuilder out) {
        new PacemakerText(out, false, false, true).print(element, 0);
    }

    /** Two spaces a level, each line ended, without character data: files. */
    public static void pretty(Node node, int depth, StringBuilder out) {
        new PacemakerText(out, true, false, false).print(node, depth);
    }

    /** As {@link #pretty}, with each text on a line of its own. */
    public static void prettyWithText(Element element, StringBuilder out) {
        new PacemakerText(out, true, true, false).print(element, 0);
    }

    /** Whether an attribute is left out of a CIB's digest. */
    public static boolean isFiltered(String attribute) {
        return switch (attribute) {
            case "crm-debug-origin",
                    "cib-last-written",
                    "update-origin",
                    "update-client",
                    "update-user" ->
                    true;
            default -> false;
        };
    }

    private void print(Node node, int depth) {
        switch (node) {
            case Element element -> printElement(element, depth);
            case Text(String value) -> {
                if (text) {
                    indent(depth);
                    escape(value, false, out);
                    lineEnd();
                }
            }
            case Cdata(String value) -> line("<![CDATA[", value, "]]>", depth);
            case Comment(String value) -> line("<!--", value, "-->", depth);
        }
    }

    private void line(String start, String value, String end, int depth) {
        indent(depth);
        out.append(start).append(value).append(end);
        lineEnd();
    }

    private void printElement(Element element, int depth) {
        indent(depth);
        printStart(element);
        if (element.children().isEmpty()) {
            out.append("/>");
            lineEnd();
            return;
        }
        out.append('>');
        lineEnd();
        for (Node child : element.children()) {
            print(child, depth + 1);
        }
        indent(depth);
        out.append("</").append(element.name()).append('>');
        lineEnd();
    }

    private void printStart(Element element) {
        out.append('<').append(element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            String name = element.attributeName(i);
            if (!filtered || !isFiltered(name)) {
                out.append(' ').append(name).append("=\"");
                escape(element.attributeValue(i), true, out);
                out.append('"');
            }
        }
    }

    private void indent(int depth) {
        if (lines) {
            out.repeat(' ', 2 * depth);
        }
    }

    private void lineEnd() {
        if (lines) {
            out.append('\n');
        }
    }

    /** Pacemaker's escapes: all control characters as references, in text except tab and line. */
    public static void escape(String value, boolean attribute, StringBuilder out) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c > 0x7f || !SPECIAL[c]) {
                continue;
            }
            String replacement = replacement(c, attribute);
            if (replacement != null) {
                out.append(value, from, i).append(replacement);
                from = i + 1;
            }
        }
        out.append(value, from, value.length());
    }

    private static @Nullable String replacement(char c, boolean attribute) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '&' -> "&amp;";
            case '"' -> attribute ? "&quot;" : null;
            case '\n', '\t' -> attribute ? reference(c) : null;
            default -> c < ' ' || c == 0x7f ? reference(c) : null;
        };
    }

    private static String reference(char c) {
        return "&#x" + HEX.charAt(c >> 4) + HEX.charAt(c & 15) + ";";
    }
}
