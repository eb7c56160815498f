package org.holdfast.scheduler.colocation;

import org.holdfast.scheduler.model.Cluster;

/**
 * Bounds the work of one run's merges. Colocations among many resources can have more paths than
 * could ever be walked; once the budget is spent, only the resources that are colocated directly
 * count.
 */
final class MergeBudget {

    /**
     * Most node scores that one run may add; a few seconds' work, and far beyond what any sensible
     * configuration needs.
     */
    private static final long SCORES_MAX = 300_000_000;

    private final Cluster cluster;
    private long left = SCORES_MAX;

    MergeBudget(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Takes the cost of one merge; false if there is nothing left to take it from. */
    boolean take(int scores) {
        if (left < 0) {
            return false;
        }
        left -= Math.max(1, scores);
        if (left < 0) {
            cluster.warn(
                    "Preferences of resources behind long chains of colocations are ignored because there are too many of them");
        }
        return true;
    }
}
