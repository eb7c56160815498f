package org.holdfast.scheduler.model;

/** One end of an ordering as the other end's action sees it. */
public final class RelatedAction {

    public final Action action;

    /** Bits of {@link OrderingFlag}. */
    public int flags;

    /** Whether the ordering was written to the graph. */
    public boolean graphed;

    public RelatedAction(Action action, int flags) {
        this.action = action;
        this.flags = flags;
    }
}
