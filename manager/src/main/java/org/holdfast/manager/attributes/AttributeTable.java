package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/** The attributes' values as all members hold them. */
final class AttributeTable {

    /** Scores end here; "INFINITY" in text. */
    private static final int INFINITY = 1_000_000;

    /** An attribute with its value for each node. */
    static final class Attribute {
        final String name;
        final SortedMap<NodeId, String> values = new TreeMap<>();
        boolean isPrivate;
        long dampeningMillis;
        @Nullable String set;

        Attribute(String name) {
            this.name = name;
        }
    }

    private final SortedMap<String, Attribute> attributes = new TreeMap<>();

    Attribute attribute(String name) {
        return attributes.computeIfAbsent(name, Attribute::new);
    }

    SortedMap<NodeId, String> values(String name) {
        Attribute attribute = attributes.get(name);
        return attribute == null ? Collections.emptySortedMap() : attribute.values;
    }

    /** Every attribute, by name. */
    Iterable<Attribute> all() {
        return attributes.values();
    }

    /** Sets a value after working out {@code value++} and the like; null removes it. */
    void set(String name, NodeId host, @Nullable String value) {
        Attribute attribute = attribute(name);
        if (value == null) {
            attribute.values.remove(host);
        } else {
            attribute.values.put(host, expand(value, attribute.values.get(host)));
        }
    }

    /** Names of the attributes that have a value for a node and match a pattern. */
    List<String> namesMatching(NodeId host, java.util.regex.Pattern pattern) {
        List<String> names = new ArrayList<>();
        for (Attribute attribute : attributes.values()) {
            if (attribute.values.containsKey(host) && pattern.matcher(attribute.name).find()) {
                names.add(attribute.name);
            }
        }
        return names;
    }

    void forget(NodeId host) {
        attributes.values().forEach(attribute -> attribute.values.remove(host));
    }

    /**
     * Works out {@code value++} and {@code value+=N} against the value before, as attrd_updater(8)
     * describes; other text stands for itself.
     */
    static String expand(String text, @Nullable String before) {
        int step;
        if (text.equals("value++")) {
            step = 1;
        } else if (text.startsWith("value+=")) {
            step = score(text.substring("value+=".length()));
        } else {
            return text;
        }
        long sum = (long) score(before == null ? "0" : before) + step;
        if (sum >= INFINITY) {
            return "INFINITY";
        }
        return sum <= -INFINITY ? "-INFINITY" : Long.toString(sum);
    }

    private static int score(String text) {
        return switch (text) {
            case "INFINITY", "+INFINITY" -> INFINITY;
            case "-INFINITY" -> -INFINITY;
            default -> {
                try {
                    long value = Long.parseLong(text.strip());
                    yield (int) Math.max(-INFINITY, Math.min(INFINITY, value));
                } catch (NumberFormatException e) {
                    yield 0;
                }
            }
        };
    }
}
