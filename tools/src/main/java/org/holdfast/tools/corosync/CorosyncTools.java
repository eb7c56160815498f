package org.holdfast.tools.corosync;

import org.holdfast.tools.ToolRegistry;

/** Corosync's commands. */
public final class CorosyncTools {

    private CorosyncTools() {}

    /** Adds them all. */
    public static void addTo(ToolRegistry.Builder registry) {
        registry.add("corosync-quorumtool", QuorumTool::new);
        registry.add("corosync-cfgtool", CfgTool::new);
        registry.add("corosync-cpgtool", CpgTool::new);
        registry.add("corosync-cmapctl", CmapCtl::new);
        registry.add("corosync-keygen", KeyGenerator::new);
    }
}
