package org.holdfast.agents;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One action of an agent to run.
 *
 * @param id names the run
 * @param standard the agent's class: {@code ocf}, {@code lsb}, {@code systemd}...
 * @param provider the OCF provider, or null
 * @param type the agent's name
 * @param resource the resource's name
 * @param action the action's name
 * @param parameters the resource's parameters by name, {@code CRM_meta_*} among them
 */
public record AgentCall(
        long id,
        String standard,
        @Nullable String provider,
        String type,
        String resource,
        String action,
        Map<String, String> parameters) {

    /** The agent's full name, {@code ocf:heartbeat:IPaddr2}. */
    public String agentName() {
        return standard + ":" + (provider == null ? "" : provider + ":") + type;
    }
}
