package org.holdfast.simulator.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A fault that a ring once had, as it would look in our code. Its methods are {@link Instead}s. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Historical {

    /** Numbers in {@code docs/ring-failures.md}. */
    int[] numbers();

    /**
     * {@code Class.method} in the simulator's tests that passes without the fault and fails with
     * it.
     */
    String check();

    /** Parts of failures of which one must be seen. */
    String[] caughtBy();
}
