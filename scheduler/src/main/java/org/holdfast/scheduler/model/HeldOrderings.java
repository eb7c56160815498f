package org.holdfast.scheduler.model;

/**
 * Orderings that were not added, as no action that is to be executed is concerned. They can be
 * many: as many as pairs of resources.
 */
public interface HeldOrderings {

    /** There are none. */
    HeldOrderings NONE = () -> {};

    /** Adds them all. */
    void settleAll();
}
