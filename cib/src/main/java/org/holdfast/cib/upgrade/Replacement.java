package org.holdfast.cib.upgrade;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an option under an old name.
 *
 * @param what the old name
 * @param onlyFor values for which it holds; empty: for all that no other entry names
 * @param with the new name, or "" if the option goes
 * @param value the new value, or null to keep it
 * @param where the section it moves to, or null if it stays in its place
 */
record Replacement(
        String what,
        List<String> onlyFor,
        String with,
        @Nullable String value,
        @Nullable String where) {

    static Replacement rename(String what, String with) {
        return new Replacement(what, List.of(), with, null, null);
    }

    static Replacement drop(String what) {
        return new Replacement(what, List.of(), "", null, null);
    }

    static Replacement move(String what, String with, String where) {
        return new Replacement(what, List.of(), with, null, where);
    }

    /** Whether the option leaves the place where it is. */
    boolean leaves() {
        return with.isEmpty() || where != null;
    }

    /** The entry for a name and value; one that names the value comes before one that does not. */
    static @Nullable Replacement find(List<Replacement> table, String name, String value) {
        Replacement general = null;
        for (Replacement entry : table) {
            if (entry.what.equals(name)) {
                if (entry.onlyFor.contains(value)) {
                    return entry;
                }
                if (entry.onlyFor.isEmpty()) {
                    general = entry;
                }
            }
        }
        return general;
    }

    /** What happens, in the words of Pacemaker's upgrade. */
    String description() {
        String text;
        if (with.isEmpty()) {
            text = "dropping " + what;
        } else if (where != null) {
            text = "moving " + what + " under " + where + " as " + with;
            text += " unless already defined there";
        } else {
            text = (with.equals(what) ? "keeping " : "renaming ") + what + " as " + with;
        }
        if (value != null) {
            text += ", redefined as " + value + (onlyFor.isEmpty() ? "" : ",");
        }
        return onlyFor.isEmpty() ? text : text + " for matching " + String.join("|", onlyFor);
    }

    /** Gives a pair its new name and value. */
    void applyTo(Draft pair) {
        pair.set("name", with);
        if (value != null) {
            pair.set("value", value);
        }
    }
}
