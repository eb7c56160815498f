package org.holdfast.cibxml.schema.report;

/** Bounds what a report may cost: hostile documents have more ways to be checked than time. */
final class Effort {

    /** Some two seconds; a CIB of 10,000 resources needs a twentieth of it. */
    private static final int STEPS_MAX = 20_000_000;

    /** Elements within each other; every level takes some seven kilobytes of the thread's stack. */
    private static final int DEPTH_MAX = 64;

    /** The bound is reached. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1;

        Exhausted() {
            super("too much to check", null, false, false);
        }
    }

    private int stepsLeft = STEPS_MAX;
    private int depth;

    void spend() {
        if (--stepsLeft < 0) {
            throw new Exhausted();
        }
    }

    /** An element is entered. */
    void enter() {
        spend();
        if (++depth > DEPTH_MAX) {
            throw new Exhausted();
        }
    }

    void leave() {
        depth--;
    }
}
