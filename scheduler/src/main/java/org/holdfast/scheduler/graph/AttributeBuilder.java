package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;

/** Collects the attributes of an element of the graph, each name once. Not thread-safe. */
final class AttributeBuilder {

    /** Name and value in turn. */
    private final List<String> pairs = new ArrayList<>(24);

    /** Sets a value, whether there is one or not. */
    AttributeBuilder put(String name, String value) {
        int at = find(name);
        if (at >= 0) {
            pairs.set(at + 1, value);
        } else {
            pairs.add(name);
            pairs.add(value);
        }
        return this;
    }

    /** Sets a value unless there is one. */
    void putIfAbsent(String name, String value) {
        if (find(name) < 0) {
            pairs.add(name);
            pairs.add(value);
        }
    }

    private int find(String name) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** An element of this tag with the attributes as they were added. */
    Element build(String tag) {
        return Element.of(tag, pairs.toArray(new String[0]));
    }

    /** An element of this tag with the attributes in the order of their names. */
    Element buildSorted(String tag) {
        String[] sorted = pairs.toArray(new String[0]);
        for (int i = 2; i < sorted.length; i += 2) {
            String name = sorted[i];
            String value = sorted[i + 1];
            int at = i;
            for (; at > 0 && sorted[at - 2].compareTo(name) > 0; at -= 2) {
                sorted[at] = sorted[at - 2];
                sorted[at + 1] = sorted[at - 1];
            }
            sorted[at] = name;
            sorted[at + 1] = value;
        }
        return Element.of(tag, sorted);
    }
}
