package org.holdfast.corosyncconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A section {@code name { ... }}, or the whole file with an empty name. Immutable; the methods that
 * begin with {@code with} return a changed copy.
 *
 * @param name the section's name, empty for the file itself
 * @param items values and sections in the order of the file
 * @param line the line of the opening bracket, from 1; 0 for the file and for sections that a
 *     program made
 */
public record ConfSection(String name, List<ConfItem> items, int line) implements ConfItem {

    /** Copies the list. */
    public ConfSection {
        items = List.copyOf(items);
    }

    /** A section that comes from no file. */
    public ConfSection(String name, List<ConfItem> items) {
        this(name, items, 0);
    }

    /** The values of this section, in order. */
    public List<ConfEntry> entries() {
        return items.stream()
                .filter(ConfEntry.class::isInstance)
                .map(ConfEntry.class::cast)
                .toList();
    }

    /** The sections directly in this one, in order. */
    public List<ConfSection> sections() {
        return items.stream()
                .filter(ConfSection.class::isInstance)
                .map(ConfSection.class::cast)
                .toList();
    }

    /** The sections of that name directly in this one, in order. */
    public List<ConfSection> sections(String wanted) {
        return sections().stream().filter(section -> section.name().equals(wanted)).toList();
    }

    /**
     * The entry that counts for a key: the last one, because Corosync stores each into the same
     * cmap key.
     */
    public Optional<ConfEntry> entry(String key) {
        return entries().stream()
                .filter(entry -> entry.name().equals(key))
                .reduce((_, later) -> later);
    }

    /** The value that counts for a key. */
    public Optional<String> value(String key) {
        return entry(key).map(ConfEntry::value);
    }

    /** With the key set: its first entry changed and further ones dropped, or a new last entry. */
    public ConfSection withValue(String key, String value) {
        List<ConfItem> changed = new ArrayList<>();
        boolean found = false;
        for (ConfItem item : items) {
            if (item instanceof ConfEntry entry && entry.name().equals(key)) {
                if (!found) {
                    changed.add(new ConfEntry(key, value, entry.line()));
                }
                found = true;
            } else {
                changed.add(item);
            }
        }
        if (!found) {
            changed.add(new ConfEntry(key, value));
        }
        return new ConfSection(name, changed, line);
    }

    /** Without any entry of that key. */
    public ConfSection withoutValue(String key) {
        return without(item -> item instanceof ConfEntry entry && entry.name().equals(key));
    }

    /** With another section behind all that is there. */
    public ConfSection withSection(ConfSection section) {
        List<ConfItem> changed = new ArrayList<>(items);
        changed.add(section);
        return new ConfSection(name, changed, line);
    }

    /** With one item, found by identity, replaced by another. */
    public ConfSection withReplaced(ConfItem old, ConfItem replacement) {
        return new ConfSection(
                name, items.stream().map(item -> item == old ? replacement : item).toList(), line);
    }

    /** Without the items that the test accepts. */
    public ConfSection without(Predicate<ConfItem> test) {
        return new ConfSection(name, items.stream().filter(test.negate()).toList(), line);
    }
}
