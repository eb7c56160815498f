package org.holdfast.manager.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * A transition as the scheduler planned it: synapses with their inputs, read from the scheduler's
 * {@code transition_graph}.
 */
final class TransitionGraph {

    static final int INFINITY = 1_000_000;
    private static final long DEFAULT_DELAY_MILLIS = 60_000;

    final int id;
    final int batchLimit;
    final long networkDelayMillis;
    final String failedStopOffset;
    final String failedStartOffset;
    final List<Synapse> synapses = new ArrayList<>();
    final Map<Integer, GraphAction> actions = new LinkedHashMap<>();

    private final Map<Integer, List<Synapse>> dependents = new LinkedHashMap<>();

    /** Reads a graph; what it cannot make sense of is left out. */
    TransitionGraph(Element xml, int id) {
        this.id = id;
        this.batchLimit = (int) ControllerMessages.number(xml, "batch-limit", 0);
        this.networkDelayMillis = millis(xml.get("cluster-delay"));
        this.failedStopOffset = xml.getOr("failed-stop-offset", "INFINITY");
        this.failedStartOffset = xml.getOr("failed-start-offset", "INFINITY");
        for (Element element : xml.elements("synapse")) {
            read(element);
        }
    }

    private void read(Element element) {
        Synapse synapse =
                new Synapse(
                        (int) ControllerMessages.number(element, "id", -1),
                        (int) ControllerMessages.number(element, "priority", 0));
        for (Element set : element.elements("action_set")) {
            for (Element xml : set.elements()) {
                GraphAction action = new GraphAction(xml, synapse);
                synapse.actions.add(action);
                actions.put(action.id, action);
            }
        }
        for (Element inputs : element.elements("inputs")) {
            for (Element trigger : inputs.elements("trigger")) {
                for (Element input : trigger.elements()) {
                    int needed = (int) ControllerMessages.number(input, "id", -1);
                    dependents.computeIfAbsent(needed, key -> new ArrayList<>()).add(synapse);
                    synapse.missingInputs++;
                }
            }
        }
        synapses.add(synapse);
    }

    /** The synapses that wait for an action. */
    List<Synapse> dependents(GraphAction action) {
        List<Synapse> waiting = dependents.get(action.id);
        return waiting == null ? List.of() : waiting;
    }

    /** Reads a time such as {@code 60s}; without a unit it is in milliseconds in graphs. */
    static long millis(@Nullable String text) {
        if (text == null) {
            return DEFAULT_DELAY_MILLIS;
        }
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && Character.isDigit(trimmed.charAt(end))) {
            end++;
        }
        if (end == 0 || end > 12) {
            return DEFAULT_DELAY_MILLIS;
        }
        long value = Long.parseLong(trimmed.substring(0, end));
        return switch (trimmed.substring(end).strip()) {
            case "ms", "msec" -> value;
            case "s", "sec", "" -> value * 1000;
            case "m", "min" -> value * 60_000;
            case "h", "hr" -> value * 3_600_000;
            default -> DEFAULT_DELAY_MILLIS;
        };
    }
}
