package org.holdfast.tools.simulate;

import java.util.List;
import java.util.Locale;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.OpKey;
import org.jspecify.annotations.Nullable;

/** Writes results of pretended operations into the history, as the controller would. */
final class ResultHistory {

    private static final String FEATURE_SET = "3.20.5";
    private static final String NO_TRANSITION = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    private static final List<String> CLASSES =
            List.of("ocf", "stonith", "service", "systemd", "lsb");

    private final SimulatedCib cib;
    private final long nowSeconds;

    ResultHistory(SimulatedCib cib, long nowSeconds) {
        this.cib = cib;
        this.nowSeconds = nowSeconds;
    }

    /** An agent, of which any part may be unknown. */
    record Agent(@Nullable String agentClass, @Nullable String provider, @Nullable String type) {

        static Agent of(Element primitive) {
            return new Agent(
                    primitive.get("class"), primitive.get("provider"), primitive.get("type"));
        }
    }

    /** A result: what was done, on which node, with which exit status where which was expected. */
    record Result(
            String resource,
            String task,
            long intervalMillis,
            String node,
            int exitStatus,
            int expected,
            String reason,
            @Nullable String notifyKey,
            @Nullable String migrateSource,
            @Nullable String migrateTarget,
            @Nullable String digest) {}

    /**
     * Finds the history of a resource on a node, which gets one if it has none.
     *
     * @param name the id under which there may be a history already
     * @param configuredName the id for a new history
     * @return the id of the history, or null with an error on the stream; of histories that share
     *     the id, the last one is meant
     */
    @Nullable String prepare(
            String node, String name, String configuredName, Agent agent, List<String> errors) {
        Element state = cib.nodeState(node);
        if (state == null) {
            return null;
        }
        for (String id : List.of(name, configuredName)) {
            if (count(state, id) == 1) {
                return id;
            }
        }
        if (agent.agentClass == null || agent.type == null) {
            errors.add(
                    "Resource "
                            + name
                            + " not found in the status section of "
                            + state.id()
                            + " (supply class and type to continue)");
            return null;
        }
        if (!CLASSES.contains(agent.agentClass.toLowerCase(Locale.ROOT))) {
            errors.add("Invalid class for " + name + ": " + agent.agentClass);
            return null;
        }
        if (agent.agentClass.equalsIgnoreCase("ocf") && agent.provider == null) {
            errors.add("Please specify the provider for resource " + name);
            return null;
        }
        Element fresh =
                Element.builder("lrm_resource")
                        .attribute("id", configuredName)
                        .attribute("class", agent.agentClass)
                        .optional("provider", agent.provider)
                        .attribute("type", agent.type)
                        .build();
        cib.inNodeState(
                node,
                changed ->
                        SimulatedCib.inside(
                                changed,
                                "lrm",
                                lrm ->
                                        SimulatedCib.inside(
                                                identified(lrm, changed),
                                                "lrm_resources",
                                                all -> all.append(fresh))));
        return configuredName;
    }

    private static Element identified(Element part, Element state) {
        return part.has("id") || !state.has("id") ? part : part.with("id", state.id());
    }

    /** How many histories have an id; where there are several, none of them is gone on with. */
    private static long count(Element state, String id) {
        Element all = state.path("lrm", "lrm_resources");
        if (all == null || all.indexOf("lrm_resource", id) < 0) {
            return 0;
        }
        return all.elements("lrm_resource").stream()
                .filter(history -> history.id().equals(id))
                .count();
    }

    /** Writes a result into a history that {@link #prepare} found. */
    void record(String history, Result result) {
        cib.inNodeState(
                result.node,
                state ->
                        SimulatedCib.inside(
                                state,
                                "lrm",
                                lrm ->
                                        SimulatedCib.inside(
                                                lrm,
                                                "lrm_resources",
                                                all -> recorded(all, history, result))));
    }

    private Element recorded(Element all, String history, Result result) {
        for (int index = all.children().size() - 1; index >= 0; index--) {
            if (all.children().get(index) instanceof Element resource
                    && resource.name().equals("lrm_resource")
                    && resource.id().equals(history)) {
                return all.replace(index, recorded(resource, result));
            }
        }
        return all;
    }

    private Element recorded(Element resource, Result result) {
        long call = 0;
        for (Element entry : resource.elements()) {
            call = Math.max(call, Values.number(entry.get("call-id"), 0));
        }
        call++;
        boolean reload = result.task.equals("reload") || result.task.equals("reload-agent");
        String task = reload ? "start" : result.task;
        String key = OpKey.of(result.resource, task, result.intervalMillis);
        boolean failed = result.exitStatus != result.expected;
        boolean migration = task.equals("migrate_to") || task.equals("migrate_from");
        if (result.notifyKey != null) {
            Result fine = withSuccess(result);
            return enter(resource, result.notifyKey, key, task, fine, call, "");
        }
        if (migration) {
            return enter(resource, key, key, task, result, call, "");
        }
        String last = OpKey.of(result.resource, "last", 0);
        if (failed) {
            Element changed =
                    enter(
                            resource,
                            OpKey.of(result.resource, "last_failure", 0),
                            key,
                            task,
                            result,
                            call,
                            result.reason);
            return result.intervalMillis == 0
                    ? enter(changed, last, key, task, result, call, result.reason)
                    : changed;
        }
        return enter(resource, result.intervalMillis > 0 ? key : last, key, task, result, call, "");
    }

    private static Result withSuccess(Result result) {
        return new Result(
                result.resource,
                result.task,
                result.intervalMillis,
                result.node,
                0,
                result.expected,
                result.reason,
                result.notifyKey,
                result.migrateSource,
                result.migrateTarget,
                result.digest);
    }

    private Element enter(
            Element resource,
            String id,
            String key,
            String task,
            Result result,
            long call,
            String reason) {
        String transition = call + ":-1:" + result.expected + ":" + NO_TRANSITION;
        String magic = "0:" + result.exitStatus + ";" + transition;
        String time = Long.toString(nowSeconds);
        return SimulatedCib.child(
                resource,
                entry -> entry.name().equals("lrm_rsc_op") && entry.id().equals(id),
                Element.of("lrm_rsc_op", "id", id),
                entry -> {
                    Element changed =
                            entry.with("operation_key", key)
                                    .with("operation", task)
                                    .with("crm-debug-origin", "crm_simulate")
                                    .with("crm_feature_set", FEATURE_SET)
                                    .with("transition-key", transition)
                                    .with("transition-magic", magic)
                                    .with("exit-reason", reason)
                                    .with("on_node", result.node)
                                    .with("call-id", Long.toString(call))
                                    .with("rc-code", Integer.toString(result.exitStatus))
                                    .with("op-status", "0")
                                    .with("interval", Long.toString(result.intervalMillis))
                                    .with("last-rc-change", time)
                                    .with("exec-time", "0")
                                    .with("queue-time", "0");
                    if (result.migrateSource != null) {
                        changed = changed.with("migrate_source", result.migrateSource);
                    }
                    if (result.migrateTarget != null) {
                        changed = changed.with("migrate_target", result.migrateTarget);
                    }
                    return result.digest == null
                            ? changed
                            : changed.with("op-digest", result.digest);
                });
    }
}
