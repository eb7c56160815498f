package org.holdfast.kernel;

/**
 * Takes the effects of one step of a core, in the order in which they must happen.
 *
 * <p>The driver that called {@code step} owns the sink and carries the effects out after the step
 * has returned; a core must not keep a reference to it.
 *
 * @param <E> the core's sealed effect type
 */
@FunctionalInterface
public interface EffectSink<E> {

    /** Adds an effect behind those already emitted in this step. */
    void emit(E effect);
}
