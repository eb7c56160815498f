package org.holdfast.cib.xpath;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.holdfast.cib.document.Cdata;
import org.holdfast.cib.document.Comment;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document: the document itself, a node, or an attribute, with the way to it from the
 * root. Equal if the way is the same.
 */
public final class Location implements Comparable<Location> {

    private final @Nullable Location parent;
    private final @Nullable Node node; // null for the document
    private final int index; // among the parent's children, or among its attributes
    private final boolean attribute;
    private final int depth;
    private final int hash;

    private Location(@Nullable Location parent, @Nullable Node node, int index, boolean attribute) {
        this.parent = parent;
        this.node = node;
        this.index = index;
        this.attribute = attribute;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.hash = (parent == null ? 17 : parent.hash) * 31 + index * 2 + (attribute ? 1 : 0);
    }

    /** The document that an element is the root of. */
    static Location document(Element root) {
        return new Location(null, root, -1, false);
    }

    boolean isDocument() {
        return parent == null;
    }

    /** Whether this is an attribute. */
    public boolean isAttribute() {
        return attribute;
    }

    /** Whether this is an element. */
    public boolean isElement() {
        return !attribute && parent != null && node instanceof Element;
    }

    /** The element here, or null if this is something else. */
    public @Nullable Element element() {
        return isElement() && node instanceof Element element ? element : null;
    }

    /** The node here; null for an attribute or the document. */
    public @Nullable Node node() {
        return attribute || parent == null ? null : node;
    }

    /** The element that this is or belongs to; the root for the document. */
    public Location holder() {
        if (parent == null) {
            return children().getFirst();
        }
        return isElement() ? this : parent;
    }

    /** The place that holds this one, or null for the document. */
    public @Nullable Location parent() {
        return parent;
    }

    /** Position among the children of the parent; 0 for the root. */
    public int index() {
        return index;
    }

    /** Positions of this and every place above it, from below the root on; empty for the root. */
    public List<Integer> path() {
        Deque<Integer> path = new ArrayDeque<>();
        for (Location at = this; at.parent != null && at.parent.parent != null; at = at.parent) {
            path.push(at.index);
        }
        return new ArrayList<>(path);
    }

    List<Location> children() {
        if (attribute || node == null) {
            return List.of();
        }
        if (parent == null) {
            return List.of(new Location(this, node, 0, false));
        }
        if (!(node instanceof Element element) || element.children().isEmpty()) {
            return List.of();
        }
        List<Node> nodes = element.children();
        List<Location> children = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            children.add(new Location(this, nodes.get(i), i, false));
        }
        return children;
    }

    /** Whether there may be an element with this tag below this place; false is certain. */
    boolean mayHold(String tag) {
        return !attribute
                && node instanceof Element element
                && (parent == null && element.name().equals(tag) || element.mayHold(tag));
    }

    List<Location> attributes() {
        Element element = element();
        if (element == null) {
            return List.of();
        }
        List<Location> attributes = new ArrayList<>(element.attributeCount());
        for (int i = 0; i < element.attributeCount(); i++) {
            attributes.add(new Location(this, element, i, true));
        }
        return attributes;
    }

    @Nullable Location attributeNamed(String name) {
        Element element = element();
        if (element == null) {
            return null;
        }
        for (int i = 0; i < element.attributeCount(); i++) {
            if (element.attributeName(i).equals(name)) {
                return new Location(this, element, i, true);
            }
        }
        return null;
    }

    /** The tag, the attribute's name, or the empty string. */
    public String name() {
        if (attribute && node instanceof Element element) {
            return element.attributeName(index);
        }
        return isElement() && node instanceof Element element ? element.name() : "";
    }

    /** The string value as XPath defines it: the attribute's value, or all text within. */
    public String text() {
        if (attribute && node instanceof Element element) {
            return element.attributeValue(index);
        }
        return switch (node) {
            case null -> "";
            case Text(String value) -> value;
            case Cdata(String value) -> value;
            case Comment(String value) -> value;
            case Element element -> {
                StringBuilder out = new StringBuilder();
                appendText(element, out);
                yield out.toString();
            }
        };
    }

    private static void appendText(Element element, StringBuilder out) {
        for (Node child : element.children()) {
            switch (child) {
                case Text(String value) -> out.append(value);
                case Cdata(String value) -> out.append(value);
                case Element inner -> appendText(inner, out);
                case Comment _ -> {
                    // not part of an element's value
                }
            }
        }
    }

    /** Document order: what begins first in the text comes first; attributes before children. */
    @Override
    public int compareTo(Location other) {
        Location one = this;
        Location two = other;
        while (one.depth > two.depth && one.parent != null) {
            one = one.parent;
        }
        while (two.depth > one.depth && two.parent != null) {
            two = two.parent;
        }
        if (one.equals(two)) {
            return Integer.compare(depth, other.depth);
        }
        while (one.parent != null && two.parent != null && !one.parent.equals(two.parent)) {
            one = one.parent;
            two = two.parent;
        }
        if (one.attribute != two.attribute) {
            return one.attribute ? -1 : 1;
        }
        return Integer.compare(one.index, two.index);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        Location one = this;
        if (!(other instanceof Location two) || hash != two.hash || depth != two.depth) {
            return false;
        }
        Location that = two;
        while (one != that) {
            if (one.index != that.index
                    || one.attribute != that.attribute
                    || one.parent == null
                    || that.parent == null) {
                return one.index == that.index && one.attribute == that.attribute;
            }
            one = one.parent;
            that = that.parent;
        }
        return true;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return isDocument() ? "/" : name() + path();
    }
}
