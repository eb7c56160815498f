package org.holdfast.tools.cib;

import java.util.Map;

/** What the commands on the CIB share. */
public final class CibTools {

    private CibTools() {}

    /** Whether the environment names neither a file nor a shadow copy. */
    public static boolean usesCluster(Map<String, String> environment) {
        return environment.getOrDefault("CIB_file", "").isEmpty()
                && environment.getOrDefault("CIB_shadow", "").isEmpty();
    }
}
