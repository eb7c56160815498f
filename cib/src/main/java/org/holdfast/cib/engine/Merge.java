package org.holdfast.cib.engine;

import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.holdfast.cib.value.Score;
import org.jspecify.annotations.Nullable;

/** Merges an update into an element: attributes are set, children matched by tag and id. */
public final class Merge {

    private final boolean scores;

    /** Merges with or without computing values such as {@code name++}. */
    public Merge(boolean scores) {
        this.scores = scores;
    }

    /** The element with the update in it; itself if that changes nothing. */
    public Element into(Element target, Element update) {
        Element merged = target;
        for (int i = 0; i < update.attributeCount(); i++) {
            String name = update.attributeName(i);
            String value = update.attributeValue(i);
            merged = merged.with(name, scores ? computed(merged.get(name), name, value) : value);
        }
        for (Node child : update.children()) {
            merged = child(merged, child);
        }
        return merged;
    }

    private Element child(Element parent, Node update) {
        return switch (update) {
            case Comment comment -> hasComment(parent, comment) ? parent : parent.append(comment);
            case Element element -> {
                int index = indexOfMatch(parent, element);
                if (index < 0) {
                    yield parent.append(into(Element.of(element.name()), element));
                }
                Element before = (Element) parent.children().get(index);
                yield parent.replace(index, into(before, element));
            }
            case Text _ -> parent;
            case Cdata _ -> parent;
        };
    }

    private static boolean hasComment(Element parent, Comment comment) {
        return parent.children().stream()
                .anyMatch(child ->
                        child instanceof Comment(String value)
                                && value.equalsIgnoreCase(comment.value()));
    }

    private static int indexOfMatch(Element parent, Element update) {
        String id = update.get("id");
        if (id != null) {
            return parent.indexOf(update.name(), id);
        }
        @Nullable String key = update.has("id-ref") ? "id-ref" : null;
        String wanted = key == null ? null : update.get(key);
        List<Node> children = parent.children();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child
                    && child.name().equals(update.name())
                    && (key == null || wanted != null && wanted.equals(child.get(key)))) {
                return i;
            }
        }
        return -1;
    }

    /** The value that {@code name++} or {@code name+=number} makes of an existing one. */
    private static String computed(@Nullable String before, String name, String value) {
        if (before == null || !value.startsWith(name + "+")) {
            return value;
        }
        String rest = value.substring(name.length() + 1);
        if (rest.startsWith("+")) {
            return "" + Score.add(Score.parse(before, 0), 1);
        }
        if (rest.startsWith("=")) {
            return "" + Score.add(Score.parse(before, 0), Score.parse(rest.substring(1), 0));
        }
        return value;
    }
}
