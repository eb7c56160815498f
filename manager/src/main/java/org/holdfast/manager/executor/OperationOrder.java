package org.holdfast.manager.executor;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * What the transition engine asks an executor to do: the content of an {@code rsc_op}.
 *
 * @param resource the resource and its agent
 * @param task the operation ({@code start}, {@code monitor}, {@code cancel}, {@code delete}...)
 * @param intervalMillis a recurring operation's interval, else 0
 * @param timeoutMillis how long it may run; 0 for no limit
 * @param startDelayMillis wait this long before the first run
 * @param parameters the resource's parameters and {@code CRM_meta_*}, by name
 * @param transitionKey for the result; null without one
 * @param agent what is known of the agent, or null
 */
public record OperationOrder(
        ResourceAgent resource,
        String task,
        long intervalMillis,
        long timeoutMillis,
        long startDelayMillis,
        SortedMap<String, String> parameters,
        @Nullable String transitionKey,
        @Nullable AgentDescription agent) {

    private static final String META = "CRM_meta_";

    /** Reads an {@code rsc_op}; null if it names no resource or operation. */
    public static @Nullable OperationOrder parse(Element rscOp) {
        Element primitive = rscOp.first("primitive");
        String task = rscOp.get("operation");
        if (primitive == null || primitive.id().isEmpty() || task == null) {
            return null;
        }
        SortedMap<String, String> parameters = new TreeMap<>();
        Element attributes = rscOp.first("attributes");
        if (attributes != null) {
            attributes.forEachAttribute(parameters::put);
        }
        parameters.remove(META + "op_target_rc");
        long interval = millis(parameters.get(META + "interval"));
        long timeout = millis(parameters.get(META + "timeout"));
        return new OperationOrder(
                ResourceAgent.of(primitive),
                task,
                task.equals("start") || task.equals("stop") ? 0 : interval,
                timeout > 0 ? timeout : interval,
                millis(parameters.get(META + "start_delay")),
                Collections.unmodifiableSortedMap(parameters),
                rscOp.get("transition-key"),
                null);
    }

    /** This order in the words of an agent: who takes changed parameters has one of two ways. */
    OperationOrder describedBy(@Nullable AgentDescription description) {
        boolean reloads = task.equals("reload") || task.equals("reload-agent");
        boolean legacy =
                description != null && description.reload() == AgentDescription.Reload.LEGACY;
        return new OperationOrder(
                resource,
                reloads ? legacy ? "reload" : "reload-agent" : task,
                intervalMillis,
                timeoutMillis,
                startDelayMillis,
                parameters,
                transitionKey,
                description);
    }

    /** This order with other parameters. */
    OperationOrder withParameters(SortedMap<String, String> others) {
        return new OperationOrder(
                resource,
                task,
                intervalMillis,
                timeoutMillis,
                startDelayMillis,
                Collections.unmodifiableSortedMap(others),
                transitionKey,
                agent);
    }

    /** The meta parameter of a name ({@code CRM_meta_name}), or null. */
    public @Nullable String meta(String name) {
        return parameters.get(META + name);
    }

    static boolean isMeta(String parameter) {
        return parameter.startsWith(META);
    }

    /** {@code resource_task_interval}, Pacemaker's key of an operation. */
    public String key() {
        return resource.id() + "_" + task + "_" + intervalMillis;
    }

    /** The exit code that counts as success. */
    public int targetRc() {
        TransitionKey key = TransitionKey.parse(transitionKey);
        return key == null ? 0 : key.targetRc();
    }

    private static long millis(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(text.strip()));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
