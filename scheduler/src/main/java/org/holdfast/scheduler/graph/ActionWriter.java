package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.graph.TransitionGraph.Details;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.Kind;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** Describes the actions of a run for the graph; what several actions name is there once. */
final class ActionWriter {

    private final Cluster cluster;

    /** By action number. */
    private final List<@Nullable GraphAction> inputForms = new ArrayList<>();

    private final Map<Resource, Element> resources = new LinkedHashMap<>();

    ActionWriter(Cluster cluster) {
        this.cluster = cluster;
    }

    /** An action as another one's input. */
    GraphAction asInput(Action action) {
        while (inputForms.size() <= action.id) {
            inputForms.add(null);
        }
        GraphAction known = inputForms.get(action.id);
        if (known == null) {
            Kind kind = kindOf(action);
            known = new GraphAction(kind, action.id, header(action, kind), null);
            inputForms.set(action.id, known);
        }
        return known;
    }

    /** An action with all that is needed to execute it. */
    GraphAction withDetails(Action action) {
        GraphAction input = asInput(action);
        Element header = input.header();
        Element resource = null;
        if (action.resource != null && !action.isPseudo()) {
            if (isLocked(action, action.resource)) {
                header = header.with("shutdown-lock", Long.toString(action.resource.lockTime));
            }
            resource = resources.computeIfAbsent(action.resource, ActionWriter::resource);
        }
        boolean showsNode = showsNode(action, input.kind());
        Details details =
                new Details(
                        resource,
                        ActionAttributes.of(action, showsNode),
                        showsNode ? downed(action, cluster) : null,
                        tellsMaintenance(action, input.kind()) ? maintenance(cluster) : null);
        return new GraphAction(input.kind(), action.id, header, details);
    }

    private static Kind kindOf(Action action) {
        return switch (action.task) {
            case Tasks.STONITH -> action.isPseudo() ? Kind.PSEUDO : Kind.CLUSTER;
            case Tasks.DO_SHUTDOWN, Tasks.CLEAR_FAILCOUNT, Tasks.LRM_DELETE -> Kind.CLUSTER;
            default -> action.isPseudo() ? Kind.PSEUDO : Kind.RESOURCE;
        };
    }

    /** Plain pseudo actions happen nowhere; the fencing of a guest is one, but names its node. */
    private static boolean showsNode(Action action, Kind kind) {
        return action.node != null && (kind != Kind.PSEUDO || action.task.equals(Tasks.STONITH));
    }

    private static boolean tellsMaintenance(Action action, Kind kind) {
        return kind == Kind.PSEUDO && action.task.equals(Tasks.MAINTENANCE_NODES);
    }

    private static Element header(Action action, Kind kind) {
        AttributeBuilder header = new AttributeBuilder();
        if (action.task.equals(Tasks.LRM_DELETE)) {
            header.put("mode", "cib");
        }
        header.put("id", Integer.toString(action.id));
        header.put("operation", action.task);
        String historyId = action.resource == null ? null : action.resource.historyId;
        if (historyId != null) {
            header.put("operation_key", historyKey(action, historyId));
            header.put("internal_operation_key", action.key);
        } else {
            header.put("operation_key", action.key);
        }
        Node node = action.node;
        if (node != null && showsNode(action, kind)) {
            header.put("on_node", node.name);
            header.put("on_node_uuid", node.id);
            Node router = Routing.hostFor(action, node);
            if (router != null) {
                header.put("router_node", router.name);
            }
        }
        return header.build(kind.tag());
    }

    /** The key under which an instance of an anonymous clone has its history. */
    private static String historyKey(Action action, String historyId) {
        if (action.task.equals(Tasks.NOTIFY)) {
            return OpKey.notification(
                    historyId,
                    String.valueOf(action.meta.get("notify_type")),
                    String.valueOf(action.meta.get("notify_operation")));
        }
        String task = action.cancelTask == null ? action.task : action.cancelTask;
        String interval = action.meta.get("interval");
        return historyId + "_" + task + "_" + (interval == null ? "0" : interval);
    }

    /** Whether an action is done because, or in spite, of a shutdown lock on its node. */
    private static boolean isLocked(Action action, Resource resource) {
        return action.node != null
                && action.node == resource.lockNode
                && (!action.node.shutdown || action.task.equals(Tasks.STOP));
    }

    private static Element resource(Resource resource) {
        AttributeBuilder attributes = new AttributeBuilder();
        String xmlId = resource.xml.id();
        if (resource.is(ResourceFlag.REMOVED) && resource.historyId != null) {
            attributes.put("id", resource.historyId);
            attributes.put("long-id", resource.id);
        } else if (resource.is(ResourceFlag.UNIQUE)) {
            attributes.put("id", resource.id);
        } else {
            attributes.put("id", xmlId);
            String historyId = resource.historyId;
            attributes.put(
                    "long-id",
                    historyId == null || historyId.equals(xmlId) ? resource.id : historyId);
        }
        for (String name : new String[] {"class", "provider", "type"}) {
            String value = resource.xml.get(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        return attributes.build(resource.xml.name());
    }

    private static @Nullable List<String> downed(Action action, Cluster cluster) {
        Node node = action.node;
        if (node == null) {
            return null;
        }
        if (action.task.equals(Tasks.DO_SHUTDOWN)) {
            return List.of(node.id);
        }
        if (action.task.equals(Tasks.STONITH)) {
            String what = action.meta.getOrDefault("stonith_action", "");
            return what.equals(Tasks.OFF) || what.equals(Tasks.REBOOT)
                    ? withGuests(node, cluster)
                    : null;
        }
        Resource resource = action.resource;
        if (resource != null
                && resource.is(ResourceFlag.IS_REMOTE_CONNECTION)
                && action.task.equals(Tasks.STOP)
                && !isMigrating(action, resource)) {
            return List.of(resource.id);
        }
        return null;
    }

    private static List<String> withGuests(Node host, Cluster cluster) {
        List<String> ids = new ArrayList<>();
        ids.add(host.id);
        for (Resource active : host.running) {
            for (Node node : cluster.nodes) {
                if (node.isGuest() && node.remote == active) {
                    ids.add(node.id);
                }
            }
        }
        return ids;
    }

    private static boolean isMigrating(Action stop, Resource resource) {
        for (RelatedAction input : stop.before) {
            Resource other = input.action.resource;
            if (other != null
                    && other.id.equals(resource.id)
                    && input.action.task.equals(Tasks.MIGRATE_FROM)) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Boolean> maintenance(Cluster cluster) {
        Map<String, Boolean> changed = new LinkedHashMap<>();
        for (Node node : cluster.nodes) {
            if (GraphBuilder.isMaintenanceChange(node)) {
                changed.put(node.id, node.maintenance);
            }
        }
        return changed;
    }
}
