package org.holdfast.scheduler.graph;

import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.graph.TransitionGraph.Details;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.GraphResource;
import org.holdfast.scheduler.graph.TransitionGraph.Synapse;

/** The transition graph as XML, as Pacemaker's tools write it and its controllers exchange it. */
public final class GraphXml {

    private GraphXml() {}

    /** The element {@code transition_graph}. */
    public static Element of(TransitionGraph graph) {
        Element.Builder root = Element.builder("transition_graph");
        addAll(root, graph.attributes());
        for (Synapse synapse : graph.synapses()) {
            root.child(synapse(synapse));
        }
        return root.build();
    }

    private static Element synapse(Synapse synapse) {
        Element.Builder element = Element.builder("synapse");
        element.attribute("id", Integer.toString(synapse.id()));
        if (synapse.priority() > 0) {
            element.attribute("priority", Integer.toString(synapse.priority()));
        }
        element.child(Element.builder("action_set").child(action(synapse.action())).build());
        Element.Builder inputs = Element.builder("inputs");
        for (GraphAction input : synapse.inputs()) {
            inputs.child(Element.builder("trigger").child(action(input)).build());
        }
        return element.child(inputs.build()).build();
    }

    private static Element action(GraphAction action) {
        Element.Builder element = Element.builder(action.kind().tag());
        addAll(element, action.header());
        Details details = action.details();
        if (details == null) {
            return element.build();
        }
        GraphResource resource = details.resource();
        if (resource != null) {
            Element.Builder child = Element.builder(resource.tag());
            addAll(child, resource.attributes());
            element.child(child.build());
        }
        Element.Builder attributes = Element.builder("attributes");
        addAll(attributes, details.attributes());
        details.oddParameters()
                .forEach((name, value) ->
                        attributes.child(Element.of("param", "name", name, "value", value)));
        element.child(attributes.build());
        if (details.downed() != null) {
            Element.Builder downed = Element.builder("downed");
            details.downed().forEach(id -> downed.child(Element.of("node", "id", id)));
            element.child(downed.build());
        }
        if (details.maintenance() != null) {
            Element.Builder maintenance = Element.builder("maintenance");
            details.maintenance()
                    .forEach((id, on) ->
                            maintenance.child(
                                    Element.of(
                                            "node",
                                            "id",
                                            id,
                                            "node_in_maintenance",
                                            on ? "1" : "0")));
            element.child(maintenance.build());
        }
        return element.build();
    }

    private static void addAll(Element.Builder element, Map<String, String> attributes) {
        attributes.forEach(element::attribute);
    }
}
