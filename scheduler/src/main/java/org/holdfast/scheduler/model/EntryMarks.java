package org.holdfast.scheduler.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * Notes on single elements of the CIB: two elements with the same content are two. Can only be
 * looked up, so that nothing depends on where elements lie in memory.
 *
 * @param <V> what is noted
 */
public final class EntryMarks<V> {

    /** An element as itself. */
    private static final class Key {
        private final Element element;

        Key(Element element) {
            this.element = element;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // what this class is for
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.element == element;
        }

        @Override
        public int hashCode() {
            return element.hashCode();
        }
    }

    private final Map<Key, V> marks = new LinkedHashMap<>();

    /** Notes something on an element. */
    public void put(Element element, V mark) {
        marks.put(new Key(element), mark);
    }

    /** What is noted on an element, or null. */
    public @Nullable V get(Element element) {
        return marks.get(new Key(element));
    }

    /** Whether something is noted on an element. */
    public boolean has(Element element) {
        return marks.containsKey(new Key(element));
    }
}
