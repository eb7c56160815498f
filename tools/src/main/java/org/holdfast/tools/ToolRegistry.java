package org.holdfast.tools;

import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commands by name. A command's class is loaded when it is first asked for, so that a short
 * command does not pay for the others. Immutable once built; thread-safe.
 */
public final class ToolRegistry {

    private final SequencedMap<String, Supplier<Tool>> byName;

    private ToolRegistry(SequencedMap<String, Supplier<Tool>> byName) {
        this.byName = byName;
    }

    /** The command of that name, or null. */
    public @Nullable Tool find(String name) {
        Supplier<Tool> maker = byName.get(name);
        return maker == null ? null : maker.get();
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** A new, empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects commands; not thread-safe. */
    public static final class Builder {

        private final SequencedMap<String, Supplier<Tool>> byName = new TreeMap<>();

        private Builder() {}

        /**
         * Adds a command.
         *
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder add(String name, Supplier<Tool> maker) {
            if (byName.put(name, maker) != null) {
                throw new IllegalArgumentException("two commands named " + name);
            }
            return this;
        }

        /** The registry. */
        public ToolRegistry build() {
            return new ToolRegistry(new TreeMap<>(byName));
        }
    }
}
