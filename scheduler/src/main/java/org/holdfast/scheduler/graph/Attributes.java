package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Names with values in a fixed order, each name once. Immutable and small. */
public final class Attributes {

    /** No attributes. */
    public static final Attributes NONE = new Attributes(new String[0]);

    /** Name and value in turn. */
    private final String[] pairs;

    private Attributes(String[] pairs) {
        this.pairs = pairs;
    }

    /** The value, or null. */
    public @Nullable String get(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** The value, or the fallback. */
    public String getOrDefault(String name, String fallback) {
        String value = get(name);
        return value == null ? fallback : value;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** Hands over each name with its value, in order. */
    public void forEach(BiConsumer<String, String> taker) {
        for (int i = 0; i < pairs.length; i += 2) {
            taker.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** As a map of its own, in order. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        forEach(map::put);
        return map;
    }

    /** Name and value in turn. */
    String[] toPairs() {
        return pairs.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Attributes that && Arrays.equals(pairs, that.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /** Collects attributes. */
    static final class Builder {

        private final List<String> pairs = new ArrayList<>(24);

        /** Sets a value, whether there is one or not. */
        Builder put(String name, String value) {
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

        /** The attributes as they were added. */
        Attributes build() {
            return pairs.isEmpty() ? NONE : new Attributes(pairs.toArray(new String[0]));
        }

        /** The attributes in the order of their names. */
        Attributes buildSorted() {
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
            return sorted.length == 0 ? NONE : new Attributes(sorted);
        }
    }
}
