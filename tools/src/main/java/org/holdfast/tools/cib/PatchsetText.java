package org.holdfast.tools.cib;

import java.util.StringJoiner;
import java.util.function.Consumer;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.PacemakerText;
import org.holdfast.cib.patch.CibVersion;
import org.holdfast.cib.patch.Patchset;

/** A patchset for people: a line for each change, marked {@code ++}, {@code --}, {@code +}. */
final class PatchsetText {

    private final Consumer<String> line;

    private PatchsetText(Consumer<String> line) {
        this.line = line;
    }

    static void show(Element patchset, Consumer<String> line) {
        PatchsetText text = new PatchsetText(line);
        text.header(patchset);
        for (Element change : patchset.elements("change")) {
            text.change(change);
        }
    }

    private void header(Element patchset) {
        CibVersion none = new CibVersion(0, 0, 0);
        Patchset.Versions versions = Patchset.versionsOf(patchset);
        CibVersion source =
                versions == null || versions.source() == null ? none : versions.source();
        CibVersion target =
                versions == null || versions.target() == null ? none : versions.target();
        if (!source.equals(target)) {
            line.accept("Diff: --- " + source + " " + patchset.getOr("format", "(no format)"));
            line.accept("Diff: +++ " + target + " " + patchset.getOr("digest", "(no digest)"));
        } else if (!target.equals(none)) {
            line.accept("Local-only Change: " + target);
        }
    }

    private void change(Element change) {
        String path = change.getOr("path", "");
        switch (change.getOr("operation", "")) {
            case "create" -> created(path, change);
            case "move" -> line.accept("+~ " + path + " moved to offset " + change.get("position"));
            case "modify" -> modified(path, change);
            case "delete" -> {
                int position = CibVersion.number(change, "position", -1);
                line.accept("-- " + path + (position < 0 ? "" : " (" + position + ")"));
            }
            default -> {
                // nothing that we know
            }
        }
    }

    private void created(String path, Element change) {
        if (change.children().isEmpty()) {
            return;
        }
        String prefix = "++ " + path + ": ";
        switch (change.children().getFirst()) {
            case Element element -> {
                line.accept(prefix + " " + openTag(element, "/>"));
                String blank = "++" + " ".repeat(prefix.length() - 2);
                inner(element, blank, 0);
            }
            case Comment(String text) -> line.accept("<!--" + text + "-->");
            default -> {
                // not shown
            }
        }
    }

    private void inner(Element element, String prefix, int depth) {
        if (element.children().isEmpty()) {
            return;
        }
        for (Node child : element.children()) {
            String indent = "  ".repeat(depth + 1);
            if (child instanceof Element inner) {
                String end = inner.children().isEmpty() ? "/>" : ">";
                line.accept(prefix + " " + indent + openTag(inner, end));
                inner(inner, prefix, depth + 1);
            } else if (child instanceof Comment(String text)) {
                line.accept(indent + "<!--" + text + "-->");
            }
        }
        line.accept(prefix + " " + "  ".repeat(depth) + "</" + element.name() + ">");
    }

    private static String openTag(Element element, String end) {
        StringBuilder out = new StringBuilder("<").append(element.name());
        element.forEachAttribute((name, value) -> {
            out.append(' ').append(name).append("=\"");
            PacemakerText.escape(value, true, out);
            out.append('"');
        });
        return out.append(end).toString();
    }

    private void modified(String path, Element change) {
        Element list = change.first("change-list");
        if (list == null) {
            return;
        }
        StringJoiner set = new StringJoiner(", @", "@", "");
        StringJoiner unset = new StringJoiner(", @", "@", "");
        set.setEmptyValue("");
        unset.setEmptyValue("");
        for (Element attribute : list.elements()) {
            String name = attribute.getOr("name", "");
            if (attribute.getOr("operation", "").equals("set")) {
                set.add(name + "=" + attribute.getOr("value", ""));
            } else {
                unset.add(name);
            }
        }
        if (set.length() > 0) {
            line.accept("+  " + path + ":  " + set);
        }
        if (unset.length() > 0) {
            line.accept("-- " + path + ":  " + unset);
        }
    }
}
