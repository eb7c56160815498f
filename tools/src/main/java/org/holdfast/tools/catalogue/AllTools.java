package org.holdfast.tools.catalogue;

import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.corosync.CorosyncTools;
import org.holdfast.tools.explain.ExplainTool;
import org.holdfast.tools.fencing.StonithAdmin;
import org.holdfast.tools.mon.CrmMon;
import org.holdfast.tools.pcs.PcsTool;
import org.holdfast.tools.report.CrmReport;
import org.holdfast.tools.resource.CrmResource;
import org.holdfast.tools.simulate.CrmSimulate;
import org.holdfast.tools.state.StateTool;

/** The one list of every command that this program answers to. */
public final class AllTools {

    private AllTools() {}

    /** A registry of all commands. */
    public static ToolRegistry registry() {
        ToolRegistry.Builder registry = ToolRegistry.builder();
        registry.add("pcs", PcsTool::new);
        registry.add("holdfast-state", StateTool::new);
        CorosyncTools.addTo(registry);
        CrmCommands.addTo(registry);
        registry.add("crm_mon", CrmMon::new);
        registry.add("crm_resource", CrmResource::new);
        registry.add("crm_simulate", CrmSimulate::new);
        registry.add("stonith_admin", StonithAdmin::new);
        registry.add("explain", ExplainTool::new);
        registry.add("crm_report", () -> new CrmReport(AllTools::registry));
        return registry.build();
    }
}
