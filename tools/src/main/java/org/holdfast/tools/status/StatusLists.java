package org.holdfast.tools.status;

import org.jspecify.annotations.Nullable;

/** Nested lists that a status is shown as. */
public interface StatusLists {

    /** Begins a list with a heading. */
    void begin(String title);

    /** Begins a list that has no heading of its own. */
    void beginUntitled();

    /** An item of the innermost list. */
    void item(String text);

    /** An item with a name in front. */
    void item(@Nullable String name, String text);

    /** Ends the innermost list. */
    void end();

    /** An empty line between sections. */
    void spacer();

    /** A line that belongs to no list. */
    void info(String text);
}
