package org.holdfast.scheduler.graph;

import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * What a transition executes. Immutable. Names with values are kept as the elements that they are
 * in the graph's XML form, so that this form shares them: a large graph would else be there twice.
 *
 * @param settings the element {@code transition_graph} without children
 * @param synapses in the order in which they are written; ids count from 0
 */
public record TransitionGraph(Element settings, List<Synapse> synapses) {

    /**
     * One action with the actions that must be done before it.
     *
     * @param id counts from 0
     * @param priority higher first where not all can run at once; 0 for none
     */
    public record Synapse(int id, int priority, GraphAction action, List<GraphAction> inputs) {}

    /** Who executes an action. */
    public enum Kind {
        /** An executor: an operation of a resource's agent. */
        RESOURCE("rsc_op"),
        /** Nobody: it is done when its inputs are. */
        PSEUDO("pseudo_event"),
        /** The controller or the fencer. */
        CLUSTER("crm_event");

        private final String tag;

        Kind(String tag) {
            this.tag = tag;
        }

        /** The element's name. */
        public String tag() {
            return tag;
        }
    }

    /**
     * An action of the graph. As an input it carries no details.
     *
     * @param id the action's number in its transition
     * @param header the action's element without children: id, operation, operation_key, on_node...
     * @param details null for an input
     */
    public record GraphAction(Kind kind, int id, Element header, @Nullable Details details) {

        /** The task: start, monitor, stonith... */
        public String task() {
            return header.getOr("operation", "");
        }

        /** The operation key, for instances of anonymous clones the one in the history. */
        public String key() {
            return header.getOr("operation_key", "");
        }

        /** The name of the node that the action is done on or to. */
        public @Nullable String node() {
            return header.get("on_node");
        }

        /** The cluster node that executes it for a remote node. */
        public @Nullable String router() {
            return header.get("router_node");
        }
    }

    /**
     * What is needed to execute an action.
     *
     * @param resource the resource that an agent acts on as the graph names it, with id, long-id,
     *     class, provider, type; or null
     * @param attributes the element {@code attributes}: parameters and CRM_meta_*, by name, and as
     *     its children {@code param} the parameters whose names cannot be XML attributes
     * @param downed ids of nodes that the action takes down; null if it takes down none
     * @param maintenance node id to whether it is in maintenance now; null unless the action tells
     *     it
     */
    public record Details(
            @Nullable Element resource,
            Element attributes,
            @Nullable List<String> downed,
            @Nullable Map<String, Boolean> maintenance) {

        /** Timeout in milliseconds; 0 if there is none. */
        public long timeoutMillis() {
            String text = attributes.get("CRM_meta_timeout");
            return text == null ? 0 : Long.parseLong(text);
        }
    }
}
