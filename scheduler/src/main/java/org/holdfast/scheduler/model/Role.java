package org.holdfast.scheduler.model;

import org.jspecify.annotations.Nullable;

/** What a resource does on a node, in rising order: comparisons by ordinal are meant. */
public enum Role {
    UNKNOWN("Unknown"),
    STOPPED("Stopped"),
    STARTED("Started"),
    UNPROMOTED("Unpromoted"),
    PROMOTED("Promoted");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /** As tools print it and the CIB writes it. */
    public String text() {
        return text;
    }

    /** Whether this role ranks above another. */
    public boolean above(Role other) {
        return compareTo(other) > 0;
    }

    /**
     * Reads a role, old names ({@code Master}, {@code Slave}) included; UNKNOWN for anything else.
     */
    public static Role parse(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        if (name.equalsIgnoreCase("Stopped")) {
            return STOPPED;
        }
        if (name.equalsIgnoreCase("Started")) {
            return STARTED;
        }
        if (name.equalsIgnoreCase("Unpromoted") || name.equalsIgnoreCase("Slave")) {
            return UNPROMOTED;
        }
        if (name.equalsIgnoreCase("Promoted") || name.equalsIgnoreCase("Master")) {
            return PROMOTED;
        }
        return UNKNOWN;
    }
}
