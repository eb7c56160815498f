package org.holdfast.scheduler;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.graph.SummaryText;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.Synapse;

/** The transition of a scenario in short words: {@code start a n1} is an operation on a node. */
public final class Transition {

    private final Decision decision;

    private Transition(Decision decision) {
        this.decision = decision;
    }

    /** Schedules a scenario. */
    public static Transition of(Scenario scenario) {
        return of(scenario.cib());
    }

    /** Schedules a CIB. */
    public static Transition of(Element cib) {
        return new Transition(Scheduler.plan(ScheduleRequest.of(cib, Scenario.NOW)));
    }

    /** All that was decided. */
    public Decision decision() {
        return decision;
    }

    /** Actions that something executes, without pseudo actions, in alphabetical order. */
    public List<String> actions() {
        List<String> names = new ArrayList<>();
        for (Synapse synapse : decision.graph().synapses()) {
            if (!synapse.action().kind().tag().equals("pseudo_event")) {
                names.add(name(synapse.action()));
            }
        }
        names.sort(null);
        return names;
    }

    /** Whether an action, pseudo or not, is in the graph. */
    public boolean has(String name) {
        return decision.graph().synapses().stream()
                .anyMatch(synapse -> name(synapse.action()).equals(name));
    }

    /** The action of a name. */
    public GraphAction action(String name) {
        return synapse(name).action();
    }

    /** What must be done right before an action, pseudo actions included, in alphabetical order. */
    public List<String> before(String name) {
        List<String> names = new ArrayList<>();
        synapse(name).inputs().forEach(input -> names.add(name(input)));
        names.sort(null);
        return names;
    }

    /** Whether an action waits for another one, by way of others or not. */
    public boolean waits(String name, String other) {
        List<String> open = new ArrayList<>(before(name));
        List<String> seen = new ArrayList<>();
        while (!open.isEmpty()) {
            String next = open.removeLast();
            if (next.equals(other)) {
                return true;
            }
            if (!seen.contains(next)) {
                seen.add(next);
                open.addAll(before(next));
            }
        }
        return false;
    }

    /** A meta-attribute of an action, as the graph has it. */
    public String meta(String name, String attribute) {
        var details = action(name).details();
        String value = details == null ? null : details.attributes().get("CRM_meta_" + attribute);
        return value == null ? "" : value;
    }

    /** The lines of the summary, white space made single. */
    public List<String> summary() {
        return SummaryText.lines(decision.summary()).stream()
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    private Synapse synapse(String name) {
        return decision.graph().synapses().stream()
                .filter(synapse -> name(synapse.action()).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " among " + all()));
    }

    private List<String> all() {
        return decision.graph().synapses().stream().map(s -> name(s.action())).toList();
    }

    private static String name(GraphAction action) {
        String node = action.node();
        String key = action.header().getOr("internal_operation_key", action.key());
        return node == null ? key : key + " " + node;
    }
}
