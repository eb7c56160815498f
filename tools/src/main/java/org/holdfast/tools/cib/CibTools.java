package org.holdfast.tools.cib;

import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.iso8601.Iso8601;

/** The commands on the CIB and the small ones beside them. */
public final class CibTools {

    private CibTools() {}

    /** Adds them to a registry. */
    public static void addTo(ToolRegistry.Builder registry) {
        registry.add("iso8601", Iso8601::new);
    }
}
