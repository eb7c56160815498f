package org.holdfast.scheduler.model;

/**
 * Is told each decision of a run with its cause, in the order of the decisions: changes of scores,
 * actions that become necessary or impossible, states of resources, reasons to fence nodes. Called
 * by the scheduling run's thread.
 */
public interface ReasonSink {

    /** Whether anybody listens; callers ask before they build a reason that costs something. */
    boolean wanted();

    /**
     * A score changed.
     *
     * @param before score before, 0 if the node was not among the allowed ones
     * @param after score after
     */
    void score(Resource resource, Node node, int before, int after, ScoreReason reason);

    /** Whether an action must, or can, happen was decided, or decided again. */
    void action(Action action, ActionReason.Effect effect, ActionReason reason);

    /** Something was found out about a resource that shapes all that is decided for it. */
    void state(Resource resource, StateReason reason);

    /** A node must be fenced or unfenced, whether or not that can be done. */
    void node(Node node, FenceReason reason);

    /** Nobody listens. */
    ReasonSink NONE =
            new ReasonSink() {
                @Override
                public boolean wanted() {
                    return false;
                }

                @Override
                public void score(
                        Resource resource, Node node, int before, int after, ScoreReason reason) {}

                @Override
                public void action(
                        Action action, ActionReason.Effect effect, ActionReason reason) {}

                @Override
                public void state(Resource resource, StateReason reason) {}

                @Override
                public void node(Node node, FenceReason reason) {}
            };
}
