package org.holdfast.manager.controller;

import java.util.List;
import java.util.regex.Pattern;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.attributes.AttributeManager;
import org.holdfast.manager.cibsync.CibCompletion;
import org.holdfast.manager.executor.ExecStatus;
import org.holdfast.manager.executor.HistoryXml;
import org.holdfast.manager.executor.OperationOrder;
import org.holdfast.manager.executor.OperationResult;
import org.holdfast.manager.executor.TransitionKey;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/** What a DC does for its transitions, and what it reads from changes of the CIB. */
final class DcDuties implements TransitionActions, CibChanges.Visitor {

    private final Controller controller;
    private final NodeContext node;
    private final ControllerMessages messages;
    private final CibWriter writer;
    private final AttributeManager attributes;
    private boolean shutDownSelf;

    DcDuties(
            Controller controller,
            NodeContext node,
            ControllerMessages messages,
            CibWriter writer,
            AttributeManager attributes) {
        this.controller = controller;
        this.node = node;
        this.messages = messages;
        this.writer = writer;
        this.attributes = attributes;
    }

    @Override
    public void order(GraphAction action, String transitionKey) {
        NodeId target = action.target();
        if (target == null || !controller.peers().isOnline(target)) {
            controller.engine().confirmByKey(transitionKey, false);
            return;
        }
        Element order =
                action.xml
                        .with("transition-key", transitionKey)
                        .mapElements(child ->
                                child.name().equals("attributes")
                                        ? child.with(
                                                "crm_feature_set", ControllerMessages.FEATURE_SET)
                                        : child);
        messages.send(
                target,
                messages.request(ControllerMessages.INVOKE, "tengine", "lrmd", target)
                        .child(ControllerMessages.payload(order))
                        .build());
    }

    @Override
    public boolean perform(GraphAction action, String transitionKey) {
        NodeId target = action.target();
        if (target == null) {
            return true;
        }
        switch (action.task()) {
            case "stonith" -> {
                controller.fence(action, target);
                return false;
            }
            case ControllerMessages.DO_SHUTDOWN -> {
                controller.peers().expectDown(target);
                if (target.equals(node.self())) {
                    shutDownSelf = true;
                } else {
                    messages.send(
                            target,
                            messages.request(
                                            ControllerMessages.DO_SHUTDOWN,
                                            "tengine",
                                            "crmd",
                                            target)
                                    .attribute("transition-key", transitionKey)
                                    .build());
                }
                return true;
            }
            case "clear_failcount" -> {
                clearFailures(action, target);
                return true;
            }
            case ControllerMessages.LRM_DELETE -> {
                Element primitive = action.xml.first("primitive");
                writer.deleteAll(
                        "/cib/status/node_state[@id='%s']/lrm/lrm_resources/lrm_resource[@id='%s']"
                                .formatted(target, primitive == null ? "" : primitive.id()),
                        (code, output) -> controller.engine().confirmByKey(transitionKey, true));
                return false;
            }
            default -> {
                return true;
            }
        }
    }

    private void clearFailures(GraphAction action, NodeId target) {
        Element primitive = action.xml.first("primitive");
        String resource = primitive == null ? "" : primitive.id();
        if (resource.isEmpty()) {
            return;
        }
        String operation = action.meta("clear_failure_op");
        String interval = action.meta("clear_failure_interval");
        clearFailures(
                resource,
                target,
                operation == null ? null : operation + "_" + (interval == null ? "0" : interval));
    }

    /**
     * Forgets failures of a resource on a node: the counts, and the failed entry in the history.
     *
     * @param operation {@code task_intervalMillis}, or null for all
     */
    void clearFailures(String resource, NodeId target, @Nullable String operation) {
        String tail = operation == null ? "#.+_\\d+" : "#" + Pattern.quote(operation);
        Pattern names =
                Pattern.compile(
                        "^(fail-count|last-failure)-" + Pattern.quote(resource) + tail + "$");
        for (String name : attributes.namesMatching(target, names)) {
            attributes.update(target, name, null);
        }
        if (controller.peers().isOnline(target)) {
            messages.send(
                    target,
                    messages.request("clear_failcount", "tengine", "crmd", target)
                            .attribute("resource", resource)
                            .build());
        }
    }

    @Override
    public void noteFailure(
            NodeId where, Element entry, String startValue, String stopValue, boolean countIt) {
        String task = entry.getOr("operation", "");
        long interval = ControllerMessages.number(entry, "interval", 0);
        TransitionKey order = TransitionKey.parse(entry.get("transition-key"));
        boolean counts =
                interval > 0
                        || switch (task) {
                            case "start", "stop", "promote", "demote" -> true;
                            default -> order != null && order.transition() == -1;
                        };
        String tail = "_" + task + "_" + interval;
        String key = entry.getOr("operation_key", "");
        if (!counts || !key.endsWith(tail)) {
            return;
        }
        String resource = key.substring(0, key.length() - tail.length());
        String value = "value++";
        if (task.equals("start") && startValue.equals("INFINITY")
                || task.equals("stop") && stopValue.equals("INFINITY")) {
            value = "INFINITY";
        }
        String name = resource + "#" + task + "_" + interval;
        if (countIt) {
            attributes.update(where, "fail-count-" + name, value);
        }
        attributes.update(where, "last-failure-" + name, Long.toString(node.epochSeconds()));
    }

    @Override
    public void actionLost(GraphAction action, String transitionKey) {
        OperationOrder order =
                action.kind == GraphAction.Kind.RESOURCE
                        ? OperationOrder.parse(action.xml.with("transition-key", transitionKey))
                        : null;
        NodeId target = action.target();
        if (order == null
                || target == null
                || order.task().equals("cancel")
                || order.task().equals("delete")
                || order.task().equals("notify")) {
            return;
        }
        OperationResult lost =
                new OperationResult(
                        order,
                        -1,
                        OperationResult.RC_ERROR,
                        ExecStatus.TIMEOUT,
                        "no result within the action's timeout plus cluster-delay",
                        node.epochSeconds(),
                        node.epochSeconds(),
                        action.timeoutMillis(),
                        0);
        List<Element> entries =
                HistoryXml.entries(
                        lost,
                        controller.peers().name(target),
                        "controld_record_action_timeout",
                        ControllerMessages.FEATURE_SET);
        Element resource =
                Element.builder("lrm_resource")
                        .attribute("id", order.resource().id())
                        .attribute("class", order.resource().standard())
                        .optional("provider", order.resource().provider())
                        .attribute("type", order.resource().type())
                        .build()
                        .withChildren(entries);
        Element lrm =
                Element.of("lrm", "id", target.toString())
                        .withChildren(
                                List.of(
                                        Element.of("lrm_resources")
                                                .withChildren(List.of(resource))));
        Element state =
                Element.of(
                                "node_state",
                                "id",
                                target.toString(),
                                "uname",
                                controller.peers().name(target))
                        .withChildren(List.of(lrm));
        writer.modify(
                "status", Element.of("status").withChildren(List.of(state)), CibCompletion.IGNORED);
    }

    @Override
    public void transitionEnded() {
        if (shutDownSelf) {
            shutDownSelf = false;
            controller.stopSelf();
        }
    }

    /** The CIB changed. */
    void onCibChanged(Element before, Element after) {
        CibChanges.visit(before, after, this);
        if (!isComplete(after) && isComplete(before) && controller.stateNow().takesOrders()) {
            controller.to(new IntegrationState(controller, true), "a member is gone from the CIB");
        }
    }

    /**
     * Whether each member is in the list of nodes and has a history. Somebody who replaces or
     * erases the CIB takes these away; only the members can bring them back, by joining anew.
     */
    private boolean isComplete(Element cib) {
        Element nodes = cib.path("configuration", "nodes");
        Element status = cib.first("status");
        return nodes != null
                && status != null
                && controller.peers().online().stream()
                        .allMatch(member -> isIn(nodes, member) && hasHistory(status, member));
    }

    private static boolean isIn(Element nodes, NodeId member) {
        return nodes.elements().stream().anyMatch(each -> each.id().equals(member.toString()));
    }

    private static boolean hasHistory(Element status, NodeId member) {
        return status.elements().stream()
                .anyMatch(each -> each.id().equals(member.toString()) && each.first("lrm") != null);
    }

    @Override
    public void configurationChanged() {
        controller.requestPlan("Configuration change");
    }

    @Override
    public void attributesChanged(NodeId changed) {
        if (!controller.engine().isTakingDown(changed) || controller.peers().isOnline(changed)) {
            controller.requestPlan("Transient attribute change");
        }
    }

    @Override
    public void historyEntry(NodeId where, Element entry) {
        String reason = controller.engine().onResult(where, entry);
        if (reason != null) {
            controller.requestPlan(reason);
        }
    }

    @Override
    public void historyRemoved(NodeId where, Element entry) {
        if (!controller.engine().confirmCancel(where, entry.getOr("operation_key", ""))) {
            controller.requestPlan("Resource operation removal");
        }
    }

    @Override
    public void resourceRemoved(NodeId where, String resource) {
        if (!controller.engine().isDeleting(where, resource)) {
            controller.requestPlan("Resource history removal");
        }
    }
}
