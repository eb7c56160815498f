package org.holdfast.manager;

import org.holdfast.cib.document.Element;

/**
 * Decides what to do: the scheduler, as a driver sees it. A pure function, so it may run on any
 * thread; with thousands of resources it takes seconds, during which the token must go on.
 */
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
