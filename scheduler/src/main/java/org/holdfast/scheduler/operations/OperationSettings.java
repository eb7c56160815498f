package org.holdfast.scheduler.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Action;
import org.holdfast.scheduler.model.ActionFlag;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * An operation's effective settings: its own meta-attributes and attributes, what is derived from
 * other operations, the operation defaults, and these brought into normal form (Pacemaker
 * Explained, "Resource Operations").
 */
public final class OperationSettings {

    /**
     * Timeout of operations that set none, milliseconds ({@code default-action-timeout} is gone).
     */
    private static final long DEFAULT_TIMEOUT_MILLIS = 20_000;

    private OperationSettings() {}

    /** Finds an action's configuration and derives meta-attributes and failure handling from it. */
    static void apply(Action action, Resource resource, long intervalMillis) {
        OperationCatalog.Settings settings = settings(resource, action, intervalMillis);
        action.config = settings.config();
        action.meta.share(settings.meta());
        action.needs = FailurePolicy.requires(resource, action.task);
        action.onFail =
                FailurePolicy.onFail(
                        resource, action.task, intervalMillis, settings.meta().get("on-fail"));
        action.failRole = FailurePolicy.roleAfter(resource, action.task, action.onFail);
    }

    /** Settings depend on the node only for fence devices (pcmk_monitor_timeout). */
    private static OperationCatalog.Settings settings(
            Resource resource, Action action, long intervalMillis) {
        String task = action.task;
        boolean notification = action.key.contains("_notify_");
        Node node = isFenceStartOrProbe(resource, task, intervalMillis) ? action.node : null;
        OperationCatalog catalog = OperationCatalog.of(resource);
        OperationCatalog.Settings known = catalog.find(task, intervalMillis, notification, node);
        if (known != null) {
            return known;
        }
        Element config = OperationConfig.find(resource, task, intervalMillis, true);
        if (config == null && notification) {
            config = OperationConfig.findExact(resource, Tasks.NOTIFY, 0, true);
        }
        OperationCatalog.Settings found =
                new OperationCatalog.Settings(
                        task,
                        intervalMillis,
                        notification,
                        node,
                        config,
                        meta(resource, action.node, task, intervalMillis, config));
        catalog.settings.add(found);
        return found;
    }

    /**
     * Instance attributes that the operation itself sets, evaluated for the action's node, once.
     */
    static void applyParameters(Action action) {
        if (action.node == null
                || action.config == null
                || action.is(ActionFlag.ATTRS_EVALUATED)
                || action.resource == null) {
            return;
        }
        action.parameters = parameters(action.resource, action.config, action.node);
        action.set(ActionFlag.ATTRS_EVALUATED);
    }

    /** Instance attributes of an operation's configuration for a node. */
    public static Map<String, String> parameters(
            Resource resource, @Nullable Element config, @Nullable Node node) {
        if (config == null || config.first("instance_attributes") == null) {
            return Map.of();
        }
        return AttributeSource.operationParameters(resource, config, node);
    }

    /** The effective meta-attributes of an operation. */
    public static Map<String, String> meta(
            Resource resource,
            @Nullable Node node,
            String task,
            long intervalMillis,
            @Nullable Element config) {
        Map<String, String> meta = new LinkedHashMap<>();
        if (config != null) {
            AttributeSource.operationMeta(resource, task, intervalMillis, config, meta);
            config.forEachAttribute(meta::put);
        }
        if (FailurePolicy.isProbe(task, intervalMillis) && !meta.containsKey("timeout")) {
            Element monitor = OperationConfig.mostFrequentMonitor(resource);
            String timeout = monitor == null ? null : monitor.get("timeout");
            if (timeout != null) {
                meta.put("timeout", timeout);
            }
        }
        Element defaults = resource.cluster.operationDefaults;
        if (defaults != null) {
            AttributeSource.defaultMeta(resource, task, intervalMillis, defaults, meta);
        }
        meta.remove("id");
        if (intervalMillis > 0) {
            meta.put("interval", Long.toString(intervalMillis));
        } else {
            meta.remove("interval");
        }
        if (isFenceStartOrProbe(resource, task, intervalMillis)) {
            String timeout = ResourceParameters.of(resource, node).get("pcmk_monitor_timeout");
            if (timeout != null) {
                meta.put("timeout", timeout);
            }
        }
        meta.put("timeout", Long.toString(timeoutMillis(meta.get("timeout"))));
        checkOnFail(resource, task, config, meta);
        normaliseStartDelay(resource.cluster, intervalMillis, meta);
        return meta;
    }

    private static boolean isFenceStartOrProbe(
            Resource resource, String task, long intervalMillis) {
        return resource instanceof Primitive primitive
                && primitive.agentClass.equalsIgnoreCase("stonith")
                && (task.equals(Tasks.START) || FailurePolicy.isProbe(task, intervalMillis));
    }

    private static long timeoutMillis(@Nullable String text) {
        long millis = text == null ? 0 : Values.spanMillis(text);
        return millis <= 0 ? DEFAULT_TIMEOUT_MILLIS : Math.min(millis, Integer.MAX_VALUE);
    }

    /**
     * Drops responses to failure that make no sense for the operation; demote follows a monitor.
     */
    private static void checkOnFail(
            Resource resource, String task, @Nullable Element config, Map<String, String> meta) {
        String value = meta.get("on-fail");
        if (task.equals(Tasks.STOP)
                && value != null
                && isOneOf(value, "standby", "demote", "stop")) {
            resource.cluster.configError(
                    "Resetting 'on-fail' for "
                            + resource
                            + " stop action to default value because '"
                            + value
                            + "' is not allowed for stop");
            meta.remove("on-fail");
        } else if (task.equals(Tasks.DEMOTE) && value == null) {
            inheritFromPromotedMonitor(resource, meta);
        } else if (task.equals(Tasks.LRM_DELETE) && !"ignore".equalsIgnoreCase(value)) {
            meta.put("on-fail", "ignore");
        } else if ("demote".equalsIgnoreCase(value) && !mayDemote(config)) {
            resource.cluster.configError(
                    "Resetting 'on-fail' for "
                            + resource
                            + " "
                            + (config == null ? null : config.get("name"))
                            + " action to default value because 'demote' is not allowed for it");
            meta.remove("on-fail");
        }
    }

    private static void inheritFromPromotedMonitor(Resource resource, Map<String, String> meta) {
        if (resource.operations == null) {
            return;
        }
        for (Element op : resource.operations.elements("op")) {
            String onFail = op.get("on-fail");
            if (onFail != null
                    && isPromotedMonitor(op)
                    && OperationConfig.isEnabled(op)
                    && !onFail.equalsIgnoreCase("demote")) {
                meta.put("on-fail", onFail);
            }
        }
    }

    private static boolean mayDemote(@Nullable Element config) {
        return config != null
                && (Tasks.PROMOTE.equals(config.get("name")) || isPromotedMonitor(config));
    }

    private static boolean isPromotedMonitor(Element op) {
        return Tasks.MONITOR.equals(op.get("name"))
                && isOneOf(op.getOr("role", ""), "Promoted", "Master")
                && OperationConfig.intervalMillis(op) != 0;
    }

    /** Milliseconds as whole seconds, rounded, and at least 1 unless 0. */
    static long seconds(long millis) {
        return millis > 0 && millis < 1000 ? 1 : (millis + 500) / 1000;
    }

    private static boolean isOneOf(String value, String... words) {
        for (String word : words) {
            if (value.equalsIgnoreCase(word)) {
                return true;
            }
        }
        return false;
    }

    private static void normaliseStartDelay(
            Cluster cluster, long intervalMillis, Map<String, String> meta) {
        String delay = meta.get("start-delay");
        if (delay != null) {
            long bounded = Math.clamp(Values.spanMillis(delay), 0, Integer.MAX_VALUE);
            meta.put("start-delay", Long.toString(bounded));
            return;
        }
        String origin = meta.get("interval-origin");
        if (origin == null || intervalMillis == 0) {
            return;
        }
        Long originSeconds = AttributeSource.epochSeconds(cluster, origin);
        if (originSeconds == null) {
            cluster.configError("Ignoring 'interval-origin' because '" + origin + "' is not valid");
            return;
        }
        long interval = seconds(intervalMillis);
        long past = (cluster.now - originSeconds) % interval;
        long wait = (past <= 0 ? 0 : interval) - past;
        meta.put("start-delay", Long.toString(wait * 1000));
    }
}
