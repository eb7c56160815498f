package org.holdfast.tools.crm.frame;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;

/**
 * Prints HTML with line breaks where libxml2 puts them: around blocks, unless text is beside them.
 */
final class HtmlPrinter {

    private static final Set<String> EMPTY = Set.of("br", "link", "meta");
    private static final String ADDRESS_SIGNS = "-_.!~*'()@/:=?;#%&,+<>";
    private static final Set<String> INLINE = Set.of("br", "span");

    private final StringBuilder out = new StringBuilder();

    private HtmlPrinter() {}

    static String print(Element page) {
        HtmlPrinter printer = new HtmlPrinter();
        printer.out.append("<!DOCTYPE html>\n");
        printer.element(page, "", null);
        return printer.out.append('\n').toString();
    }

    private void element(
            Element element, String parent, @org.jspecify.annotations.Nullable Node next) {
        String name = element.name();
        boolean block = !INLINE.contains(name);
        out.append('<').append(name);
        element.forEachAttribute((attribute, value) ->
                out.append(' ')
                        .append(attribute)
                        .append("=\"")
                        .append(escaped(attribute.equals("href") ? address(value) : value, true))
                        .append('"'));
        List<Node> children = element.children();
        if (EMPTY.contains(name)) {
            out.append('>');
        } else if (children.isEmpty()) {
            out.append("></").append(name).append('>');
        } else {
            out.append('>');
            content(element, block);
            out.append("</").append(name).append('>');
        }
        if (block && next != null && !(next instanceof Text) && !parent.startsWith("p")) {
            out.append('\n');
        }
    }

    private void content(Element element, boolean block) {
        List<Node> children = element.children();
        boolean breakable = block && children.size() > 1 && !element.name().startsWith("p");
        if (breakable && !(children.getFirst() instanceof Text)) {
            out.append('\n');
        }
        for (int i = 0; i < children.size(); i++) {
            Node next = i + 1 < children.size() ? children.get(i + 1) : null;
            if (children.get(i) instanceof Element child) {
                element(child, element.name(), next);
            } else if (children.get(i) instanceof Text text) {
                out.append(
                        element.name().equals("style")
                                ? text.value()
                                : escaped(text.value(), false));
            }
        }
        if (breakable && !(children.getLast() instanceof Text)) {
            out.append('\n');
        }
    }

    /** An address with the characters replaced that cannot be in one. */
    private static String address(String text) {
        StringBuilder address = new StringBuilder();
        for (byte b : text.stripLeading().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || ADDRESS_SIGNS.indexOf(c) >= 0) {
                address.append(c);
            } else {
                address.append("%%%02X".formatted((int) c));
            }
        }
        return address.toString();
    }

    private static String escaped(String text, boolean quotes) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return quotes ? escaped.replace("\"", "&quot;") : escaped;
    }
}
