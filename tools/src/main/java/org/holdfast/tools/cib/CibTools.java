package org.holdfast.tools.cib;

import java.util.Map;
import org.holdfast.tools.ToolRegistry;
import org.holdfast.tools.error.CrmError;
import org.holdfast.tools.iso8601.Iso8601;
import org.holdfast.tools.rule.CrmRule;

/** The commands on the CIB and the small ones beside them. */
public final class CibTools {

    private CibTools() {}

    /** Adds them to a registry. */
    public static void addTo(ToolRegistry.Builder registry) {
        registry.add("cibadmin", Cibadmin::new)
                .add("crm_diff", CrmDiff::new)
                .add("crm_error", CrmError::new)
                .add("crm_rule", CrmRule::new)
                .add("crm_verify", CrmVerify::new)
                .add("iso8601", Iso8601::new);
    }

    /** Whether the environment names neither a file nor a shadow copy. */
    public static boolean usesCluster(Map<String, String> environment) {
        return environment.getOrDefault("CIB_file", "").isEmpty()
                && environment.getOrDefault("CIB_shadow", "").isEmpty();
    }
}
