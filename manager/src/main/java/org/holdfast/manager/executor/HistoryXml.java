package org.holdfast.manager.executor;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;

/**
 * Writes operation results as the {@code lrm_rsc_op} entries of the CIB's status section, with the
 * ids by which the scheduler finds them (Pacemaker Explained, "Operation history").
 */
public final class HistoryXml {

    private HistoryXml() {}

    /**
     * The entries that a result sets: usually one; a failure of a one-time operation sets {@code
     * last_failure} and {@code last}.
     *
     * @param result the result
     * @param nodeName the node it was got on
     * @param origin what to put into {@code crm-debug-origin}
     * @param featureSet the controllers' feature set
     */
    public static List<Element> entries(
            OperationResult result, String nodeName, String origin, String featureSet) {
        OperationOrder order = result.order();
        String task = recordedTask(result);
        String key = order.resource().id() + "_" + task + "_" + order.intervalMillis();
        List<String> ids = new ArrayList<>();
        boolean failed = false;
        switch (order.task()) {
            case "notify" ->
                    ids.add(
                            order.resource().id()
                                    + "_"
                                    + orEmpty(order.meta("notify_type"))
                                    + "_notify_"
                                    + orEmpty(order.meta("notify_operation"))
                                    + "_0");
            case "migrate_to", "migrate_from" -> ids.add(key);
            default -> {
                failed = result.hasFailed();
                if (failed) {
                    ids.add(order.resource().id() + "_last_failure_0");
                }
                if (order.intervalMillis() == 0) {
                    ids.add(order.resource().id() + "_last_0");
                } else if (!failed) {
                    ids.add(key);
                }
            }
        }
        List<Element> entries = new ArrayList<>();
        for (String id : ids) {
            entries.add(entry(id, key, task, result, failed, nodeName, origin, featureSet));
        }
        return entries;
    }

    private static Element entry(
            String id,
            String key,
            String task,
            OperationResult result,
            boolean failed,
            String nodeName,
            String origin,
            String featureSet) {
        OperationOrder order = result.order();
        String transitionKey =
                order.transitionKey() == null
                        ? new TransitionKey(
                                        (int) result.callId(),
                                        -1,
                                        order.targetRc(),
                                        TransitionKey.NO_ENGINE)
                                .toString()
                        : order.transitionKey();
        Element.Builder entry =
                Element.builder("lrm_rsc_op")
                        .attribute("id", id)
                        .attribute("operation_key", key)
                        .attribute("operation", task)
                        .attribute("crm-debug-origin", origin)
                        .attribute("crm_feature_set", featureSet)
                        .attribute("transition-key", transitionKey)
                        .attribute(
                                "transition-magic",
                                result.status().code() + ":" + result.rc() + ";" + transitionKey)
                        .attribute("exit-reason", failed ? result.exitReason() : "")
                        .attribute("on_node", nodeName)
                        .attribute("call-id", Long.toString(result.callId()))
                        .attribute("rc-code", Integer.toString(result.rc()))
                        .attribute("op-status", Integer.toString(result.status().code()))
                        .attribute("interval", Long.toString(order.intervalMillis()))
                        .attribute(
                                "last-rc-change",
                                Long.toString(
                                        order.intervalMillis() > 0
                                                ? result.changedEpochSeconds()
                                                : result.ranEpochSeconds()))
                        .attribute("exec-time", Long.toString(result.execMillis()))
                        .attribute("queue-time", Long.toString(result.queueMillis()));
        if (order.task().startsWith("migrate_")) {
            entry.optional("migrate_source", order.meta("migrate_source"))
                    .optional("migrate_target", order.meta("migrate_target"));
        }
        entry.attribute("op-digest", OperationDigest.of(order));
        OperationDigest.describe(order, entry);
        return entry.build();
    }

    /** A reload leaves the resource started, so that is how it is remembered. */
    private static String recordedTask(OperationResult result) {
        String task = result.order().task();
        if (!task.equals("reload") && !task.equals("reload-agent")) {
            return task;
        }
        return result.status() == ExecStatus.DONE ? "start" : "monitor";
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
