package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * An element that is being rewritten: a mutable copy that lives within one upgrade. Comments and
 * text keep their places among the children.
 */
final class Draft {

    private final String name;
    private final int line;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> children = new ArrayList<>(); // Draft, or Node that is no Element

    private Draft(String name, int line) {
        this.name = name;
        this.line = line;
    }

    /** A new element with attributes given as name, value, name, value. */
    static Draft of(String name, String... namesAndValues) {
        Draft draft = new Draft(name, 0);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            draft.attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return draft;
    }

    static Draft of(Element element) {
        Draft draft = new Draft(element.name(), element.line());
        element.forEachAttribute(draft.attributes::put);
        for (Node child : element.children()) {
            draft.children.add(child instanceof Element inner ? of(inner) : child);
        }
        return draft;
    }

    Element toElement() {
        Element.Builder builder = Element.builder(name).line(line);
        attributes.forEach(builder::attribute);
        for (Object child : children) {
            builder.child(child instanceof Draft draft ? draft.toElement() : (Node) child);
        }
        return builder.build();
    }

    /** An element of another tag with this one's attributes and children. */
    Draft renamed(String tag) {
        Draft draft = new Draft(tag, line);
        draft.attributes.putAll(attributes);
        draft.children.addAll(children);
        return draft;
    }

    /** A copy of this element and all below it. */
    Draft copy() {
        return of(toElement());
    }

    String name() {
        return name;
    }

    boolean is(String... names) {
        return List.of(names).contains(name);
    }

    @Nullable String get(String attribute) {
        return attributes.get(attribute);
    }

    String getOrEmpty(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    String id() {
        return getOrEmpty("id");
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    /** Sets an attribute: in its place if it is there, else as the last. */
    Draft set(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    void unset(String attribute) {
        attributes.remove(attribute);
    }

    /** Gives an attribute another name and value in its place. */
    void exchange(String attribute, String newName, String newValue) {
        Map<String, String> before = new LinkedHashMap<>(attributes);
        attributes.clear();
        before.forEach((name, value) -> {
            if (name.equals(attribute)) {
                attributes.put(newName, newValue);
            } else {
                attributes.put(name, value);
            }
        });
    }

    Map<String, String> attributes() {
        return attributes;
    }

    /** Attributes of another element that this one lacks are added in that one's order. */
    void addAttributesOf(Draft other) {
        other.attributes.forEach(attributes::putIfAbsent);
    }

    /** The child elements. Not a view. */
    List<Draft> elements() {
        List<Draft> found = new ArrayList<>();
        for (Object child : children) {
            if (child instanceof Draft draft) {
                found.add(draft);
            }
        }
        return found;
    }

    List<Draft> elements(String... tags) {
        List<Draft> found = new ArrayList<>();
        for (Object child : children) {
            if (child instanceof Draft draft && draft.is(tags)) {
                found.add(draft);
            }
        }
        return found;
    }

    @Nullable Draft first(String tag) {
        for (Object child : children) {
            if (child instanceof Draft draft && draft.name.equals(tag)) {
                return draft;
            }
        }
        return null;
    }

    boolean contains(String tag) {
        return first(tag) != null;
    }

    void append(Draft child) {
        children.add(child);
    }

    void prepend(Draft child) {
        children.addFirst(child);
    }

    void removeElementsIf(Predicate<Draft> unwanted) {
        children.removeIf(child -> child instanceof Draft draft && unwanted.test(draft));
    }

    /** Drops comments and text. */
    void keepElementsOnly() {
        children.removeIf(child -> !(child instanceof Draft));
    }

    void clearChildren() {
        children.clear();
    }

    /** Puts other elements in a child's place. */
    void replace(Draft child, List<Draft> others) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) == child) {
                children.remove(i);
                children.addAll(i, others);
                return;
            }
        }
        throw new IllegalArgumentException(child.name + " is not below " + name);
    }

    /** Moves these children behind all others, in the given order. */
    void moveLast(List<Draft> ordered) {
        children.removeIf(child -> child instanceof Draft draft && isOneOf(draft, ordered));
        children.addAll(ordered);
    }

    private static boolean isOneOf(Draft draft, List<Draft> all) {
        for (Draft one : all) {
            if (one == draft) {
                return true;
            }
        }
        return false;
    }

    /** Hands over this element and all below it, parents first. */
    void forEachInTree(Consumer<Draft> action) {
        action.accept(this);
        for (Draft child : elements()) {
            child.forEachInTree(action);
        }
    }

    /** This element and all below it that have one of these tags, in document order. */
    List<Draft> inTree(String... tags) {
        List<Draft> found = new ArrayList<>();
        forEachInTree(draft -> {
            if (draft.is(tags)) {
                found.add(draft);
            }
        });
        return found;
    }
}
