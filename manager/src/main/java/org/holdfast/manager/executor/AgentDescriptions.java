package org.holdfast.manager.executor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.messages.NodeContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the agents on this node. Asked again before each start, because an agent may
 * have been updated; whoever needs the same answer at the same time shares one question.
 */
final class AgentDescriptions {

    private record Question(String agent, String standard, List<String> resources) {}

    private final NodeContext node;
    private final Map<String, AgentDescription> known = new LinkedHashMap<>();
    private final Map<Long, Question> asked = new LinkedHashMap<>();
    private long lastCall;

    AgentDescriptions(NodeContext node) {
        this.node = node;
    }

    /** Whether an order has to wait for its agent's description. */
    boolean isNeeded(OperationOrder order) {
        return isDescribed(order) && (order.task().equals("start") || of(order) == null);
    }

    /** The description of an order's agent; null if there is none or the order needs none. */
    @Nullable AgentDescription of(OperationOrder order) {
        return isDescribed(order) ? known.get(key(order.resource())) : null;
    }

    /** Whether history entries of such orders show what the agent says about parameters. */
    private static boolean isDescribed(OperationOrder order) {
        // Other classes have no parameters.
        boolean hasParameters =
                order.resource().standard().equals("ocf")
                        || order.resource().standard().equals("stonith");
        return hasParameters
                && switch (order.task()) {
                    case "start",
                            "monitor",
                            "promote",
                            "demote",
                            "reload",
                            "reload-agent",
                            "migrate_to",
                            "migrate_from",
                            "notify" ->
                            true;
                    default -> false;
                };
    }

    private static String key(ResourceAgent agent) {
        return agent.standard() + ":" + agent.provider() + ":" + agent.type();
    }

    /** Asks for the description of an order's agent on behalf of its resource. */
    void ask(OperationOrder order) {
        ResourceAgent agent = order.resource();
        String key = key(agent);
        for (Question question : asked.values()) {
            if (question.agent().equals(key)) {
                question.resources().add(agent.id());
                return;
            }
        }
        lastCall++;
        asked.put(
                lastCall,
                new Question(key, agent.standard(), new ArrayList<>(List.of(agent.id()))));
        node.emit(
                new ManagerEffect.DescribeAgent(
                        lastCall, agent.standard(), agent.provider(), agent.type()));
    }

    /** An answer has come; gives the resources on whose behalf was asked. */
    List<String> answered(long call, @Nullable String metadata) {
        Question question = asked.remove(call);
        if (question == null) {
            return List.of();
        }
        AgentDescription description =
                metadata == null ? null : AgentDescription.parse(question.standard(), metadata);
        if (description != null) {
            known.put(question.agent(), description);
        }
        return question.resources();
    }
}
