package org.holdfast.tools;

import java.time.Duration;
import java.util.List;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
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

    /**
     * An agent's description as the agent itself prints it.
     *
     * @return null if there is no such agent or it does not describe itself
     */
    default @Nullable String metadataText(String standard, String provider, String type) {
        Element parsed = metadata(standard, provider, type);
        return parsed == null ? null : XmlPrinter.pretty(parsed);
    }

    /** Names of the agents of a standard (and provider), sorted. */
    List<String> types(String standard, String provider);

    /** Names of the providers of OCF agents, sorted. */
    List<String> ocfProviders();

    /**
     * Runs an agent's action on this machine.
     *
     * @param limit how long it may take
     * @return null if this catalog only describes agents
     */
    default @Nullable AgentEnd run(AgentCall call, Duration limit) {
        return null;
    }

    /** The same agents for somebody who may not run them. */
    default AgentCatalog describingOnly() {
        AgentCatalog all = this;
        return new AgentCatalog() {
            @Override
            public @Nullable Element metadata(String standard, String provider, String type) {
                return all.metadata(standard, provider, type);
            }

            @Override
            public @Nullable String metadataText(String standard, String provider, String type) {
                return all.metadataText(standard, provider, type);
            }

            @Override
            public List<String> types(String standard, String provider) {
                return all.types(standard, provider);
            }

            @Override
            public List<String> ocfProviders() {
                return all.ocfProviders();
            }
        };
    }
}
