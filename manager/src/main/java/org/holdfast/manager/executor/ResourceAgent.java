package org.holdfast.manager.executor;

import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/**
 * A resource and the agent that knows how to handle it.
 *
 * @param id the resource's name
 * @param standard the agent's class (ocf, systemd...)
 * @param provider the OCF provider, or null
 * @param type the agent's name
 */
public record ResourceAgent(String id, String standard, @Nullable String provider, String type) {

    /** From an order's {@code primitive}; empty strings where it lacks something. */
    static ResourceAgent of(Element primitive) {
        return new ResourceAgent(
                primitive.id(),
                primitive.getOr("class", ""),
                primitive.get("provider"),
                primitive.getOr("type", ""));
    }

    /** An {@code lrm_resource} of it without entries. */
    Element toLrmResource() {
        return Element.builder("lrm_resource")
                .attribute("id", id)
                .attribute("class", standard)
                .optional("provider", provider)
                .attribute("type", type)
                .build();
    }
}
