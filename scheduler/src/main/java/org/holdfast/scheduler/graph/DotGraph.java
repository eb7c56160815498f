package org.holdfast.scheduler.graph;

import java.util.BitSet;
import java.util.List;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.OrderingFlag;
import org.holdfast.scheduler.model.RelatedAction;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.operations.Tasks;
import org.jspecify.annotations.Nullable;

/** The transition graph in Graphviz's language, as {@code crm_simulate -D} writes it. */
public final class DotGraph {

    private final Cluster cluster;
    private final boolean all;
    private final boolean verbose;
    private final StringBuilder text = new StringBuilder();
    private final BitSet written = new BitSet();

    private DotGraph(Cluster cluster, boolean all, boolean verbose) {
        this.cluster = cluster;
        this.all = all;
        this.verbose = verbose;
    }

    /**
     * Writes the graph.
     *
     * @param all with optional actions
     * @param verbose with the actions' numbers
     */
    public static String write(Cluster cluster, boolean all, boolean verbose) {
        return new DotGraph(cluster, all, verbose).write();
    }

    private String write() {
        if (all) {
            cluster.heldOrderings.settleAll();
            cluster.actions.forEach(GraphBuilder::mergeInputs);
        }
        text.append(" digraph \"g\" {\n");
        List<Action> actions = cluster.actions.reversed();
        actions.forEach(this::writeNode);
        for (Action action : actions) {
            for (RelatedAction before : action.before.reversed()) {
                writeEdge(before, action);
            }
        }
        return text.append("}\n").toString();
    }

    private void writeNode(Action action) {
        String style = "dashed";
        String color = "red";
        String font = action.isPseudo() ? "orange" : "black";
        Resource resource = action.resource;
        if (action.is(ActionFlag.ADDED_TO_GRAPH)) {
            style = "bold";
            color = "green";
        } else if (resource != null && !resource.is(ResourceFlag.MANAGED)) {
            font = "purple";
            if (!all) {
                return;
            }
        } else if (action.isOptional()) {
            color = "blue";
            if (!all) {
                return;
            }
        }
        written.set(action.id);
        text.append('"').append(name(action)).append("\" [ style=").append(style);
        text.append(" color=\"")
                .append(color)
                .append("\" fontcolor=\"")
                .append(font)
                .append("\"]\n");
    }

    private void writeEdge(RelatedAction before, Action action) {
        boolean shown = all;
        if (before.graphed) {
            shown = true;
        } else if (before.flags == OrderingFlag.NONE) {
            return;
        } else if (isWritten(before.action)
                && isWritten(action)
                && before.flags != OrderingFlag.IF_ON_SAME_NODE_OR_TARGET) {
            shown = true;
        }
        if (shown) {
            text.append('"').append(name(before.action)).append("\" -> \"").append(name(action));
            text.append("\" [ style = ").append(before.graphed ? "bold" : "dashed").append("]\n");
        }
    }

    private boolean isWritten(Action action) {
        return written.get(action.id) || action.is(ActionFlag.ADDED_TO_GRAPH);
    }

    private String name(Action action) {
        String name = plainName(action);
        return verbose ? name + " (" + action.id + ")" : name;
    }

    private static String plainName(Action action) {
        String host = action.node != null ? action.node.name : action.isPseudo() ? null : "<none>";
        boolean cancel = action.task.equals(Tasks.CANCEL);
        String prefix = cancel ? "Cancel " : "";
        String historyId = action.resource == null ? null : action.resource.historyId;
        if (historyId != null) {
            return prefix + historyKey(action, historyId, cancel) + suffix(host);
        }
        if (action.task.equals(Tasks.STONITH)) {
            return action.task + " '" + action.meta.get("stonith_action") + "' " + host;
        }
        if (host == null) {
            return action.key;
        }
        return prefix + (action.resource != null ? action.key : action.task) + " " + host;
    }

    private static String suffix(@Nullable String host) {
        return host == null ? "" : " " + host;
    }

    private static String historyKey(Action action, String historyId, boolean cancel) {
        if (action.task.equals(Tasks.NOTIFY) || action.task.equals(Tasks.NOTIFIED)) {
            return OpKey.notification(
                    historyId,
                    String.valueOf(action.meta.get("notify_key_type")),
                    String.valueOf(action.meta.get("notify_key_operation")));
        }
        String interval = action.meta.get("interval");
        String task = cancel ? action.cancelTask : action.task;
        return historyId + "_" + task + "_" + (interval == null ? "0" : interval);
    }
}
