package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * An element of the CIB while a command edits it: knows its parent and can be changed in place. For
 * one thread, for the time of one command.
 */
final class Item {

    private final String tag;
    private final SequencedMap<String, String> attributes = new LinkedHashMap<>();
    private final List<Object> children = new ArrayList<>(); // Item, or Node that is no element
    private @Nullable Item parent;

    Item(String tag, String... namesAndValues) {
        this.tag = tag;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            attributes.put(namesAndValues[i], namesAndValues[i + 1]);
        }
    }

    static Item of(Element element) {
        Item item = new Item(element.name());
        element.forEachAttribute(item.attributes::put);
        for (Node child : element.children()) {
            if (child instanceof Element inner) {
                item.append(of(inner));
            } else {
                item.children.add(child);
            }
        }
        return item;
    }

    Element toElement() {
        Element.Builder builder = Element.builder(tag);
        attributes.forEach(builder::attribute);
        for (Object child : children) {
            builder.child(child instanceof Item item ? item.toElement() : (Node) child);
        }
        return builder.build();
    }

    String tag() {
        return tag;
    }

    boolean is(String... tags) {
        return List.of(tags).contains(tag);
    }

    String id() {
        return get("id", "");
    }

    @Nullable String get(String name) {
        return attributes.get(name);
    }

    String get(String name, String fallback) {
        return attributes.getOrDefault(name, fallback);
    }

    boolean has(String name) {
        return attributes.containsKey(name);
    }

    Map<String, String> attributes() {
        return attributes;
    }

    Item set(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    void unset(String name) {
        attributes.remove(name);
    }

    @Nullable Item parent() {
        return parent;
    }

    /** The nearest element around this one that is of one of these tags, or null. */
    @Nullable Item around(String... tags) {
        for (Item at = parent; at != null; at = at.parent) {
            if (at.is(tags)) {
                return at;
            }
        }
        return null;
    }

    List<Item> items() {
        List<Item> found = new ArrayList<>();
        for (Object child : children) {
            if (child instanceof Item item) {
                found.add(item);
            }
        }
        return found;
    }

    List<Item> items(String... tags) {
        return items().stream().filter(item -> item.is(tags)).toList();
    }

    @Nullable Item first(String... tags) {
        List<Item> found = items(tags);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Every element below this one that passes, in document order. */
    List<Item> all(Predicate<Item> wanted) {
        List<Item> found = new ArrayList<>();
        collect(wanted, found);
        return found;
    }

    List<Item> all(String... tags) {
        return all(item -> item.is(tags));
    }

    private void collect(Predicate<Item> wanted, List<Item> found) {
        for (Item item : items()) {
            if (wanted.test(item)) {
                found.add(item);
            }
            item.collect(wanted, found);
        }
    }

    /** Appends and answers the child, which is taken from its former parent. */
    Item append(Item child) {
        return insert(children.size(), child);
    }

    Item prepend(Item child) {
        return insert(0, child);
    }

    /** Puts a child behind one that is here already. */
    Item insertAfter(Item sibling, Item child) {
        child.detach();
        return insert(children.indexOf(sibling) + 1, child);
    }

    Item insertBefore(Item sibling, Item child) {
        child.detach();
        return insert(children.indexOf(sibling), child);
    }

    private Item insert(int index, Item child) {
        int at = child.parent == this && children.indexOf(child) < index ? index - 1 : index;
        child.detach();
        children.add(at, child);
        child.parent = this;
        return child;
    }

    void detach() {
        Item from = parent;
        if (from != null) {
            from.children.removeIf(child -> child == this);
            parent = null;
        }
    }

    /** The value of the first nvpair of that name in the first set of that tag, or null. */
    @Nullable String nvpair(String setTag, String name) {
        for (Item set : items(setTag)) {
            for (Item pair : set.items("nvpair")) {
                if (name.equals(pair.get("name"))) {
                    return pair.get("value");
                }
            }
        }
        return null;
    }

    String meta(String name, String fallback) {
        String value = nvpair("meta_attributes", name);
        return value == null || value.isEmpty() ? fallback : value;
    }
}
