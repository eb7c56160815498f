package org.holdfast.tools.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.document.Node;
import org.holdfast.cib.engine.Merge;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.cib.value.XmlIds;
import org.holdfast.scheduler.config.Values;
import org.holdfast.tools.crm.frame.AbruptEnd;
import org.jspecify.annotations.Nullable;

/** The CIB while a simulation changes it. */
final class SimulatedCib {

    private final boolean ambiguous;
    private Element cib;

    SimulatedCib(Element cib) {
        this.cib = cib.first("status") == null ? cib.append(Element.of("status")) : cib;
        this.ambiguous = RepeatedIds.inHistories(this.cib);
    }

    Element document() {
        return cib;
    }

    /**
     * Carries out what is one change of the CIB to its users, and counts it: a new epoch if the
     * configuration changed, else one more update.
     */
    void operation(Runnable change) {
        Element before = cib;
        change.run();
        if (ambiguous) {
            boolean changed = !cib.equals(before);
            mergeStates(before);
            if (changed && cib.equals(before)) {
                // What was written and then overlaid by its twin counts as an update all the same.
                cib = cib.with("num_updates", next("num_updates"));
                return;
            }
        }
        counted(before);
    }

    /**
     * A node's state is written by merging it into the one that is there. Where ids are unique that
     * makes it what was written; what shares an id goes into the first of its kind.
     */
    private void mergeStates(Element before) {
        Merge merge = new Merge(false);
        inStatus(status ->
                status.mapElements(state -> {
                    Element old = stateIn(before, state.getOr("uname", ""));
                    return old == null || old == state ? state : merge.into(old, state);
                }));
    }

    private void counted(Element before) {
        if (cib.equals(before)) {
            return;
        }
        Element configuration = before.first("configuration");
        boolean configured =
                configuration != null && !configuration.equals(cib.first("configuration"));
        if (configured) {
            cib = cib.with("epoch", next("epoch")).with("num_updates", "0");
        } else {
            cib = cib.with("num_updates", next("num_updates"));
        }
    }

    private String next(String counter) {
        return Long.toString(Values.number(cib.get(counter), 0) + 1);
    }

    void setAttribute(String name, String value) {
        cib = cib.with(name, value);
    }

    /** Changes the child of a tag, which is created if it is missing. */
    static Element inside(Element parent, String tag, UnaryOperator<Element> change) {
        List<Node> children = new ArrayList<>(parent.children());
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child && child.name().equals(tag)) {
                children.set(i, change.apply(child));
                return parent.withChildren(children);
            }
        }
        return parent.append(change.apply(Element.of(tag)));
    }

    /** Changes the first child that fits; a new one, to be changed too, is added if none does. */
    static Element child(
            Element parent, Predicate<Element> fits, Element fresh, UnaryOperator<Element> change) {
        List<Node> children = new ArrayList<>(parent.children());
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Element child && fits.test(child)) {
                children.set(i, change.apply(child));
                return parent.withChildren(children);
            }
        }
        return parent.append(change.apply(fresh));
    }

    /** Changes a section of the configuration. */
    void inConfiguration(String section, UnaryOperator<Element> change) {
        cib = inside(cib, "configuration", configuration -> inside(configuration, section, change));
    }

    /** Changes the status section. */
    void inStatus(UnaryOperator<Element> change) {
        cib = inside(cib, "status", change);
    }

    /** The state of a node, or null. */
    @Nullable Element nodeState(String node) {
        return stateIn(cib, node);
    }

    private static @Nullable Element stateIn(Element document, String node) {
        Element status = document.first("status");
        if (status != null) {
            for (Element state : status.elements("node_state")) {
                if (state.getOr("uname", "").equals(node)) {
                    return state;
                }
            }
        }
        return null;
    }

    /**
     * Makes sure that a node has a state. Ends the command if it has one without an id, which the
     * real command takes for several.
     *
     * @param id its XML id; null to look it up
     */
    void addNodeState(String node, @Nullable String id) {
        Element present = nodeState(node);
        if (present != null) {
            if (!present.has("id")) {
                throw new AbruptEnd(ExitCode.SOFTWARE, "the state of " + node + " has no id");
            }
            return;
        }
        String known = id == null ? configuredId(node) : id;
        Element fresh =
                known == null ? Element.of("node_state") : Element.of("node_state", "id", known);
        inStatus(status ->
                child(
                        status,
                        state ->
                                state.name().equals("node_state")
                                        && known != null
                                        && state.id().equals(known),
                        fresh,
                        state -> state.with("uname", node)));
    }

    /** The id of a node that is configured or that a resource makes; null for others. */
    private @Nullable String configuredId(String node) {
        Element nodes = cib.path("configuration", "nodes");
        if (nodes != null) {
            for (Element candidate : nodes.elements("node")) {
                if (candidate.getOr("uname", "").equalsIgnoreCase(node)) {
                    return candidate.id();
                }
            }
        }
        Element resources = cib.path("configuration", "resources");
        return resources != null && makesNode(resources, node) ? node : null;
    }

    private static boolean makesNode(Element element, String node) {
        boolean connection =
                element.name().equals("primitive")
                        && element.getOr("type", "").equals("remote")
                        && element.id().equalsIgnoreCase(node);
        boolean guest =
                element.name().equals("nvpair")
                        && element.getOr("name", "").equals("remote-node")
                        && element.getOr("value", "").equalsIgnoreCase(node);
        if (connection || guest) {
            return true;
        }
        for (Element child : element.elements()) {
            if (makesNode(child, node)) {
                return true;
            }
        }
        return false;
    }

    /** Makes sure that a node is configured, unless another node has its name for an id. */
    void addNode(String node) {
        inConfiguration(
                "nodes",
                nodes ->
                        child(
                                nodes,
                                candidate ->
                                        candidate.getOr("uname", "").equals(node)
                                                || candidate.id().equals(node),
                                Element.of("node", "id", node, "uname", node),
                                UnaryOperator.identity()));
    }

    /** Changes the state of a node that has one. */
    void inNodeState(String node, UnaryOperator<Element> change) {
        inStatus(status ->
                status.mapElements(state ->
                        state.name().equals("node_state") && state.getOr("uname", "").equals(node)
                                ? change.apply(state)
                                : state));
    }

    /**
     * Sets whether a node, which must have a state, is up.
     *
     * @param origin who says so
     */
    void setNodeUp(String node, boolean up, String origin) {
        inNodeState(
                node,
                state ->
                        state.with("in_ccm", up ? "true" : "false")
                                .with("crmd", up ? "online" : "offline")
                                .with("join", up ? "member" : "down")
                                .with("expected", up ? "member" : "down")
                                .with("crm-debug-origin", origin));
    }

    /** Forgets a node's history and transient attributes, as after fencing. */
    void forgetNode(String node) {
        for (String part : new String[] {"lrm", "transient_attributes"}) {
            Element before = cib;
            inNodeState(
                    node,
                    state -> {
                        List<Node> kept = new ArrayList<>(state.children());
                        kept.removeIf(child ->
                                child instanceof Element element && element.name().equals(part));
                        return state.withChildren(kept);
                    });
            counted(before);
        }
    }

    /** The value of a node's transient attribute, or null. */
    @Nullable String transientAttribute(String node, String name) {
        Element state = nodeState(node);
        Element set =
                state == null ? null : state.path("transient_attributes", "instance_attributes");
        if (set != null) {
            for (Element pair : set.elements("nvpair")) {
                if (pair.getOr("name", "").equals(name)) {
                    return pair.get("value");
                }
            }
        }
        return null;
    }

    /** Sets a transient attribute of a node that has a state. */
    void setTransientAttribute(String node, String name, String value) {
        inNodeState(
                node,
                state -> {
                    String id = state.id();
                    return inside(
                            state,
                            "transient_attributes",
                            attributes ->
                                    inside(
                                            identified(attributes, id),
                                            "instance_attributes",
                                            set -> addPair(identified(set, id), name, value)));
                });
    }

    private static Element identified(Element part, String id) {
        return part.has("id") || id.isEmpty() ? part : part.with("id", id);
    }

    /** Sets an attribute in the first pair of its name. */
    static Element setPair(Element set, String name, String value) {
        Element fresh = pair(set, name, value);
        return child(
                set,
                pair -> pair.getOr("name", "").equals(name),
                fresh,
                pair -> pair.with("value", value));
    }

    /** Sets an attribute as a merge by ids does: a pair of its name with another id stays. */
    private static Element addPair(Element set, String name, String value) {
        Element fresh = pair(set, name, value);
        return child(
                set,
                pair -> pair.id().equals(fresh.id()),
                fresh,
                pair -> pair.with("name", name).with("value", value));
    }

    private static Element pair(Element set, String name, String value) {
        String id = XmlIds.sanitized((set.has("id") ? set.id() : "nvpair") + "-" + name);
        return Element.of("nvpair", "id", id, "name", name, "value", value);
    }
}
