package org.holdfast.scheduler.model;

/**
 * Is told each change of a score with its cause, in the order of the decisions. Called by the
 * scheduling run's thread.
 */
public interface ScoreSink {

    /** Whether anybody listens; callers ask before they build a reason that costs something. */
    boolean wanted();

    /**
     * A score changed.
     *
     * @param before score before, 0 if the node was not among the allowed ones
     * @param after score after
     */
    void score(Resource resource, Node node, int before, int after, ScoreReason reason);

    /** Nobody listens. */
    ScoreSink NONE =
            new ScoreSink() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public void score(
                        Resource resource, Node node, int before, int after, ScoreReason reason) {}
            };
}
