package org.holdfast.scheduler.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the rules of an attribute set or constraint may look at besides the time.
 *
 * @param agentClass of the resource; null where resource expressions do not apply
 * @param operation name of the operation; null where operation expressions do not apply
 * @param nodeAttributes null where node attribute expressions are false
 * @param resourceParameters for {@code value-source=param}
 * @param resourceMeta for {@code value-source=meta}
 * @param resourceId what {@code rsc-pattern} matched
 * @param match groups of the {@code rsc-pattern}, of which 0 is the whole match
 */
public record RuleScope(
        @Nullable String agentClass,
        @Nullable String provider,
        @Nullable String agentType,
        @Nullable String operation,
        long operationIntervalMillis,
        @Nullable Map<String, String> nodeAttributes,
        @Nullable Map<String, String> resourceParameters,
        @Nullable Map<String, String> resourceMeta,
        @Nullable String resourceId,
        java.util.List<String> match) {

    /** Nothing but the time. */
    public static final RuleScope TIME_ONLY =
            new RuleScope(null, null, null, null, 0, null, null, null, null, java.util.List.of());

    /** Node attributes and the time. */
    public static RuleScope ofNode(@Nullable Map<String, String> attributes) {
        return new RuleScope(
                null, null, null, null, 0, attributes, null, null, null, java.util.List.of());
    }

    /** An agent and the time. */
    public static RuleScope ofAgent(
            @Nullable String agentClass, @Nullable String provider, @Nullable String type) {
        return new RuleScope(
                agentClass, provider, type, null, 0, null, null, null, null, java.util.List.of());
    }

    /** This with an operation. */
    public RuleScope withOperation(String name, long intervalMillis) {
        return new RuleScope(
                agentClass,
                provider,
                agentType,
                name,
                intervalMillis,
                nodeAttributes,
                resourceParameters,
                resourceMeta,
                resourceId,
                match);
    }
}
