package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.controlapi.ManagerRequest.AttributeOption;
import org.holdfast.kernel.NodeId;
import org.holdfast.scheduler.constraints.PosixPattern;
import org.jspecify.annotations.Nullable;

/** The attributes' values as all members hold them. */
final class AttributeTable {

    /** Scores end here; "INFINITY" in text. */
    private static final int INFINITY = 1_000_000;

    /** An attribute with its value for each node. */
    static final class Attribute {
        final String name;
        final SortedMap<NodeId, String> values = new TreeMap<>();

        /** Nodes for which a value was removed: they still count as known. */
        final SortedSet<NodeId> removed = new TreeSet<>();

        boolean isPrivate;
        boolean isUtilization;
        long dampeningMillis;
        @Nullable String set;

        Attribute(String name) {
            this.name = name;
        }

        boolean knows(NodeId host) {
            return values.containsKey(host) || removed.contains(host);
        }

        /** The tag of the set that holds it in the CIB. */
        String setTag() {
            return isUtilization ? "utilization" : "instance_attributes";
        }

        Set<AttributeOption> options() {
            Set<AttributeOption> options = EnumSet.noneOf(AttributeOption.class);
            if (isPrivate) {
                options.add(AttributeOption.PRIVATE);
            }
            if (isUtilization) {
                options.add(AttributeOption.UTILIZATION);
            }
            return options;
        }
    }

    private final SortedMap<String, Attribute> attributes = new TreeMap<>();

    /** An attribute that some node's value was set or removed of, or null. */
    @Nullable Attribute find(String name) {
        return attributes.get(name);
    }

    Attribute create(String name) {
        return attributes.computeIfAbsent(name, Attribute::new);
    }

    /** Every attribute, by name. */
    Iterable<Attribute> all() {
        return attributes.values();
    }

    /** Sets a value after working out {@code value++} and the like; null removes it. */
    static void set(Attribute attribute, NodeId host, @Nullable String value) {
        if (value == null) {
            attribute.values.remove(host);
            attribute.removed.add(host);
        } else {
            attribute.values.put(host, expand(value, attribute.values.get(host)));
            attribute.removed.remove(host);
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

    /** Names of all attributes in which a pattern is found. */
    List<String> namesMatching(PosixPattern pattern) {
        return pattern.foundIn(attributes.keySet());
    }

    /** Forgets a node, and attributes of which no other node has anything. */
    void forget(NodeId host) {
        for (Attribute attribute : attributes.values()) {
            attribute.values.remove(host);
            attribute.removed.remove(host);
        }
        attributes
                .values()
                .removeIf(attribute -> attribute.values.isEmpty() && attribute.removed.isEmpty());
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
