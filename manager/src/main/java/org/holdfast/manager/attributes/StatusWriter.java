package org.holdfast.manager.attributes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.XmlIds;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.attributes.AttributeTable.Attribute;
import org.holdfast.manager.cibsync.CibReplica;
import org.holdfast.manager.cibsync.CibRequest;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the CIB's {@code transient_attributes} as the table has them. The member with the lowest id
 * writes; it compares afterwards, so whatever else happened to the status section is put right.
 */
final class StatusWriter {

    private final NodeContext node;
    private final CibReplica cib;
    private final AttributeTable table;
    private final SortedMap<NodeId, Integer> members = new TreeMap<>();
    private final SortedSet<String> held = new TreeSet<>();
    private boolean isComplete;
    private int underWay;

    StatusWriter(NodeContext node, CibReplica cib, AttributeTable table) {
        this.node = node;
        this.cib = cib;
        this.table = table;
    }

    /**
     * Takes the present members.
     *
     * @param complete whether every member's own values are known
     */
    void members(SortedMap<NodeId, Integer> present, boolean complete) {
        members.clear();
        members.putAll(present);
        isComplete = complete;
        check();
    }

    /** Keeps an attribute from being written; false if it is held already. */
    boolean hold(String name) {
        return held.add(name);
    }

    /** Lets an attribute be written again. */
    void release(String name) {
        held.remove(name);
        check();
    }

    /** Writes what differs, if it is this node's task and nothing is on its way already. */
    void check() {
        if (underWay > 0
                || !isComplete
                || members.isEmpty()
                || !members.firstKey().equals(node.self())
                || !cib.isInStep()) {
            return;
        }
        Element status = cib.current().first("status");
        Map<String, Element> states = new LinkedHashMap<>();
        for (Element state : status == null ? List.<Element>of() : status.elements("node_state")) {
            states.put(state.id(), state);
        }
        List<Element> changed = new ArrayList<>();
        for (NodeId host : members.keySet()) {
            Element state = states.remove(host.toString());
            Element change = compare(host, state);
            if (change != null) {
                changed.add(change);
            }
        }
        for (Element departed : states.values()) {
            if (departed.has("id")
                    && departed.first("transient_attributes") != null
                    && !departed.getOr("remote_node", "false").equals("true")) {
                delete("/cib/status/node_state[@id='" + departed.id() + "']/transient_attributes");
            }
        }
        if (!changed.isEmpty()) {
            submit(
                    "cib_modify",
                    "status",
                    Element.of("status").withChildren(changed),
                    CibRequest.CAN_CREATE);
        }
    }

    /** Deletes what is too much, and answers what is missing as a {@code node_state}, or null. */
    private @Nullable Element compare(NodeId host, @Nullable Element state) {
        Map<String, Element> written = new LinkedHashMap<>();
        Element transients = state == null ? null : state.first("transient_attributes");
        for (Element set : transients == null ? List.<Element>of() : transients.elements()) {
            for (Element pair : set.elements("nvpair")) {
                written.put(set.name() + " " + pair.getOr("name", ""), pair);
            }
        }
        Map<String, List<Element>> missing = new LinkedHashMap<>();
        for (Attribute attribute : table.all()) {
            String key = attribute.setTag() + " " + attribute.name;
            if (attribute.isPrivate || held.contains(attribute.name)) {
                written.remove(key);
                continue;
            }
            String value = attribute.values.get(host);
            Element pair = value == null ? null : written.remove(key);
            if (value != null && (pair == null || !value.equals(pair.get("value")))) {
                String set = attribute.set == null ? "status-" + host : attribute.set;
                String id = pair == null ? XmlIds.sanitized(set + "-" + attribute.name) : pair.id();
                missing.computeIfAbsent(attribute.setTag() + " " + set, tag -> new ArrayList<>())
                        .add(
                                Element.of(
                                        "nvpair",
                                        "id",
                                        id,
                                        "name",
                                        attribute.name,
                                        "value",
                                        value));
            }
        }
        for (Element surplus : written.values()) {
            delete(
                    "/cib/status/node_state[@id='%s']/transient_attributes//nvpair[@id='%s']"
                            .formatted(host, surplus.id()));
        }
        if (missing.isEmpty()) {
            return null;
        }
        List<Element> sets = new ArrayList<>();
        missing.forEach((tagAndSet, pairs) -> {
            int space = tagAndSet.indexOf(' ');
            sets.add(
                    Element.of(tagAndSet.substring(0, space), "id", tagAndSet.substring(space + 1))
                            .withChildren(pairs));
        });
        Element attributes =
                Element.of("transient_attributes", "id", host.toString()).withChildren(sets);
        return Element.of(
                        "node_state", "id", host.toString(), "uname", node.config().nodeName(host))
                .withChildren(List.of(attributes));
    }

    private void delete(String xpath) {
        submit("cib_delete", xpath, null, CibRequest.XPATH | CibRequest.MULTIPLE);
    }

    private void submit(String op, String section, @Nullable Element data, int options) {
        underWay++;
        cib.submit(
                new CibRequest(
                        op,
                        section,
                        data,
                        options,
                        CibRequest.CLUSTER_USER,
                        "pacemaker-attrd",
                        node.selfName(),
                        node.epochSeconds()),
                false,
                (code, output) -> {
                    underWay--;
                    if (code == 0) {
                        check();
                    }
                });
    }
}
