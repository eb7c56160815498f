package org.holdfast.cibxml;

import java.util.Locale;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.PacemakerText;
import org.holdfast.cib.document.Text;

/**
 * Document to XML text, in the shapes that Pacemaker's files, messages and commands have. All
 * functions are linear in the length of the result.
 */
public final class XmlPrinter {

    private XmlPrinter() {}

    /** One line without a line end, without character data, as messages carry it. */
    public static String compact(Element element) {
        StringBuilder out = new StringBuilder(256);
        PacemakerText.compact(element, out);
        return out.toString();
    }

    /** As {@link #compact(Element)}, with character data kept. */
    public static String compactWithText(Element element) {
        StringBuilder out = new StringBuilder(256);
        libxml(element, false, 0, out);
        return out.toString();
    }

    /** Indented by two spaces a level, each line ended, without character data: cib.xml's form. */
    public static String pretty(Element element) {
        StringBuilder out = new StringBuilder(1024);
        PacemakerText.pretty(element, 0, out);
        return out.toString();
    }

    /** As {@link #pretty(Element)}, starting at a level of indentation. */
    public static String pretty(Element element, int depth) {
        StringBuilder out = new StringBuilder(1024);
        PacemakerText.pretty(element, depth, out);
        return out.toString();
    }

    /** As {@link #pretty(Element)}, with each text on a line of its own. */
    public static String prettyWithText(Element element) {
        StringBuilder out = new StringBuilder(1024);
        PacemakerText.prettyWithText(element, out);
        return out.toString();
    }

    /**
     * The form of libxml2's formatted output, in which commands answer {@code --output-as=xml}: two
     * spaces a level, but everything inside an element with text stays on its line; characters that
     * are not ASCII are numbers in attributes, and themselves in text. No line end behind the last
     * tag.
     */
    public static String libxml(Element element) {
        StringBuilder out = new StringBuilder(1024);
        libxml(element, true, 0, out);
        return out.toString();
    }

    private static void libxml(Node node, boolean format, int depth, StringBuilder out) {
        switch (node) {
            case Element element -> libxmlElement(element, format, depth, out);
            case Text(String value) -> libxmlEscape(value, false, out);
            case Cdata(String value) ->
                    out.append("<![CDATA[")
                            .append(value.replace("]]>", "]]]]><![CDATA[>"))
                            .append("]]>");
            case Comment(String value) -> out.append("<!--").append(value).append("-->");
        }
    }

    private static void libxmlElement(
            Element element, boolean format, int depth, StringBuilder out) {
        out.append('<').append(element.name());
        for (int i = 0; i < element.attributeCount(); i++) {
            out.append(' ').append(element.attributeName(i)).append("=\"");
            libxmlEscape(element.attributeValue(i), true, out);
            out.append('"');
        }
        if (element.children().isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        boolean lines =
                format
                        && element.children().stream()
                                .noneMatch(n -> n instanceof Text || n instanceof Cdata);
        if (lines) {
            out.append('\n');
        }
        for (Node child : element.children()) {
            if (lines) {
                out.repeat(' ', 2 * (depth + 1));
            }
            libxml(child, lines, depth + 1, out);
            if (lines) {
                out.append('\n');
            }
        }
        if (lines) {
            out.repeat(' ', 2 * depth);
        }
        out.append("</").append(element.name()).append('>');
    }

    private static void libxmlEscape(String value, boolean attribute, StringBuilder out) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '\r' -> out.append("&#13;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\n' -> out.append(attribute ? "&#10;" : "\n");
                case '\t' -> out.append(attribute ? "&#9;" : "\t");
                default -> {
                    if (attribute && c > 0x7F) {
                        int character = value.codePointAt(i);
                        i += Character.charCount(character) - 1;
                        out.append("&#x");
                        out.append(Integer.toHexString(character).toUpperCase(Locale.ROOT));
                        out.append(';');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
