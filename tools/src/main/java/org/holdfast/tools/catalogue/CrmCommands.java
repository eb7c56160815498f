package org.holdfast.tools.catalogue;

import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.attribute.AttrdUpdater;
import org.holdfast.tools.attribute.CrmAttribute;
import org.holdfast.tools.attribute.CrmFailcount;
import org.holdfast.tools.attribute.CrmMaster;
import org.holdfast.tools.attribute.CrmStandby;
import org.holdfast.tools.cib.Cibadmin;
import org.holdfast.tools.cib.CrmDiff;
import org.holdfast.tools.cib.CrmShadow;
import org.holdfast.tools.cib.CrmVerify;
import org.holdfast.tools.controller.CrmNode;
import org.holdfast.tools.controller.Crmadmin;
import org.holdfast.tools.error.CrmError;
import org.holdfast.tools.iso8601.Iso8601;
import org.holdfast.tools.options.DaemonMetadata;
import org.holdfast.tools.rule.CrmRule;
import org.holdfast.tools.ticket.CrmTicket;

/** The commands on the CIB and the small ones beside them. */
public final class CrmCommands {

    private CrmCommands() {}

    /** Adds them to a registry. */
    public static void addTo(ToolRegistry.Builder registry) {
        for (DaemonMetadata.Daemon daemon : DaemonMetadata.Daemon.values()) {
            registry.add(daemon.command(), () -> new DaemonMetadata(daemon));
        }
        registry.add("cibadmin", Cibadmin::new)
                .add("attrd_updater", AttrdUpdater::new)
                .add("crm_diff", CrmDiff::new)
                .add("crm_error", CrmError::new)
                .add("crm_shadow", CrmShadow::new)
                .add("crm_ticket", CrmTicket::new)
                .add("crm_attribute", CrmAttribute::new)
                .add("crm_standby", CrmStandby::new)
                .add("crm_master", CrmMaster::new)
                .add("crm_failcount", CrmFailcount::new)
                .add("crm_node", CrmNode::new)
                .add("crm_rule", CrmRule::new)
                .add("crm_verify", CrmVerify::new)
                .add("crmadmin", Crmadmin::new)
                .add("iso8601", Iso8601::new);
    }
}
