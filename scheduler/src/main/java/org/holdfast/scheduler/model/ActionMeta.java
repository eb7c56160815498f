package org.holdfast.scheduler.model;

import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Meta-attributes of one action: the effective settings of its operation, which all actions of the
 * operation share, with what was added for this action in front of them.
 */
public final class ActionMeta {

    private static final String[] NONE = {};

    private Map<String, String> shared = Map.of();

    /** Name and value in turn. */
    private String[] own = NONE;

    private int ownLength;

    /** Sets what lies behind this action's own values; it must not change afterwards. */
    public void share(Map<String, String> settings) {
        shared = settings;
    }

    /** The value, or null. */
    public @Nullable String get(String name) {
        int at = find(name);
        return at >= 0 ? own[at + 1] : shared.get(name);
    }

    /** The value, or the fallback. */
    public String getOrDefault(String name, String fallback) {
        String value = get(name);
        return value == null ? fallback : value;
    }

    /** Sets a value. */
    public void put(String name, String value) {
        int at = find(name);
        if (at >= 0) {
            own[at + 1] = value;
            return;
        }
        if (ownLength == own.length) {
            own = Arrays.copyOf(own, Math.max(4, own.length * 2));
        }
        own[ownLength++] = name;
        own[ownLength++] = value;
    }

    /** Sets a value unless there is one. */
    public void putIfAbsent(String name, String value) {
        if (get(name) == null) {
            put(name, value);
        }
    }

    /** Sets several values. */
    public void putAll(Map<String, String> values) {
        values.forEach(this::put);
    }

    /** Hands over each name once, this action's own values first. */
    public void forEach(BiConsumer<String, String> taker) {
        for (int i = 0; i < ownLength; i += 2) {
            taker.accept(own[i], own[i + 1]);
        }
        for (Map.Entry<String, String> entry : shared.entrySet()) {
            if (find(entry.getKey()) < 0) {
                taker.accept(entry.getKey(), entry.getValue());
            }
        }
    }

    private int find(String name) {
        for (int i = 0; i < ownLength; i += 2) {
            if (own[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
