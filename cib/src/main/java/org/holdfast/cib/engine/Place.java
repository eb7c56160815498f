package org.holdfast.cib.engine;

import java.util.List;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.jspecify.annotations.Nullable;

/**
 * An element's place in a document; knows how to put another one there. The path is kept, so a
 * replacement copies the elements above it and shares everything else.
 */
record Place(@Nullable Place parent, int index, Element element) {

    static Place root(Element root) {
        return new Place(null, -1, root);
    }

    /** The place that child positions lead to. */
    static Place at(Element root, List<Integer> path) {
        Place place = root(root);
        for (int index : path) {
            place = place.child(index);
        }
        return place;
    }

    boolean isRoot() {
        return parent == null;
    }

    /** The place above, or this one for the root. */
    Place parentOrSelf() {
        return parent == null ? this : parent;
    }

    /** Whether an element of that tag is above this one, or this one is it. */
    boolean isBelow(String tag) {
        return element.name().equals(tag) || parent != null && parent.isBelow(tag);
    }

    /** The place of a child that is an element. */
    Place child(int childIndex) {
        if (element.children().get(childIndex) instanceof Element child) {
            return new Place(this, childIndex, child);
        }
        throw new IllegalArgumentException("child " + childIndex + " is not an element");
    }

    /** The document with another element here. */
    Element with(Element other) {
        return parent == null ? other : parent.with(parent.element.replace(index, other));
    }

    /** The document without this element; not for the root. */
    Element without() {
        if (parent == null) {
            throw new IllegalArgumentException("a document needs its root");
        }
        return parent.with(parent.element.remove(index));
    }

    /** The first place, from this one on down in document order, that passes. */
    @Nullable Place first(Predicate<Element> test) {
        if (test.test(element)) {
            return this;
        }
        return firstBelow(test);
    }

    /** The first place below this one, in document order, that passes. */
    @Nullable Place firstBelow(Predicate<Element> test) {
        List<Node> children = element.children();
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child) {
                Place found = new Place(this, i, child).first(test);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
