package org.holdfast.manager.assembly;

import org.holdfast.cib.document.Element;
import org.holdfast.manager.TransitionPlanner;
import org.holdfast.scheduler.Decision;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.graph.GraphXml;

/** Plans with the scheduler. */
public final class SchedulerPlanner implements TransitionPlanner {

    @Override
    public Element plan(Element cib, long epochSeconds, int transitionId) {
        Decision decision = Scheduler.plan(ScheduleRequest.of(cib, epochSeconds));
        return GraphXml.of(decision.graph()).with("transition_id", Integer.toString(transitionId));
    }
}
