package org.holdfast.simulator.manager;

/** The simulated cluster did what it must not, or did not do what it must; names the seed. */
public final class InvariantBroken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvariantBroken(String message) {
        super(message);
    }
}
