package org.holdfast.tools.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.digest.Digests;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** The digest of an action's parameters as the executor would record it. */
final class ParameterDigest {

    private ParameterDigest() {}

    /** The digest of the parameters of a graph's action; null if it has none. */
    static @Nullable String of(Element action) {
        Element attributes = action.first("attributes");
        if (attributes == null) {
            return null;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        attributes.forEachAttribute(parameters::put);
        for (Element parameter : attributes.elements("param")) {
            parameters.put(parameter.getOr("name", ""), parameter.getOr("value", ""));
        }
        return Digests.parameters(Digests.withoutMeta(parameters));
    }
}
