package org.holdfast.scheduler.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.jspecify.annotations.Nullable;

/** Follows {@code id-ref} to the element of the same tag and that id, anywhere in the CIB. */
public final class References {

    private References() {}

    /** The element itself if it refers to no other; null if what it refers to is not there. */
    public static @Nullable Element resolve(Cluster cluster, Element element) {
        String target = element.get("id-ref");
        if (target == null) {
            return element;
        }
        Element found = index(cluster).get(key(element.name(), target));
        if (found == null) {
            cluster.configError(
                    "Ignoring invalid "
                            + element.name()
                            + " configuration: id-ref '"
                            + target
                            + "' does not reference a valid object");
        }
        return found;
    }

    private static Map<String, Element> index(Cluster cluster) {
        Map<String, Element> index = cluster.elementsById;
        if (index == null) {
            index = new LinkedHashMap<>();
            enter(cluster.cib, index);
            cluster.elementsById = index;
        }
        return index;
    }

    private static void enter(Element element, Map<String, Element> index) {
        String id = element.get("id");
        if (id != null) {
            index.putIfAbsent(key(element.name(), id), element);
        }
        for (Element child : element.elements()) {
            enter(child, index);
        }
    }

    private static String key(String tag, String id) {
        return tag + ' ' + id;
    }
}
