package org.holdfast.tools.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Score;
import org.holdfast.tools.simulate.GraphRun.Outcome;
import org.jspecify.annotations.Nullable;

/** Pretends to do the actions of a transition, and writes their results into the CIB. */
final class TransitionActor implements GraphRun.Actor {

    private final Element graph;
    private final Cluster cluster;
    private final SimulatedCib cib;
    private final SimulateOutput out;
    private final SimulateOptions options;
    private final ResultHistory history;
    private final Injections injections;

    TransitionActor(
            Element graph,
            Cluster cluster,
            SimulatedCib cib,
            SimulateOutput out,
            SimulateOptions options,
            long nowSeconds) {
        this.graph = graph;
        this.cluster = cluster;
        this.cib = cib;
        this.out = out;
        this.options = options;
        this.history = new ResultHistory(cib, nowSeconds);
        this.injections = new Injections(options, cib, out, nowSeconds);
    }

    @Override
    public Outcome act(Element action) {
        return switch (action.name()) {
            case "pseudo_event" -> actPseudo(action);
            case "rsc_op" -> actResource(action);
            default ->
                    action.getOr("operation", "").equals("stonith")
                            ? actFencing(action)
                            : actCluster(action);
        };
    }

    private Outcome actPseudo(Element action) {
        String node = action.get("on_node");
        String task = action.getOr("operation_key", "");
        out.entry(
                "Pseudo action:   " + task + (node == null ? "" : " on " + node),
                "pseudo_action",
                "task",
                task,
                "node",
                node);
        return Outcome.DONE;
    }

    private Outcome actCluster(Element action) {
        Element primitive = action.first("primitive");
        String task = action.getOr("operation", "");
        String node = action.getOr("on_node", "");
        out.entry(
                "Cluster action:  "
                        + task
                        + (primitive == null ? "" : " for " + primitive.id())
                        + " on "
                        + node,
                "cluster_action",
                "task",
                task,
                "node",
                node,
                "id",
                primitive == null ? null : primitive.id());
        return Outcome.DONE;
    }

    private Outcome actFencing(Element action) {
        String target = action.getOr("on_node", "");
        String operation = meta(action, "stonith_action");
        out.entry(
                "Fencing " + target + " (" + operation + ")",
                "fencing_action",
                "target",
                target,
                "op",
                operation);
        if (!"on".equalsIgnoreCase(operation)) {
            addNode(target, null);
            cib.operation(() -> cib.setNodeUp(target, false, "simulate_fencing_action"));
            cib.forgetNode(target);
        }
        return Outcome.DONE;
    }

    /** A value among the attributes that describe an action. */
    private static @Nullable String meta(Element action, String name) {
        Element attributes = action.first("attributes");
        return attributes == null ? null : attributes.get("CRM_meta_" + name);
    }

    private Outcome actResource(Element action) {
        Element primitive = action.first("primitive");
        String task = action.getOr("operation", "");
        String node = action.getOr("on_node", "");
        if (task.equals("probe_complete") || primitive == null) {
            return Outcome.DONE;
        }
        String configured = primitive.id();
        String name = configured;
        String longId = primitive.get("long-id");
        if (cluster.resourceInHistory(name) == null
                && longId != null
                && cluster.resourceInHistory(longId) != null) {
            name = longId;
        }
        if (task.equals("delete") || task.equals("meta-data")) {
            show(name, task, 0, node);
            return Outcome.DONE;
        }
        String uuid = action.get("router_node") == null ? action.get("on_node_uuid") : node;
        addNode(node, uuid);
        String known = name;
        Outcome[] outcome = {Outcome.DONE};
        cib.operation(() -> outcome[0] = record(action, primitive, known));
        return outcome[0];
    }

    private void addNode(String node, @Nullable String id) {
        if (options.addsNodes()) {
            cib.operation(() -> cib.addNode(node));
        }
        cib.operation(() -> cib.addNodeState(node, id));
    }

    private Outcome record(Element action, Element primitive, String name) {
        String node = action.getOr("on_node", "");
        String configured = primitive.id();
        List<String> errors = new ArrayList<>();
        String entry =
                history.prepare(node, name, configured, ResultHistory.Agent.of(primitive), errors);
        errors.forEach(out::error);
        if (entry == null) {
            return Outcome.NOT_STARTED;
        }
        return carryOut(action, name, configured, entry);
    }

    private Outcome carryOut(Element action, String name, String configured, String entry) {
        String task = action.getOr("operation", "");
        String node = action.getOr("on_node", "");
        long interval = Values.number(meta(action, "interval"), 0);
        int expected = Values.atLeast(meta(action, "op_target_rc"), 0);
        show(name, task, interval, node);
        int exitStatus = expected;
        boolean success = true;
        for (String specification : options.values("op-fail")) {
            String match = matching(specification, name, configured, task, interval, node);
            if (match == null) {
                continue;
            }
            String code = specification.substring(specification.indexOf('=') + 1);
            if (!Values.isNumber(code)) {
                out.error(
                        "Invalid failed operation '"
                                + specification
                                + "' (result code must be integer)");
                continue;
            }
            exitStatus = (int) Values.number(code, 0);
            out.info(
                    "Pretending action "
                            + action.getOr("id", "")
                            + " failed with rc="
                            + exitStatus);
            success = false;
            injections.addFailCount(node, match, task, interval, exitStatus, isFatal(task));
            break;
        }
        history.record(
                entry, result(action, configured, task, interval, node, exitStatus, expected));
        return success ? Outcome.DONE : Outcome.FAILED;
    }

    private static ResultHistory.Result result(
            Element action,
            String resource,
            String task,
            long interval,
            String node,
            int exitStatus,
            int expected) {
        String notifyType = meta(action, "notify_type");
        String notifyTask = meta(action, "notify_operation");
        return new ResultHistory.Result(
                resource,
                task,
                interval,
                node,
                exitStatus,
                expected,
                "User-injected result",
                task.equals("notify") && notifyType != null && notifyTask != null
                        ? OpKey.notification(resource, notifyType, notifyTask)
                        : null,
                meta(action, "migrate_source"),
                meta(action, "migrate_target"),
                ParameterDigest.of(action));
    }

    private boolean isFatal(String task) {
        String offset =
                switch (task) {
                    case "start" -> graph.getOr("failed-start-offset", "INFINITY");
                    case "stop" -> graph.getOr("failed-stop-offset", "INFINITY");
                    default -> "0";
                };
        return Score.parse(offset, 0) >= Score.INFINITY;
    }

    /** The name by which a specification means the operation, or null if it does not. */
    private static @Nullable String matching(
            String specification,
            String name,
            String configured,
            String task,
            long interval,
            String node) {
        String lower = specification.toLowerCase(Locale.ROOT);
        for (String candidate : List.of(name, configured)) {
            String key = OpKey.of(candidate, task, interval) + "@" + node + "=";
            if (lower.startsWith(key.toLowerCase(Locale.ROOT))) {
                return candidate;
            }
        }
        return null;
    }

    private void show(String resource, String task, long interval, String node) {
        StringBuilder line = new StringBuilder("Resource action: ").append(resource);
        line.append(" ".repeat(Math.max(0, 15 - resource.length()))).append(' ').append(task);
        if (interval != 0) {
            line.append('=').append(interval);
        }
        out.entry(
                line.append(" on ").append(node).toString(),
                "rsc_action",
                "resource",
                resource,
                "op",
                task,
                "node",
                node,
                "interval",
                interval == 0 ? null : Long.toString(interval));
    }
}
