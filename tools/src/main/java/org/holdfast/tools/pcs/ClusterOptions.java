package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;

/** The cluster options of Pacemaker 3.0, for machines where no description of them is installed. */
final class ClusterOptions {

    /** Name, type, default ({@code -} for none), values of a select, marks. */
    private static final String TABLE =
            """
            dc-version version -
            cluster-infrastructure string -
            cluster-name string -
            dc-deadtime duration 20s
            cluster-recheck-interval duration 15min
            election-timeout duration 2min advanced
            shutdown-escalation duration 20min advanced
            join-integration-timeout duration 3min advanced
            join-finalization-timeout duration 30min advanced
            transition-delay duration 0s advanced
            no-quorum-policy select stop stop|freeze|ignore|demote|fence|suicide
            shutdown-lock boolean false
            shutdown-lock-limit duration 0
            enable-acl boolean false
            symmetric-cluster boolean true
            maintenance-mode boolean false
            start-failure-is-fatal boolean true
            enable-startup-probes boolean true deprecated
            fence-remote-without-quorum boolean false advanced
            fencing-enabled boolean true advanced
            stonith-enabled boolean true advanced deprecated:fencing-enabled
            fencing-action select reboot reboot|off
            stonith-action select reboot reboot|off deprecated:fencing-action
            fencing-reaction select stop stop|panic
            fence-reaction select stop stop|panic deprecated:fencing-reaction
            fencing-timeout duration 60s
            stonith-timeout duration 60s deprecated:fencing-timeout
            have-watchdog boolean false
            fencing-watchdog-timeout timeout 0
            stonith-watchdog-timeout timeout 0 deprecated:fencing-watchdog-timeout
            fencing-max-attempts score 10
            stonith-max-attempts score 10 deprecated:fencing-max-attempts
            concurrent-fencing boolean true deprecated
            startup-fencing boolean true advanced
            priority-fencing-delay duration 0
            node-pending-timeout duration 0
            cluster-delay duration 60s
            load-threshold percentage 80%
            node-action-limit integer 0
            batch-limit integer 0
            migration-limit integer -1
            cluster-ipc-limit nonnegative_integer - deprecated
            stop-all-resources boolean false
            stop-removed-resources boolean true deprecated
            stop-orphan-resources boolean true deprecated:stop-removed-resources
            cancel-removed-actions boolean true deprecated
            stop-orphan-actions boolean true deprecated:cancel-removed-actions
            pe-error-series-max integer -1
            pe-warn-series-max integer 5000
            pe-input-series-max integer 4000
            node-health-strategy select none none|migrate-on-red|only-green|progressive|custom
            node-health-base score 0
            node-health-green score 0
            node-health-yellow score 0
            node-health-red score -INFINITY
            placement-strategy select default default|utilization|minimal|balanced
            """;

    private ClusterOptions() {}

    static List<PropertyCatalog.Property> all() {
        return TABLE.lines().map(ClusterOptions::parse).toList();
    }

    private static PropertyCatalog.Property parse(String line) {
        String[] words = line.split(" ");
        List<String> values = List.of();
        boolean advanced = false;
        boolean deprecated = false;
        List<String> by = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            if (words[i].equals("advanced")) {
                advanced = true;
            } else if (words[i].startsWith("deprecated")) {
                deprecated = true;
                List<String> names = List.of(words[i].split(":"));
                by.addAll(names.subList(1, names.size()));
            } else {
                values = List.of(words[i].split("\\|"));
            }
        }
        return new PropertyCatalog.Property(
                words[0],
                words[1],
                words[2].equals("-") ? null : words[2],
                values,
                advanced,
                deprecated,
                by,
                "",
                "");
    }
}
