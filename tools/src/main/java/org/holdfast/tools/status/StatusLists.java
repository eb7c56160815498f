package org.holdfast.tools.status;

import org.holdfast.scheduler.model.Primitive;
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

    /** An item for a resource. */
    default void primitive(Primitive resource, String text) {
        item(text);
    }

    /** Begins the parts of one of a bundle's replicas, which has a title if there are several. */
    default void beginReplica(String title, boolean several) {
        if (several) {
            item(title);
        }
        beginUntitled();
    }

    /** Ends the parts of a replica. */
    default void endReplica(boolean several) {
        end();
    }

    /** An item for past or pending fencing of a kind. */
    default void event(String kind, String text) {
        item(text);
    }

    /** Ends the innermost list. */
    void end();

    /** An empty line between sections. */
    void spacer();

    /** A line that belongs to no list. */
    void info(String text);
}
