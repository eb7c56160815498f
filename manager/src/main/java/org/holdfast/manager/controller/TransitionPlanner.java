package org.holdfast.manager.controller;

import org.holdfast.cib.document.Element;

/** Decides what to do: the scheduler, as the controller sees it. A pure function. */
@FunctionalInterface
public interface TransitionPlanner {

    /**
     * Plans a transition.
     *
     * @param cib the whole CIB with status
     * @param epochSeconds wall time by which rules and expiries go
     * @param transitionId the number that the graph gets
     * @return a {@code transition_graph} element
     */
    Element plan(Element cib, long epochSeconds, int transitionId);
}
