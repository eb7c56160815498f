package org.holdfast.simulator.manager;

import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.manager.ManagerEffect.PlanTransition;
import org.holdfast.manager.ManagerInput;
import org.holdfast.manager.assembly.SchedulerPlanner;

/**
 * How long a simulated machine plans: mostly a moment, at times as long as for thousands of
 * resources, so that the world changes meanwhile.
 */
final class PlanTime {

    private static final SchedulerPlanner PLANNER = new SchedulerPlanner();

    private PlanTime() {}

    static long nanos(SeededRandom random) {
        return random.nextBetween(0, 9) == 0
                ? random.nextBetween(Clock.MILLI, 3_000 * Clock.MILLI)
                : random.nextBetween(100_000, 3 * Clock.MILLI);
    }

    /**
     * What a scheduler would still do with a CIB, or an empty string. A DC that is idle although
     * there is something to do has forgotten a change.
     */
    static String leftToDo(Element cib, long epochSeconds) {
        Element graph = PLANNER.plan(cib, epochSeconds, 0);
        return graph.elements("synapse").isEmpty()
                ? ""
                : "the DC is idle, but there is something to do:%n%s%n%s"
                        .formatted(XmlPrinter.compact(graph), XmlPrinter.compact(cib));
    }

    static ManagerInput outcome(PlanTransition plan) {
        return new ManagerInput.TransitionPlanned(
                plan.transitionId(),
                PLANNER.plan(plan.cib(), plan.epochSeconds(), plan.transitionId()));
    }
}
