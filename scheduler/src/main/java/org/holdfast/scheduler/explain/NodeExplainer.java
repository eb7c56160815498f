package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.operations.Tasks;

/** Explains what one run decided for a node. */
final class NodeExplainer {

    private final Cluster cluster;
    private final NodeCauses causes;
    private final StateCauses states;
    private final PartExplainer parts;

    NodeExplainer(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.causes = new NodeCauses(cluster, reasons);
        this.states = new StateCauses(cluster, reasons);
        this.parts = new PartExplainer(cluster, reasons);
    }

    NodePart explain(Node node) {
        List<Cause> facts = new ArrayList<>();
        Cause obstacle = causes.obstacle(node);
        if (obstacle != null) {
            facts.add(obstacle);
        }
        if (node.unclean) {
            Cause unfenceable = causes.unfenceable(node);
            if (unfenceable != null) {
                facts.add(
                        new Cause(
                                "CannotBeFenced",
                                "it cannot be fenced: " + unfenceable.text(),
                                unfenceable.references(),
                                unfenceable.because(),
                                unfenceable.remedies()));
            }
        } else {
            facts.addAll(causes.fencing(node));
        }
        if (!cluster.quorate && node.online) {
            facts.add(states.noQuorum());
        }
        List<String> running = new ArrayList<>();
        for (Resource resource : node.running) {
            running.add(resource.id + (resource.role == Role.PROMOTED ? " (promoted)" : ""));
        }
        return new NodePart(
                node.name,
                state(node),
                facts,
                running,
                arriving(node),
                leaving(node),
                actionsOn(node));
    }

    static String state(Node node) {
        if (node.unclean) {
            return node.online ? "online but unclean" : "unclean";
        }
        if (!node.online) {
            return node.pending ? "pending" : "offline";
        }
        if (node.pending) {
            return "pending";
        }
        if (node.shutdown) {
            return "shutting down";
        }
        if (node.standby) {
            return "in standby";
        }
        return node.maintenance ? "in maintenance" : "online";
    }

    private List<String> arriving(Node node) {
        List<String> arriving = new ArrayList<>();
        for (Action action : cluster.actions) {
            if (action.node == node
                    && action.resource != null
                    && action.task.equals(Tasks.START)
                    && !action.resource.active.contains(node)
                    && Outcome.isPlanned(action)) {
                arriving.add(action.resource.id);
            }
        }
        return arriving;
    }

    private List<PlannedAction> leaving(Node node) {
        List<PlannedAction> leaving = new ArrayList<>();
        for (Action action : cluster.actions) {
            if (action.node == node
                    && action.resource != null
                    && action.task.equals(Tasks.STOP)
                    && !action.isOptional()) {
                leaving.add(parts.planned(action));
            }
        }
        return leaving;
    }

    private List<PlannedAction> actionsOn(Node node) {
        List<PlannedAction> planned = new ArrayList<>();
        for (Action action : cluster.actions) {
            boolean aboutNode =
                    action.task.equals(Tasks.STONITH) || action.task.equals(Tasks.DO_SHUTDOWN);
            if (action.node == node
                    && action.resource == null
                    && aboutNode
                    && !action.isOptional()) {
                planned.add(parts.planned(action));
            }
        }
        return planned;
    }
}
