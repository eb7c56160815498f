package org.holdfast.scheduler.model;

import org.jspecify.annotations.Nullable;

/** One end of an ordering as the other end's action sees it. */
public final class RelatedAction {

    public final Action action;

    /** Bits of {@link OrderingFlag}. */
    public int flags;

    /** Whether the ordering was written to the graph. */
    public boolean graphed;

    /** The ordering constraint's id; null for an ordering that nobody configured. */
    public final @Nullable String constraint;

    public RelatedAction(Action action, int flags, @Nullable String constraint) {
        this.action = action;
        this.flags = flags;
        this.constraint = constraint;
    }
}
