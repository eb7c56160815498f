package org.holdfast.tools;

import org.holdfast.tools.pcs.PcsTool;

/** The one list of every command that this program answers to. */
public final class AllTools {

    private AllTools() {}

    /** A registry of all commands. */
    public static ToolRegistry registry() {
        return ToolRegistry.builder().add("pcs", PcsTool::new).build();
    }
}
