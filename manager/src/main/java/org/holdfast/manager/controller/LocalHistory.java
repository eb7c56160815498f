package org.holdfast.manager.controller;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.cibsync.CibCompletion;
import org.holdfast.manager.executor.ExecStatus;
import org.holdfast.manager.executor.ExecutorListener;
import org.holdfast.manager.executor.HistoryXml;
import org.holdfast.manager.executor.NodeHistory;
import org.holdfast.manager.executor.OperationOrder;
import org.holdfast.manager.executor.OperationResult;
import org.holdfast.manager.executor.ResourceAgent;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * Brings this node's results into the status section and confirms to the transition engine what
 * leaves no trace there.
 */
final class LocalHistory implements ExecutorListener {

    /** Origin of entries that a joining node repeats: not new events. */
    static final String REFRESH = "build_active_RAs";

    private static final String RESULT = "controld_update_resource_history";

    private final NodeContext node;
    private final ControllerMessages messages;
    private final CibWriter cib;
    private final NodeHistory history = new NodeHistory();

    LocalHistory(NodeContext node, ControllerMessages messages, CibWriter cib) {
        this.node = node;
        this.messages = messages;
        this.cib = cib;
    }

    NodeHistory history() {
        return history;
    }

    @Override
    public void onPending(OperationResult pending) {
        switch (pending.order().task()) {
            case "start", "promote", "monitor", "migrate_to", "migrate_from" -> record(pending);
            default -> {
                // A stop that has only begun must not hide that the resource is active: another
                // DC would start it elsewhere.
            }
        }
    }

    @Override
    public void onResult(OperationResult result) {
        log(result);
        if (isRecorded(result.order())) {
            record(result);
        } else {
            acknowledge(result);
        }
    }

    @Override
    public void onCancelled(OperationOrder order, String cancelledKey) {
        history.removeEntry(order.resource().id(), cancelledKey);
        cib.deleteAll(
                entryPath(order.resource().id(), cancelledKey),
                (code, output) -> acknowledge(done(order)));
    }

    @Override
    public void onForgotten(OperationOrder order) {
        history.removeResource(order.resource().id());
        cib.deleteAll(
                "/cib/status/node_state[@id='%s']/lrm/lrm_resources/lrm_resource[@id='%s']"
                        .formatted(node.self(), order.resource().id()),
                (code, output) -> {
                    if (order.transitionKey() != null) {
                        acknowledge(done(order));
                    } else {
                        cib.noteRefresh();
                    }
                });
    }

    /** Forgets a resource's last failure. */
    void forgetFailure(String resource) {
        String entry = resource + "_last_failure_0";
        history.removeEntry(resource, entry);
        cib.deleteAll(entryPath(resource, entry), CibCompletion.IGNORED);
    }

    private String entryPath(String resource, String entry) {
        return "/cib/status/node_state[@id='%s']/lrm/lrm_resources/lrm_resource[@id='%s']/lrm_rsc_op[@id='%s']"
                .formatted(node.self(), resource, entry);
    }

    /** Refuses an order: this node is not in a state to carry it out. */
    void refuse(OperationOrder order, String reason) {
        acknowledge(
                new OperationResult(
                        order,
                        -1,
                        OperationResult.RC_ERROR,
                        ExecStatus.INVALID,
                        reason,
                        node.epochSeconds(),
                        node.epochSeconds(),
                        0,
                        0));
    }

    /** Puts the whole history into the status section in place of what is there. */
    void refresh(CibCompletion then) {
        Element lrm = history.toLrm(node.self().toString(), REFRESH);
        Element state =
                Element.of(
                                "node_state",
                                "id",
                                node.self().toString(),
                                "uname",
                                node.selfName(),
                                "crm-debug-origin",
                                "controld_query_executor_state")
                        .withChildren(List.of(lrm));
        cib.replaceInStatus(
                "/cib/status/node_state[@id='" + node.self() + "']/lrm",
                Element.of("status").withChildren(List.of(state)),
                then);
    }

    private void record(OperationResult result) {
        List<Element> entries =
                HistoryXml.entries(result, node.selfName(), RESULT, ControllerMessages.FEATURE_SET);
        String resource = result.order().resource().id();
        for (String endless : history.record(result, entries)) {
            // The scheduler takes a pending operation for one of the present life of the resource.
            cib.deleteAll(entryPath(resource, endless), CibCompletion.IGNORED);
        }
        cib.modify(
                "status",
                Element.of("status")
                        .withChildren(List.of(nodeState(result.order().resource(), entries))),
                CibCompletion.IGNORED);
    }

    private Element nodeState(ResourceAgent agent, List<Element> entries) {
        Element.Builder resource =
                Element.builder("lrm_resource")
                        .attribute("id", agent.id())
                        .attribute("class", agent.standard())
                        .optional("provider", agent.provider())
                        .attribute("type", agent.type());
        entries.forEach(resource::child);
        Element lrm =
                Element.builder("lrm")
                        .attribute("id", node.self().toString())
                        .child(Element.builder("lrm_resources").child(resource.build()).build())
                        .build();
        return Element.builder("node_state")
                .attribute("id", node.self().toString())
                .attribute("uname", node.selfName())
                .attribute("crm-debug-origin", RESULT)
                .child(lrm)
                .build();
    }

    /** Tells the transition engine of a result without the status section. */
    private void acknowledge(OperationResult result) {
        List<Element> entries =
                HistoryXml.entries(
                        result, node.selfName(), "direct-ack", ControllerMessages.FEATURE_SET);
        messages.broadcast(
                messages.request(ControllerMessages.INVOKE, "lrmd", "tengine", null)
                        .child(
                                ControllerMessages.payload(
                                        nodeState(
                                                result.order().resource(), entries.subList(0, 1))))
                        .build());
    }

    /** The history entry in an acknowledgement, or null. */
    static @Nullable Element acknowledged(Element nodeState) {
        return nodeState.path("lrm", "lrm_resources", "lrm_resource", "lrm_rsc_op");
    }

    static @Nullable NodeId acknowledgingNode(Element nodeState) {
        return ControllerMessages.nodeId(nodeState.id());
    }

    private OperationResult done(OperationOrder order) {
        long now = node.epochSeconds();
        return new OperationResult(order, 0, order.targetRc(), ExecStatus.DONE, "", now, now, 0, 0);
    }

    private static boolean isRecorded(OperationOrder order) {
        return switch (order.task()) {
            case "notify", "meta-data", "validate-all", "cancel", "delete" -> false;
            default -> true;
        };
    }

    private void log(OperationResult result) {
        node.log(
                result.hasFailed() ? LogEvent.Level.ERROR : LogEvent.Level.NOTICE,
                Controller.LOG,
                "Result of %s for %s on %s: rc=%d status=%s%s"
                        .formatted(
                                result.order().task(),
                                result.order().resource().id(),
                                node.selfName(),
                                result.rc(),
                                result.status(),
                                result.exitReason().isEmpty()
                                        ? ""
                                        : " (" + result.exitReason() + ")"));
    }
}
