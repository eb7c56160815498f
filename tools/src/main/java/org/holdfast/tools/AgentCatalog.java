package org.holdfast.tools;

import java.util.List;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** The resource and fence agents that a command can know about. */
public interface AgentCatalog {

    /** No agents at all. */
    AgentCatalog NONE =
            new AgentCatalog() {
                @Override
                public @Nullable Element metadata(String standard, String provider, String type) {
                    return null;
                }

                @Override
                public List<String> types(String standard, String provider) {
                    return List.of();
                }

                @Override
                public List<String> ocfProviders() {
                    return List.of();
                }
            };

    /**
     * An agent's description, the {@code resource-agent} element of the OCF standard.
     *
     * @param standard {@code ocf}, {@code systemd}, {@code lsb}, {@code stonith}...
     * @param provider the provider of an OCF agent, else the empty string
     * @param type the agent's name
     * @return null if there is no such agent or it does not describe itself
     */
    @Nullable Element metadata(String standard, String provider, String type);

    /** Names of the agents of a standard (and provider), sorted. */
    List<String> types(String standard, String provider);

    /** Names of the providers of OCF agents, sorted. */
    List<String> ocfProviders();
}
