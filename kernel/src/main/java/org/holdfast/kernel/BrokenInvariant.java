package org.holdfast.kernel;

/**
 * A core found itself in a state that its own rules exclude: a bug. It goes to the one fault
 * handler of the process, which stops the daemon in a way that keeps data safe. Never thrown for
 * bad input.
 */
public final class BrokenInvariant extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says which rule was broken, with the values that broke it. */
    public BrokenInvariant(String message) {
        super(message);
    }
}
