package org.holdfast.manager;

import org.holdfast.cib.document.Element;
import org.holdfast.manager.controller.TransitionPlanner;

/** Plans with the scheduler. */
final class SchedulerPlanner implements TransitionPlanner {

    @Override
    public Element plan(Element cib, long epochSeconds, int transitionId) {
        return Element.of("transition_graph", "transition_id", Integer.toString(transitionId));
    }
}
