package org.holdfast.cib.upgrade;

import static org.holdfast.cib.upgrade.Replacement.drop;
import static org.holdfast.cib.upgrade.Replacement.move;
import static org.holdfast.cib.upgrade.Replacement.rename;

import java.util.List;

/** The names that 3.0 no longer takes ("Upgrading the configuration" in Pacemaker Explained). */
final class OldNames {

    static final String OP_DEFAULTS = "op_defaults";
    static final String RSC_DEFAULTS = "rsc_defaults";

    private static final String LOWEST = "-INFINITY";
    private static final String THRESHOLD = "migration-threshold";

    static final List<Replacement> CLUSTER_OPTIONS =
            List.of(
                    new Replacement(
                            "cluster-infrastructure",
                            List.of(
                                    "heartbeat",
                                    "openais",
                                    "classic openais",
                                    "classic openais (with plugin)",
                                    "cman"),
                            "",
                            null,
                            null),
                    rename("cluster_recheck_interval", "cluster-recheck-interval"),
                    rename("dc_deadtime", "dc-deadtime"),
                    move("default-action-timeout", "timeout", OP_DEFAULTS),
                    move("default_action_timeout", "timeout", OP_DEFAULTS),
                    drop("default-migration-threshold"),
                    drop("default_migration_threshold"),
                    move("default-resource-stickiness", "resource-stickiness", RSC_DEFAULTS),
                    move("default_resource_stickiness", "resource-stickiness", RSC_DEFAULTS),
                    failureStickiness("default-resource-failure-stickiness", RSC_DEFAULTS),
                    drop("default-resource-failure-stickiness"),
                    failureStickiness("default_resource_failure_stickiness", RSC_DEFAULTS),
                    drop("default_resource_failure_stickiness"),
                    rename("election_timeout", "election-timeout"),
                    drop("expected-quorum-votes"),
                    move("is-managed-default", "is-managed", RSC_DEFAULTS),
                    move("is_managed_default", "is-managed", RSC_DEFAULTS),
                    rename("no_quorum_policy", "no-quorum-policy"),
                    drop("notification-agent"),
                    drop("notification-recipient"),
                    rename("remove_after_stop", "remove-after-stop"),
                    rename("shutdown_escalation", "shutdown-escalation"),
                    rename("startup_fencing", "startup-fencing"),
                    rename("stonith_action", "stonith-action"),
                    rename("stonith_enabled", "stonith-enabled"),
                    rename("stop_orphan_actions", "stop-orphan-actions"),
                    rename("stop_orphan_resources", "stop-orphan-resources"),
                    rename("symmetric_cluster", "symmetric-cluster"),
                    rename("transition_idle_timeout", "cluster-delay"));

    static final List<Replacement> RESOURCE_PARAMETERS =
            List.of(
                    drop("pcmk_arg_map"),
                    rename("pcmk_list_cmd", "pcmk_list_action"),
                    rename("pcmk_monitor_cmd", "pcmk_monitor_action"),
                    rename("pcmk_off_cmd", "pcmk_off_action"),
                    rename("pcmk_on_cmd", "pcmk_on_action"),
                    rename("pcmk_reboot_cmd", "pcmk_reboot_action"),
                    rename("pcmk_status_cmd", "pcmk_status_action"));

    static final List<Replacement> RESOURCE_META =
            List.of(
                    isolation("isolation"),
                    isolation("isolation-host"),
                    isolation("isolation-instance"),
                    isolation("isolation-wrapper"),
                    failureStickiness("resource-failure-stickiness", null),
                    drop("resource-failure-stickiness"),
                    failureStickiness("resource_failure_stickiness", null),
                    drop("resource_failure_stickiness"));

    /** Attributes of an operation that were also taken from among its agent's parameters. */
    static final List<String> OPERATION_META =
            List.of(
                    "interval-origin",
                    "start-delay",
                    "enabled",
                    "on-fail",
                    "record-pending",
                    "role",
                    "timeout");

    private OldNames() {}

    private static Replacement failureStickiness(
            String name, @org.jspecify.annotations.Nullable String where) {
        return new Replacement(name, List.of(LOWEST), THRESHOLD, "1", where);
    }

    /** Isolation wrappers are gone (bundles came instead): such a resource stays stopped. */
    private static Replacement isolation(String name) {
        return new Replacement(name, List.of(), "target-role", "Stopped", null);
    }
}
