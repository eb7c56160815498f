package org.holdfast.corosyncconf;

/**
 * A line {@code key: value}.
 *
 * @param name the key
 * @param value the text behind the colon, without the blanks around it; may be empty
 * @param line the line in the file, from 1; 0 if a program made the entry
 */
public record ConfEntry(String name, String value, int line) implements ConfItem {

    /** An entry that comes from no file. */
    public ConfEntry(String name, String value) {
        this(name, value, 0);
    }

    // Written out: what records have by default takes long to link, and every start needs these.
    @Override
    public boolean equals(Object other) {
        return other instanceof ConfEntry entry
                && entry.line == line
                && entry.name.equals(name)
                && entry.value.equals(value);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + value.hashCode()) + line;
    }
}
