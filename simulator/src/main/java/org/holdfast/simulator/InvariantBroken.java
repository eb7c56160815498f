package org.holdfast.simulator;

/** A cluster did what it must never do, or did not do in time what it must. */
public final class InvariantBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Names the rule, the nodes and the values. */
    public InvariantBroken(String message) {
        super(message);
    }
}
