package org.holdfast.simulator.manager;

/** Something that can be asked to do things later. */
interface Timeline {

    /** Does something after so many nanoseconds. */
    void after(long delayNanos, Runnable run);

    /** Does something after so many milliseconds. */
    default void afterMillis(long delayMillis, Runnable run) {
        after(delayMillis * 1_000_000, run);
    }
}
