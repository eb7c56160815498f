package org.holdfast.tools.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Score;

/**
 * Goes through a transition graph as the controller does: a synapse's actions are done when all its
 * inputs are, in the order of the graph, over and over until nothing is left to do.
 */
final class GraphRun {

    /** Does the actions; whether one succeeded. */
    interface Actor {
        /** Does an action. */
        Outcome act(Element action);
    }

    /** What became of an action. */
    enum Outcome {
        DONE,
        /** It was made to fail. */
        FAILED,
        /** It could not even begin; nothing learns of its end. */
        NOT_STARTED
    }

    private static final class Synapse {
        final List<Element> actions = new ArrayList<>();
        final Set<Integer> waiting = new LinkedHashSet<>();
        int priority;
        boolean executed;
    }

    private final List<Synapse> synapses = new ArrayList<>();
    private final Map<Integer, List<Synapse>> waiters = new LinkedHashMap<>();
    private final Actor actor;
    private int abortPriority;

    GraphRun(Element graph, Actor actor) {
        this.actor = actor;
        for (Element xml : graph.elements("synapse")) {
            Synapse synapse = new Synapse();
            synapse.priority = Values.atLeast(xml.get("priority"), 0);
            for (Element set : xml.elements("action_set")) {
                synapse.actions.addAll(set.elements());
            }
            for (Element inputs : xml.elements("inputs")) {
                for (Element trigger : inputs.elements("trigger")) {
                    for (Element input : trigger.elements()) {
                        await(synapse, id(input));
                    }
                }
            }
            synapses.add(synapse);
        }
    }

    private void await(Synapse synapse, int action) {
        if (synapse.waiting.add(action)) {
            waiters.computeIfAbsent(action, key -> new ArrayList<>()).add(synapse);
        }
    }

    private static int id(Element action) {
        return (int) Values.number(action.get("id"), -1);
    }

    /** Runs to the end; whether all was done that was to be done. */
    boolean run() {
        boolean skipped = false;
        boolean incomplete = false;
        boolean fired = true;
        while (fired) {
            fired = false;
            incomplete = false;
            for (Synapse synapse : synapses) {
                if (synapse.executed) {
                    continue;
                }
                if (!synapse.waiting.isEmpty()) {
                    incomplete = true;
                } else if (isAborted(synapse)) {
                    skipped = true;
                    incomplete = true;
                } else {
                    fired |= fire(synapse);
                }
            }
        }
        return !incomplete || abortPriority > 0 || skipped;
    }

    /** After a failure, only pseudo actions and what is urgent enough go on. */
    private boolean isAborted(Synapse synapse) {
        return synapse.priority < abortPriority
                && synapse.actions.stream()
                        .anyMatch(action -> !action.name().equals("pseudo_event"));
    }

    /** False if an action could not begin. */
    private boolean fire(Synapse synapse) {
        synapse.executed = true;
        for (Element action : synapse.actions) {
            Outcome outcome = actor.act(action);
            if (outcome != Outcome.DONE) {
                abortPriority = Score.INFINITY;
            }
            if (outcome == Outcome.NOT_STARTED) {
                return false;
            }
            boolean success = outcome == Outcome.DONE;
            for (Synapse waiter : waiters.getOrDefault(id(action), List.of())) {
                if (success || waiter.priority == Score.INFINITY) {
                    waiter.waiting.remove(id(action));
                }
            }
        }
        return true;
    }
}
