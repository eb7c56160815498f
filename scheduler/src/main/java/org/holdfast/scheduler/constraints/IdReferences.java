package org.holdfast.scheduler.constraints;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code id-ref} from an element to the element of the same name that has the id, anywhere
 * in the CIB. The CIB is searched once, and only if there is a reference at all.
 */
final class IdReferences {

    private static final Place AMBIGUOUS = new Place(List.of(), -1);

    private final Element cib;
    private @Nullable Map<String, Place> places;

    IdReferences(Element cib) {
        this.cib = cib;
    }

    /** An element among its siblings. */
    record Place(List<Element> siblings, int index) {

        Element element() {
            return siblings.get(index);
        }

        /** The next sibling of a name, or null. */
        @Nullable Place next(String name) {
            return firstOf(siblings, index + 1, name);
        }

        /** The first child of {@code parent} with a name, or null. */
        static @Nullable Place firstChild(Element parent, String name) {
            return firstOf(parent.elements(), 0, name);
        }

        private static @Nullable Place firstOf(List<Element> siblings, int from, String name) {
            for (int i = from; i < siblings.size(); i++) {
                if (siblings.get(i).name().equals(name)) {
                    return new Place(siblings, i);
                }
            }
            return null;
        }
    }

    /**
     * The element meant by the one at {@code place}: itself, or what it refers to; null if the
     * reference is dangling or ambiguous.
     */
    @Nullable Place resolve(Place place) {
        String reference = place.element().get("id-ref");
        if (reference == null) {
            return place;
        }
        Map<String, Place> known = places;
        if (known == null) {
            known = new LinkedHashMap<>();
            collect(cib, known);
            places = known;
        }
        Place found = known.get(key(place.element().name(), reference));
        return found == null || found.index < 0 ? null : found;
    }

    private static void collect(Element parent, Map<String, Place> into) {
        List<Element> children = parent.elements();
        for (int i = 0; i < children.size(); i++) {
            Element child = children.get(i);
            String id = child.get("id");
            if (id != null) {
                into.merge(key(child.name(), id), new Place(children, i), (_, _) -> AMBIGUOUS);
            }
            collect(child, into);
        }
    }

    private static String key(String name, String id) {
        return name + " " + id;
    }
}
