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

    private Location(@Nullable Location parent, @Nullable Node node, int index, boolean attribute) {
        this.parent = parent;
        this.node = node;
        this.index = index;
        this.attribute = attribute;
        this.depth = parent == null ? 0 : parent.depth + 1;
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
            return child(0);
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

    /** How many children there are; the document has one, an attribute none. */
    int childCount() {
        if (parent == null) {
            return 1;
        }
        return !attribute && node instanceof Element element ? element.children().size() : 0;
    }

    /** A child, without its place. */
    @Nullable Node childNode(int childIndex) {
        return parent != null && node instanceof Element element
                ? element.children().get(childIndex)
                : node;
    }

    /** A child's place. */
    Location child(int childIndex) {
        return new Location(this, childNode(childIndex), childIndex, false);
    }

    /** How many places are above this one. */
    int depth() {
        return depth;
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

    /** The attribute's value; empty for anything else. */
    public String value() {
        return attribute && node instanceof Element element ? element.attributeValue(index) : "";
    }

    /** The string value as XPath defines it: the attribute's value, or all text within. */
    String text(Work work) {
        work.spend(1);
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
                appendText(element, out, work);
                yield out.toString();
            }
        };
    }

    private static void appendText(Element element, StringBuilder out, Work work) {
        for (Node child : element.children()) {
            work.spend(2);
            switch (child) {
                case Text(String value) -> append(value, out, work);
                case Cdata(String value) -> append(value, out, work);
                case Element inner -> appendText(inner, out, work);
                case Comment _ -> {
                    // not part of an element's value
                }
            }
        }
    }

    private static void append(String value, StringBuilder out, Work work) {
        work.spend(value.length() >> 4);
        out.append(value);
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
        if (!(other instanceof Location two) || depth != two.depth) {
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
        int hash = 17;
        for (Location at = this; at != null; at = at.parent) {
            hash = hash * 0x01000193 + at.index * 2 + (at.attribute ? 1 : 0);
        }
        return hash;
    }

    @Override
    public String toString() {
        return isDocument() ? "/" : name() + path();
    }
}
