package org.holdfast.scheduler.failures;

import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.OpKey;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.operations.ReadableInterval;
import org.jspecify.annotations.Nullable;

/** Fail counts of resources on nodes, from the nodes' transient attributes. */
public final class FailCounts {

    /** How a count is taken. */
    public enum Mode {
        /** All failures. */
        ALL,
        /** Expired failures do not count. */
        EFFECTIVE,
        /** As EFFECTIVE, with those of launched resources (guest in a virtual machine...). */
        EFFECTIVE_LAUNCHED
    }

    /**
     * A fail count.
     *
     * @param count up to INFINITY
     * @param lastFailure epoch seconds; 0 if there is none or it is not known
     */
    public record FailCount(int count, long lastFailure) {}

    private static final String COUNT_PREFIX = "fail-count-";
    private static final String LAST_PREFIX = "last-failure-";

    private FailCounts() {}

    /** The fail count of a resource on a node. */
    public static FailCount of(Resource resource, Node node, Mode mode) {
        return of(resource, node, mode, null);
    }

    /**
     * The fail count of a resource on a node.
     *
     * @param entry the history entry that asks, for {@code on-fail=block}, which never expires
     */
    public static FailCount of(Resource resource, Node node, Mode mode, @Nullable Element entry) {
        String name = failName(resource);
        boolean unique = resource.is(ResourceFlag.UNIQUE);
        int count = 0;
        long last = 0;
        for (Map.Entry<String, String> attribute : node.attributes.entrySet()) {
            String key = attribute.getKey();
            if (matches(key, COUNT_PREFIX, name, unique)) {
                count = Score.add(count, resource.cluster.score(attribute.getValue(), 0));
            } else if (matches(key, LAST_PREFIX, name, unique)) {
                last = Math.max(last, Values.number(attribute.getValue(), 0));
            }
        }
        if (count > 0
                && resource.failureTimeoutMillis > 0
                && BlockedFailures.blocks(resource, node, entry)) {
            resource.cluster.configWarning(
                    "Ignoring failure timeout (%s) for %s because it conflicts with on-fail=block"
                            .formatted(
                                    ReadableInterval.of(resource.failureTimeoutMillis),
                                    resource.id));
            resource.failureTimeoutMillis = 0;
        }
        if (mode != Mode.ALL && count > 0 && last > 0 && resource.failureTimeoutMillis > 0) {
            if (resource.cluster.now > last + Values.seconds(resource.failureTimeoutMillis)) {
                count = 0;
            }
        }
        if (mode == Mode.EFFECTIVE_LAUNCHED
                && !resource.launched.isEmpty()
                && !(resource.top() instanceof Bundle)) {
            for (Resource launched : resource.launched) {
                FailCount inner = of(launched, node, mode, entry);
                count += inner.count;
                last = Math.max(last, inner.lastFailure);
            }
        }
        return new FailCount(count, count > 0 && last > 0 ? last : 0);
    }

    /** The name that a resource's failures are recorded under. */
    private static String failName(Resource resource) {
        String name = resource.historyId == null ? resource.id : resource.historyId;
        return resource.is(ResourceFlag.UNIQUE) ? name : baseName(name);
    }

    /** An id without instance number. */
    public static String baseName(String id) {
        int end = id.length();
        while (end > 1 && Character.isDigit(id.charAt(end - 1))) {
            end--;
        }
        return end < id.length() && end > 1 && id.charAt(end - 1) == ':'
                ? id.substring(0, end - 1)
                : id;
    }

    /** Whether an attribute is {@code PREFIX NAME[:N]#TASK_INTERVAL}. */
    private static boolean matches(String key, String prefix, String name, boolean unique) {
        if (!key.startsWith(prefix) || !key.startsWith(name, prefix.length())) {
            return false;
        }
        int at = prefix.length() + name.length();
        if (!unique && at < key.length() && key.charAt(at) == ':') {
            int digits = at + 1;
            while (digits < key.length() && Character.isDigit(key.charAt(digits))) {
                digits++;
            }
            if (digits > at + 1) {
                at = digits;
            }
        }
        if (at + 1 >= key.length() || key.charAt(at) != '#') {
            return false;
        }
        int bar = key.lastIndexOf('_');
        return bar > at + 1
                && bar < key.length() - 1
                && key.chars().skip(bar + 1L).allMatch(Character::isDigit);
    }

    /** The attribute that counts failures of an operation. */
    public static String countAttribute(String resource, String task, long intervalMillis) {
        return COUNT_PREFIX + resource + "#" + operation(task, intervalMillis);
    }

    /** The attribute that tells when an operation failed last. */
    public static String lastFailureAttribute(String resource, String task, long intervalMillis) {
        return LAST_PREFIX + resource + "#" + operation(task, intervalMillis);
    }

    private static String operation(String task, long intervalMillis) {
        return OpKey.of("", task, intervalMillis).substring(1);
    }
}
