package org.holdfast.scheduler.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.graph.TransitionGraph.Details;
import org.holdfast.scheduler.graph.TransitionGraph.GraphAction;
import org.holdfast.scheduler.graph.TransitionGraph.GraphResource;
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

/** Describes one action for the graph. */
final class ActionWriter {

    private ActionWriter() {}

    /** An action as another one's input. */
    static GraphAction asInput(Action action) {
        Kind kind = kindOf(action);
        return new GraphAction(kind, action.id, header(action, kind).build(), null);
    }

    /** An action with all that is needed to execute it. */
    static GraphAction withDetails(Action action, Cluster cluster) {
        Kind kind = kindOf(action);
        Attributes.Builder header = header(action, kind);
        GraphResource resource = null;
        if (action.resource != null && !action.isPseudo()) {
            if (isLocked(action, action.resource)) {
                header.put("shutdown-lock", Long.toString(action.resource.lockTime));
            }
            resource = resource(action.resource);
        }
        Attributes.Builder odd = new Attributes.Builder();
        boolean showsNode = showsNode(action, kind);
        Attributes attributes = ActionAttributes.of(action, showsNode, odd);
        Details details =
                new Details(
                        resource,
                        attributes,
                        odd.buildSorted(),
                        showsNode ? downed(action, cluster) : null,
                        tellsMaintenance(action, kind) ? maintenance(cluster) : null);
        return new GraphAction(kind, action.id, header.build(), details);
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

    private static Attributes.Builder header(Action action, Kind kind) {
        Attributes.Builder header = new Attributes.Builder();
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
        return header;
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

    private static GraphResource resource(Resource resource) {
        Attributes.Builder attributes = new Attributes.Builder();
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
        return new GraphResource(resource.xml.name(), attributes.build());
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
