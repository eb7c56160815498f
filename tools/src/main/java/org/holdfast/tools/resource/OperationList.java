package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.history.Entries;
import org.holdfast.scheduler.history.EntryOrder;
import org.holdfast.scheduler.history.Execution;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.HistoryIndex;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.sorting.MergeSort;
import org.holdfast.scheduler.status.ActiveSpan;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.ResourceLine;
import org.holdfast.tools.status.StatusView;
import org.holdfast.tools.status.StatusView.Show;
import org.jspecify.annotations.Nullable;

/** Shows the operation history. */
final class OperationList {

    private record Operation(Element entry, String node, String resource) {}

    private final Session session;
    private final Map<String, Optional<Resource>> known = new HashMap<>();

    OperationList(Session session) {
        this.session = session;
    }

    /**
     * Shows the operations.
     *
     * @param resource only those of this resource, or null for all
     * @param node only those on this node, or null for all
     * @param active only what led to the present state
     */
    int show(@Nullable String resource, @Nullable String node, boolean active) {
        List<Operation> operations = find(resource, node, active);
        if (operations.isEmpty()) {
            return ExitCode.OK;
        }
        session.out().beginList(null, null, "Resource Operations");
        XmlOutput xml = session.out().xml();
        for (Operation operation : operations) {
            if (xml == null) {
                session.out().listItem(null, text(operation));
            } else {
                add(operation, xml.add("operation"));
            }
        }
        session.out().endList();
        return ExitCode.OK;
    }

    private List<Operation> find(
            @Nullable String resource, @Nullable String nodeName, boolean active) {
        Cluster cluster = session.cluster();
        List<Operation> found = new ArrayList<>();
        Element status = cluster.cib.first("status");
        if (status == null) {
            return found;
        }
        for (Element state : status.elements("node_state")) {
            String name = state.getOr("uname", "");
            Node node = cluster.nodeNamed(name);
            if (node == null
                    || (nodeName != null && !nodeName.equalsIgnoreCase(name))
                    || (!node.online && !cluster.options.fencingEnabled())) {
                continue;
            }
            for (Element history : HistoryIndex.resources(state)) {
                String id = history.id();
                if (resource == null || resource.equals(id)) {
                    for (Element entry : entries(history, active)) {
                        found.add(new Operation(entry, name, id));
                    }
                }
            }
        }
        return found;
    }

    private static List<Element> entries(Element history, boolean active) {
        List<Element> entries = new ArrayList<>(history.elements("lrm_rsc_op"));
        Collections.reverse(entries);
        MergeSort.sort(entries, EntryOrder::compare);
        if (!active) {
            return entries;
        }
        ActiveSpan span = ActiveSpan.of(entries);
        return span.start() < span.stop()
                ? List.of()
                : entries.subList(Math.max(0, span.start()), entries.size());
    }

    private String text(Operation operation) {
        Element entry = operation.entry;
        Resource resource = resource(operation.resource);
        StringBuilder line = new StringBuilder();
        if (resource instanceof Primitive primitive) {
            Node node = primitive.active.isEmpty() ? null : primitive.active.getFirst();
            line.append(
                    ResourceLine.of(
                            primitive,
                            printable(primitive),
                            node == null ? primitive.pendingNode : node,
                            StatusView.of(Show.RESOURCE_ONLY, Show.PENDING),
                            primitive.meta("target-role"),
                            false));
        } else {
            line.append("Unknown resource ").append(operation.resource);
        }
        line.append(": ").append(Entries.key(entry)).append(" (node=").append(operation.node);
        line.append(", call=").append(entry.getOr("call-id", "(null)"));
        line.append(", rc=").append(entry.getOr("rc-code", "(null)"));
        if (Values.isNumber(entry.getOr("last-rc-change", ""))) {
            line.append(", last-rc-change='").append(change(entry));
            line.append("', exec=").append(entry.getOr("exec-time", "(null)")).append("ms");
        }
        line.append("): ").append(Execution.text(Entries.execution(entry)));
        return line.toString();
    }

    private void add(Operation operation, XmlNode xml) {
        Element entry = operation.entry;
        xml.set("op", Entries.key(entry))
                .set("node", operation.node)
                .set("call", entry.get("call-id"))
                .set("rc", entry.get("rc-code"))
                .set("status", Execution.text(Entries.execution(entry)));
        if (resource(operation.resource) instanceof Primitive primitive) {
            boolean provider = primitive.agentClass.equalsIgnoreCase("ocf");
            xml.set("rsc", printable(primitive))
                    .set(
                            "agent",
                            primitive.agentClass
                                    + ":"
                                    + (provider ? primitive.provider : "")
                                    + ":"
                                    + primitive.agentType);
        }
        if (Values.isNumber(entry.getOr("last-rc-change", ""))) {
            xml.set("last-rc-change", change(entry)).set("exec-time", entry.get("exec-time"));
        }
    }

    /** The first resource that has an id, or has it in the history. */
    private @Nullable Resource resource(String id) {
        return known.computeIfAbsent(
                        id,
                        name ->
                                Optional.ofNullable(
                                        ResourceSearch.find(
                                                session.cluster().resources,
                                                name,
                                                ResourceCommand.Match.HISTORY)))
                .orElse(null);
    }

    private String change(Element entry) {
        return session.call().zone().ctime(Entries.lastChange(entry)).strip();
    }

    private static String printable(Resource resource) {
        return resource.is(ResourceFlag.UNIQUE) ? resource.id : resource.xml.id();
    }
}
