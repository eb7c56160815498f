package org.holdfast.tools.simulate;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.history.ExitStatus;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Changes a CIB as the user asked for before it is scheduled. */
final class Injections {

    /** Who made a node's state. */
    static final String SOURCE = "crm_simulate";

    private final SimulateOptions options;
    private final SimulatedCib cib;
    private final SimulateOutput out;
    private final ResultHistory history;
    private final long nowSeconds;

    Injections(SimulateOptions options, SimulatedCib cib, SimulateOutput out, long nowSeconds) {
        this.options = options;
        this.cib = cib;
        this.out = out;
        this.history = new ResultHistory(cib, nowSeconds);
        this.nowSeconds = nowSeconds;
    }

    /** Injects everything. */
    void apply(Cluster cluster) {
        String quorum = options.value("quorum");
        String watchdog = options.value("watchdog");
        out.beginModifications(quorum, watchdog);
        if (quorum != null) {
            cib.operation(() -> cib.setAttribute("have-quorum", quorum));
        }
        if (watchdog != null) {
            setWatchdog(watchdog);
        }
        for (String node : options.values("node-up")) {
            showNode("Bringing node " + node + " online", "Online", node);
            addNode(node);
            cib.operation(() -> cib.setNodeUp(node, true, SOURCE));
        }
        for (String node : options.values("node-down")) {
            showNode("Taking node " + node + " offline", "Offline", node);
            addNode(node);
            cib.operation(() -> cib.setNodeUp(node, false, SOURCE));
            cib.forgetNode(node);
        }
        for (String node : options.values("node-fail")) {
            showNode("Failing node " + node, "Failing", node);
            addNode(node);
            cib.operation(() -> {
                cib.setNodeUp(node, true, SOURCE);
                cib.inNodeState(node, state -> state.with("in_ccm", "false"));
            });
        }
        setTickets("ticket-grant", "Granting", "granted", "true");
        setTickets("ticket-revoke", "Revoking", "granted", "false");
        setTickets("ticket-standby", "Standby", "standby", "true");
        setTickets("ticket-activate", "Activating", "standby", "false");
        for (String specification : options.values("op-inject")) {
            injectOperation(cluster, specification);
        }
        out.endModifications();
    }

    private void showNode(String text, String action, String node) {
        out.entry(text, "modify_node", "action", action, "node", node);
    }

    /** With a node brought up by name, nodes that are not configured are. */
    private void addNode(String node) {
        if (options.addsNodes()) {
            cib.operation(() -> cib.addNode(node));
        }
        cib.operation(() -> cib.addNodeState(node, null));
    }

    private void setWatchdog(String value) {
        cib.operation(() -> writeWatchdog(value));
    }

    private void writeWatchdog(String value) {
        cib.inConfiguration(
                "crm_config",
                config -> {
                    boolean[] found = {false};
                    Element changed =
                            config.mapElements(set ->
                                    set.mapElements(pair -> {
                                        if (found[0]
                                                || !pair.getOr("name", "")
                                                        .equals("have-watchdog")) {
                                            return pair;
                                        }
                                        found[0] = true;
                                        return pair.with("value", value);
                                    }));
                    return found[0]
                            ? changed
                            : SimulatedCib.child(
                                    config,
                                    set -> set.id().equals("cib-bootstrap-options"),
                                    Element.of(
                                            "cluster_property_set", "id", "cib-bootstrap-options"),
                                    set -> SimulatedCib.setPair(set, "have-watchdog", value));
                });
    }

    private void setTickets(String option, String action, String attribute, String value) {
        for (String ticket : options.values(option)) {
            String text =
                    action.equals("Standby")
                            ? "Making ticket " + ticket + " standby"
                            : action + " ticket " + ticket;
            out.entry(text, "modify_ticket", "action", action, "ticket", ticket);
            cib.operation(() -> setTicket(ticket, attribute, value));
        }
    }

    private void setTicket(String ticket, String attribute, String value) {
        cib.inStatus(status ->
                SimulatedCib.inside(
                        status,
                        "tickets",
                        tickets ->
                                SimulatedCib.child(
                                        tickets,
                                        state -> state.id().equals(ticket),
                                        Element.of("ticket_state", "id", ticket),
                                        state -> state.with(attribute, value))));
    }

    /** An operation in the form RESOURCE_TASK_INTERVAL@NODE=STATUS. */
    record Specification(String key, String node, int exitStatus) {

        static @Nullable Specification parse(String text) {
            int at = text.indexOf('@');
            int equals = text.indexOf('=', at);
            if (at <= 0 || equals <= at + 1 || !Values.isNumber(text.substring(equals + 1))) {
                return null;
            }
            return new Specification(
                    text.substring(0, at),
                    text.substring(at + 1, equals),
                    (int) Values.number(text.substring(equals + 1), 0));
        }

        /** How many of the three parts a text has. */
        static int parts(String text) {
            int at = text.indexOf('@');
            int equals = at < 0 ? -1 : text.indexOf('=', at);
            if (at <= 0) {
                return text.isEmpty() || at == 0 ? 0 : 1;
            }
            return at + 1 >= text.length() || equals == at + 1 ? 1 : 2;
        }
    }

    private void injectOperation(Cluster cluster, String text) {
        out.entry("Injecting " + text + " into the configuration", "inject_spec", "spec", text);
        Specification specification = Specification.parse(text);
        if (specification == null) {
            out.error(
                    "Invalid operation spec: "
                            + text
                            + ".  Only found "
                            + Specification.parts(text)
                            + " fields");
            return;
        }
        OpKey.Parts key = OpKey.parse(specification.key);
        Resource resource = key == null ? null : cluster.resourceInHistory(key.resource());
        if (key == null || resource == null) {
            out.error("Invalid resource name: " + (key == null ? "(null)" : key.resource()));
            return;
        }
        addNode(specification.node);
        cib.operation(() -> record(cluster, specification, key, resource));
    }

    private void record(
            Cluster cluster, Specification specification, OpKey.Parts key, Resource resource) {
        boolean infinity =
                key.task().equals("stop")
                        || (key.task().equals("start") && cluster.options.startFailureFatal());
        addFailCount(
                specification.node,
                key.resource(),
                key.task(),
                key.intervalMillis(),
                specification.exitStatus,
                infinity);
        List<String> errors = new ArrayList<>();
        String entry =
                history.prepare(
                        specification.node,
                        key.resource(),
                        key.resource(),
                        ResultHistory.Agent.of(resource.xml),
                        errors);
        errors.forEach(out::error);
        if (entry != null) {
            history.record(
                    entry,
                    new ResultHistory.Result(
                            entry,
                            key.task(),
                            key.intervalMillis(),
                            specification.node,
                            specification.exitStatus,
                            0,
                            "Simulated action result",
                            null,
                            null,
                            null,
                            null));
        }
    }

    /** Counts a failure on a node that has a state. */
    void addFailCount(
            String node,
            String resource,
            String task,
            long intervalMillis,
            int exitStatus,
            boolean infinity) {
        if (exitStatus == ExitStatus.OK
                || (exitStatus == ExitStatus.NOT_RUNNING && intervalMillis == 0)) {
            return;
        }
        String name = FailCounts.countAttribute(resource, task, intervalMillis);
        long count = Values.number(cib.transientAttribute(node, name), 0);
        setAttribute(node, name, infinity ? "INFINITY" : Long.toString(count + 1));
        setAttribute(
                node,
                FailCounts.lastFailureAttribute(resource, task, intervalMillis),
                Long.toString(nowSeconds));
    }

    private void setAttribute(String node, String name, String value) {
        Element state = cib.nodeState(node);
        String id = state == null ? "(null)" : state.getOr("id", "(null)");
        out.entry(
                "Injecting attribute " + name + "=" + value + " into /node_state '" + id + "'",
                "inject_attr",
                "name",
                name,
                "value",
                value,
                "node_path",
                "/node_state",
                "cib_node",
                id);
        cib.setTransientAttribute(node, name, value);
    }
}
