package org.holdfast.cib.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * Finds the elements of one document by tag and id. The index is built once, at the first look-up
 * that needs it, in time linear in the document. Not thread-safe.
 */
public final class References {

    private final Element root;
    private @Nullable Map<String, Map<String, List<Element>>> byTag;

    /** References within a document. */
    public References(Element root) {
        this.root = root;
    }

    /** The document's root. */
    public Element root() {
        return root;
    }

    /**
     * What an element stands for: itself, or the one element of the same tag whose id its {@code
     * id-ref} names.
     *
     * @return null if there is no such element, or more than one
     */
    public @Nullable Element resolve(Element element) {
        String reference = element.get("id-ref");
        return reference == null ? element : find(element.name(), reference);
    }

    /** The error about an element that refers to nothing. */
    public static String dangling(Element element) {
        String tag = element.name();
        String id = element.getOr("id-ref", "");
        return "Ignoring invalid "
                + tag
                + " configuration: id-ref '"
                + id
                + "' does not reference a valid object \7 xpath=//"
                + tag
                + "[@id='"
                + id
                + "']";
    }

    /** The one element of a tag and id, or null if there is none or more than one. */
    public @Nullable Element find(String tag, String id) {
        List<Element> found = findAll(tag, id);
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** All elements of a tag and id in document order. */
    public List<Element> findAll(String tag, String id) {
        Map<String, List<Element>> byId = index().get(tag);
        return byId == null ? List.of() : byId.getOrDefault(id, List.of());
    }

    private Map<String, Map<String, List<Element>>> index() {
        if (byTag == null) {
            byTag = new LinkedHashMap<>();
            add(root, byTag);
        }
        return byTag;
    }

    private static void add(Element element, Map<String, Map<String, List<Element>>> index) {
        String id = element.get("id");
        if (id != null) {
            index.computeIfAbsent(element.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(id, _ -> new ArrayList<>(1))
                    .add(element);
        }
        for (Element child : element.elements()) {
            add(child, index);
        }
    }
}
