package org.holdfast.cib.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An element with its attributes in document order and its children. Immutable, so safe to share
 * between threads and versions; every {@code with} method answers a new element that shares what
 * did not change.
 *
 * <p>Equality is by content: name, attributes in order, children. The line is where a message
 * should point to and does not count.
 */
public final class Element implements Node {

    private static final String[] NONE = {};

    private final String name;
    private final String[] attributes; // name, value, name, value...
    private final List<Node> children;
    private final int line;

    private Element(String name, String[] attributes, List<Node> children, int line) {
        this.name = name;
        this.attributes = attributes;
        this.children = children;
        this.line = line;
    }

    /** An element without children whose attributes are given as name, value, name, value. */
    public static Element of(String name, String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("attribute without a value on <" + name + ">");
        }
        return new Element(name, copyOf(namesAndValues), List.of(), 0);
    }

    /** An element with attributes, given as name, value, name, value..., and children. */
    public static Element of(String name, String[] namesAndValues, List<? extends Node> children) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("attribute without a value on <" + name + ">");
        }
        return new Element(name, copyOf(namesAndValues), NodeList.of(children), 0);
    }

    private static String[] copyOf(String[] namesAndValues) {
        return namesAndValues.length == 0 ? NONE : namesAndValues.clone();
    }

    /** A builder for an element of this name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The tag. */
    public String name() {
        return name;
    }

    /** The line of the text that this element was parsed from, counted from 1; 0 if it was not. */
    public int line() {
        return line;
    }

    /** The value of an attribute, or null if there is none of that name. */
    public @Nullable String get(String attribute) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(attribute)) {
                return attributes[i + 1];
            }
        }
        return null;
    }

    /** The value of an attribute, or {@code fallback} if there is none of that name. */
    public String getOr(String attribute, String fallback) {
        String value = get(attribute);
        return value == null ? fallback : value;
    }

    /** The {@code id} attribute, or the empty string. */
    public String id() {
        return getOr("id", "");
    }

    /** Whether the attribute is there, with whatever value. */
    public boolean has(String attribute) {
        return get(attribute) != null;
    }

    /** How many attributes there are. */
    public int attributeCount() {
        return attributes.length / 2;
    }

    /** Name of the attribute at a position in document order. */
    public String attributeName(int index) {
        return attributes[2 * index];
    }

    /** Value of the attribute at a position in document order. */
    public String attributeValue(int index) {
        return attributes[2 * index + 1];
    }

    /** Hands over each attribute in document order. */
    public void forEachAttribute(BiConsumer<String, String> action) {
        for (int i = 0; i < attributes.length; i += 2) {
            action.accept(attributes[i], attributes[i + 1]);
        }
    }

    /** Which tags may occur here or below: a bit for each, which several tags may share. */
    long tags() {
        return tagBit(name) | NodeList.tagsOf(children);
    }

    /** The factor was found by trying: tags that every CIB has get a bit of their own. */
    private static long tagBit(String tag) {
        return 1L << (tag.hashCode() * 0x11804D1F >>> 26);
    }

    /** Whether there may be an element with this tag below this one; false is certain. */
    public boolean mayHold(String tag) {
        return (NodeList.tagsOf(children) & tagBit(tag)) != 0;
    }

    /** All children in document order; cannot be changed. */
    public List<Node> children() {
        return children;
    }

    /** The children that are elements, in document order. */
    public List<Element> elements() {
        if (!NodeList.mayBeMixed(children)) {
            @SuppressWarnings({"unchecked", "rawtypes"}) // every child is an element
            List<Element> all = (List) children;
            return all;
        }
        List<Element> found = new ArrayList<>(children.size());
        for (Node child : children) {
            if (child instanceof Element element) {
                found.add(element);
            }
        }
        return found;
    }

    /** The child elements of one tag, in document order. */
    public List<Element> elements(String tag) {
        List<Element> found = new ArrayList<>();
        for (Node child : children) {
            if (child instanceof Element element && element.name.equals(tag)) {
                found.add(element);
            }
        }
        return found;
    }

    /** The first child element of a tag, or null. */
    public @Nullable Element first(String tag) {
        for (Node child : children) {
            if (child instanceof Element element && element.name.equals(tag)) {
                return element;
            }
        }
        return null;
    }

    /** The element below this one that a chain of tags leads to (first of each), or null. */
    public @Nullable Element path(String... tags) {
        Element at = this;
        for (String tag : tags) {
            Element next = at.first(tag);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** The character data of this element's own text children, joined. */
    public String text() {
        StringBuilder all = new StringBuilder();
        for (Node child : children) {
            if (child instanceof Text(String value)) {
                all.append(value);
            } else if (child instanceof Cdata(String value)) {
                all.append(value);
            }
        }
        return all.toString();
    }

    /** This element with an attribute set: in its place if it was there, else as the last. */
    public Element with(String attribute, String value) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(attribute)) {
                if (attributes[i + 1].equals(value)) {
                    return this;
                }
                String[] changed = attributes.clone();
                changed[i + 1] = value;
                return new Element(name, changed, children, line);
            }
        }
        String[] longer = Arrays.copyOf(attributes, attributes.length + 2);
        longer[attributes.length] = attribute;
        longer[attributes.length + 1] = value;
        return new Element(name, longer, children, line);
    }

    /** This element without an attribute. */
    public Element without(String attribute) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(attribute)) {
                String[] shorter = new String[attributes.length - 2];
                System.arraycopy(attributes, 0, shorter, 0, i);
                System.arraycopy(attributes, i + 2, shorter, i, attributes.length - i - 2);
                return new Element(name, shorter, children, line);
            }
        }
        return this;
    }

    /** This element with another tag. */
    public Element withName(String tag) {
        return new Element(tag, attributes, children, line);
    }

    /** This element with other children. */
    public Element withChildren(List<? extends Node> newChildren) {
        return new Element(name, attributes, NodeList.of(newChildren), line);
    }

    /** This element with a child behind the others. */
    public Element append(Node child) {
        return new Element(name, attributes, NodeList.append(children, child), line);
    }

    /** This element with a child put at an index, from 0 to the number of children. */
    public Element insert(int index, Node child) {
        return new Element(name, attributes, NodeList.insert(children, index, child), line);
    }

    /** This element with the child at an index replaced. */
    public Element replace(int index, Node child) {
        return children.get(index) == child
                ? this
                : new Element(name, attributes, NodeList.replace(children, index, child), line);
    }

    /** This element without the child at an index. */
    public Element remove(int index) {
        return new Element(name, attributes, NodeList.remove(children, index), line);
    }

    /**
     * The position among {@link #children} of the first child element with a tag and an id, or -1.
     * In a wide element the cost does not depend on the number of children.
     */
    public int indexOf(String tag, String id) {
        return NodeList.find(children, tag, id);
    }

    /** This element with each child element replaced by what the function makes of it. */
    public Element mapElements(UnaryOperator<Element> change) {
        List<Node> changed = null;
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element before) {
                Element after = change.apply(before);
                if (after != before) {
                    if (changed == null) {
                        changed = new ArrayList<>(children);
                    }
                    changed.set(i, after);
                }
            }
        }
        return changed == null ? this : new Element(name, attributes, NodeList.of(changed), line);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Element that
                        && name.equals(that.name)
                        && Arrays.equals(attributes, that.attributes)
                        && children.equals(that.children));
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, Arrays.hashCode(attributes), children);
    }

    /** The element's tag and attributes, for messages; children are left out. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder("<").append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            all.append(' ').append(attributes[i]).append("=\"").append(attributes[i + 1]);
            all.append('"');
        }
        return all.append(children.isEmpty() ? "/>" : ">").toString();
    }

    /** Collects an element's parts; not thread-safe, for one element. */
    public static final class Builder {

        private final String name;
        private final List<String> attributes = new ArrayList<>();
        private final List<Node> children = new ArrayList<>();
        private int line;

        private Builder(String name) {
            this.name = name;
        }

        /** Adds an attribute behind the others; the caller sees to it that it is a new one. */
        public Builder attribute(String attribute, String value) {
            attributes.add(attribute);
            attributes.add(value);
            return this;
        }

        /** Adds an attribute unless the value is null. */
        public Builder optional(String attribute, @Nullable String value) {
            return value == null ? this : attribute(attribute, value);
        }

        /** Adds a child behind the others. */
        public Builder child(Node child) {
            children.add(child);
            return this;
        }

        /** Sets the line in the source text, counted from 1. */
        public Builder line(int number) {
            this.line = number;
            return this;
        }

        /** The element. */
        public Element build() {
            return new Element(
                    name,
                    attributes.isEmpty() ? NONE : attributes.toArray(NONE),
                    NodeList.of(children),
                    line);
        }
    }
}
