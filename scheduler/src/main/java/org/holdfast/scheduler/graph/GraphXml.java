package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.graph.TransitionGraph.Details;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.Synapse;

/** The transition graph as XML, as Pacemaker's tools write it and its controllers exchange it. */
public final class GraphXml {

    private static final String[] NONE = {};
    private static final Element NO_INPUTS = Element.of("inputs");

    private final Map<Integer, Element> triggers = new LinkedHashMap<>();

    private GraphXml() {}

    /** The element {@code transition_graph}. */
    public static Element of(TransitionGraph graph) {
        GraphXml xml = new GraphXml();
        List<Element> synapses = new ArrayList<>(graph.synapses().size());
        for (Synapse synapse : graph.synapses()) {
            synapses.add(xml.synapse(synapse));
        }
        return graph.settings().withChildren(synapses);
    }

    private Element synapse(Synapse synapse) {
        String id = Integer.toString(synapse.id());
        String[] attributes =
                synapse.priority() > 0
                        ? new String[] {"id", id, "priority", Integer.toString(synapse.priority())}
                        : new String[] {"id", id};
        return Element.of(
                "synapse",
                attributes,
                List.of(
                        Element.of("action_set", NONE, List.of(action(synapse.action()))),
                        inputs(synapse.inputs())));
    }

    private Element inputs(List<GraphAction> inputs) {
        if (inputs.isEmpty()) {
            return NO_INPUTS;
        }
        List<Element> all = new ArrayList<>(inputs.size());
        for (GraphAction input : inputs) {
            all.add(trigger(input));
        }
        return Element.of("inputs", NONE, all);
    }

    /** The same element wherever an action is an input. */
    private Element trigger(GraphAction input) {
        Element known = triggers.get(input.id());
        if (known == null) {
            known = Element.of("trigger", NONE, List.of(action(input)));
            triggers.put(input.id(), known);
        }
        return known;
    }

    private static Element action(GraphAction action) {
        Details details = action.details();
        if (details == null) {
            return action.header();
        }
        List<Element> children = new ArrayList<>(4);
        if (details.resource() != null) {
            children.add(details.resource());
        }
        children.add(details.attributes());
        if (details.downed() != null) {
            List<Element> nodes = new ArrayList<>();
            details.downed().forEach(id -> nodes.add(Element.of("node", "id", id)));
            children.add(Element.of("downed", NONE, nodes));
        }
        if (details.maintenance() != null) {
            List<Element> nodes = new ArrayList<>();
            details.maintenance()
                    .forEach((id, on) ->
                            nodes.add(
                                    Element.of(
                                            "node",
                                            "id",
                                            id,
                                            "node_in_maintenance",
                                            on ? "1" : "0")));
            children.add(Element.of("maintenance", NONE, nodes));
        }
        return action.header().withChildren(children);
    }
}
