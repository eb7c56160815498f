package org.holdfast.scheduler.operations;

import java.util.Set;
import java.util.TreeSet;

/** Parameters that the fencer takes for itself and does not hand to fence agents. */
final class FenceParameters {

    private static final Set<String> SPECIAL =
            new TreeSet<>(
                    java.util.List.of(
                            "provides",
                            "stonith-timeout",
                            "pcmk_action_limit",
                            "pcmk_delay_base",
                            "pcmk_delay_max",
                            "pcmk_host_argument",
                            "pcmk_host_check",
                            "pcmk_host_list",
                            "pcmk_host_map"));

    private FenceParameters() {}

    /**
     * Whether a parameter is the fencer's own: a fixed name, or {@code pcmk_ACTION_timeout} and
     * such.
     */
    static boolean isSpecial(String name) {
        if (SPECIAL.contains(name)) {
            return true;
        }
        if (!name.startsWith("pcmk_")) {
            return false;
        }
        int bar = name.indexOf('_', 5);
        String rest = bar < 0 ? "" : name.substring(bar);
        return rest.equals("_action") || rest.equals("_timeout") || rest.equals("_retries");
    }

    /**
     * Whether a feature set is older than 3.16.0, when digests began to leave these parameters in.
     */
    static boolean olderThan316(String version) {
        String[] parts = version.split("\\.");
        int major = number(parts, 0);
        return major < 3 || (major == 3 && number(parts, 1) < 16);
    }

    private static int number(String[] parts, int at) {
        try {
            return at < parts.length ? Integer.parseInt(parts[at]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
