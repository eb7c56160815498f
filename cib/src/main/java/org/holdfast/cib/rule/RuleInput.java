package org.holdfast.cib.rule;

import java.util.List;
import java.util.Map;
import org.holdfast.cib.time.CibTime;
import org.holdfast.cib.time.TimeContext;
import org.jspecify.annotations.Nullable;

/**
 * What rules are evaluated against. Maps are read by name only and not changed.
 *
 * @param now the moment for date expressions; null if dates cannot be judged (they then fail)
 * @param timeContext how dates without day or zone are read
 * @param nodeAttributes attributes of the node in question, with {@code #uname} and its like
 * @param resourceParameters instance attributes that {@code value-source="param"} means
 * @param resourceMeta meta attributes that {@code value-source="meta"} means
 * @param resourceClass the agent's class, for {@code rsc_expression}
 * @param resourceProvider the agent's provider, for {@code rsc_expression}
 * @param resourceType the agent's type, for {@code rsc_expression}
 * @param operation the operation's name, for {@code op_expression}
 * @param intervalMillis the operation's interval in milliseconds, for {@code op_expression}
 * @param matchedGroups for a location constraint with a resource pattern: the whole matched text
 *     and its groups (null where one took no part), which {@code %0} to {@code %9} stand for
 */
public record RuleInput(
        @Nullable CibTime now,
        TimeContext timeContext,
        Map<String, String> nodeAttributes,
        Map<String, String> resourceParameters,
        Map<String, String> resourceMeta,
        @Nullable String resourceClass,
        @Nullable String resourceProvider,
        @Nullable String resourceType,
        @Nullable String operation,
        long intervalMillis,
        List<@Nullable String> matchedGroups) {

    /** An input that knows the time and nothing else. */
    public static RuleInput at(TimeContext timeContext) {
        return at(timeContext.now(), timeContext);
    }

    /** An input that knows the time and nothing else. */
    public static RuleInput at(@Nullable CibTime now, TimeContext timeContext) {
        return new RuleInput(
                now,
                timeContext,
                Map.of(),
                Map.of(),
                Map.of(),
                null,
                null,
                null,
                null,
                0,
                List.of());
    }

    /** The same with a node's attributes. */
    public RuleInput withNode(Map<String, String> attributes) {
        return new RuleInput(
                now,
                timeContext,
                attributes,
                resourceParameters,
                resourceMeta,
                resourceClass,
                resourceProvider,
                resourceType,
                operation,
                intervalMillis,
                matchedGroups);
    }

    /** The same with the values that a comparison may take its reference value from. */
    public RuleInput withSources(Map<String, String> parameters, Map<String, String> meta) {
        return new RuleInput(
                now,
                timeContext,
                nodeAttributes,
                parameters,
                meta,
                resourceClass,
                resourceProvider,
                resourceType,
                operation,
                intervalMillis,
                matchedGroups);
    }

    /** The same for a resource of an agent. */
    public RuleInput withAgent(
            @Nullable String agentClass, @Nullable String provider, @Nullable String type) {
        return new RuleInput(
                now,
                timeContext,
                nodeAttributes,
                resourceParameters,
                resourceMeta,
                agentClass,
                provider,
                type,
                operation,
                intervalMillis,
                matchedGroups);
    }

    /** The same for an operation. */
    public RuleInput withOperation(@Nullable String name, long operationIntervalMillis) {
        return new RuleInput(
                now,
                timeContext,
                nodeAttributes,
                resourceParameters,
                resourceMeta,
                resourceClass,
                resourceProvider,
                resourceType,
                name,
                operationIntervalMillis,
                matchedGroups);
    }

    /** The same with the groups that a resource pattern matched. */
    public RuleInput withMatchedGroups(List<@Nullable String> groups) {
        return new RuleInput(
                now,
                timeContext,
                nodeAttributes,
                resourceParameters,
                resourceMeta,
                resourceClass,
                resourceProvider,
                resourceType,
                operation,
                intervalMillis,
                groups);
    }
}
