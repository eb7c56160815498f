package org.holdfast.scheduler.colocation;

import org.holdfast.scheduler.model.Colocation;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;

/** Whether a dependent's preferences count when its primary is placed. */
public final class Influence {

    private Influence() {}

    /** Whether they count for the primary as configured. */
    static boolean has(Colocation colocation) {
        return has(colocation, colocation.primary());
    }

    /**
     * Whether they count for an instance of the primary: if the colocation says so, or as long as
     * nothing runs that would have to move. A container that runs well is never moved for the sake
     * of the connection into it.
     */
    public static boolean has(Colocation colocation, Resource primary) {
        if (colocation.dependent().is(ResourceFlag.REMOTE_NESTING_ALLOWED)
                && !primary.is(ResourceFlag.FAILED)
                && primary.active.size() == 1) {
            return false;
        }
        return colocation.influence() || primary.active.isEmpty();
    }
}
