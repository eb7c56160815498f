package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.explain.Reference.Type;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ClusterOptions.NoQuorumPolicy;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.StateReason;

/** What holds for a resource on all nodes alike. */
final class StateCauses {

    private final Cluster cluster;
    private final ReasonRecorder reasons;
    private final Options options;
    private final FailureCauses failures;

    StateCauses(Cluster cluster, ReasonRecorder reasons) {
        this.cluster = cluster;
        this.reasons = reasons;
        this.options = new Options(cluster);
        this.failures = new FailureCauses(cluster, reasons);
    }

    /** All facts about a resource. */
    List<Cause> of(Resource resource) {
        List<Cause> facts = new ArrayList<>();
        if (resource.is(ResourceFlag.REMOVED)) {
            facts.add(removed(resource));
        }
        addManagement(resource, facts);
        facts.addAll(failures.of(resource));
        if (resource.active.size() > 1 && !resource.is(ResourceFlag.REPLICA_CONTAINER)) {
            facts.add(multiplyActive(resource));
        }
        addStops(resource, facts);
        if (!cluster.quorate && cluster.options.noQuorumPolicy() != NoQuorumPolicy.IGNORE) {
            facts.add(noQuorum());
        }
        for (StateReason reason : reasons.statesOf(resource)) {
            addOther(resource, reason, facts);
        }
        return facts;
    }

    private Cause removed(Resource resource) {
        return Cause.of(
                        "Removed",
                        resource.id
                                + " is no longer configured"
                                + (cluster.options.stopRemovedResources()
                                        ? ", so it is stopped"
                                        : ", and stop-orphan-resources says to leave it"))
                .unless(
                        new Change.PropertySet(
                                "stop-orphan-resources",
                                cluster.options.stopRemovedResources() ? "false" : "true"));
    }

    /** What holds it down. */
    private void addStops(Resource resource, List<Cause> facts) {
        if (cluster.options.stopAll()) {
            facts.add(
                    Cause.of("StopAll", "all resources are to be stopped (stop-all-resources)")
                            .naming(options.property("stop-all-resources"))
                            .unless(new Change.PropertySet("stop-all-resources", "false")));
        }
        String target = resource.meta("target-role");
        if (target != null && !target.equalsIgnoreCase("Started")) {
            facts.add(
                    Cause.of("TargetRole", "target-role of " + resource.id + " is " + target)
                            .naming(options.meta(resource, "target-role"))
                            .unless(
                                    unset(
                                            resource,
                                            "target-role",
                                            "Started",
                                            new Change.Enabled(lineage(resource)))));
        }
    }

    /**
     * What undoes an option: its removal, or, where it is inherited, a value of the resource's own.
     */
    private Change unset(Resource resource, String name, String value, Change removal) {
        return options.isOwnMeta(lineage(resource), name)
                ? removal
                : new Change.MetaSet(configured(resource), name, value);
    }

    /** Why it may not be touched. */
    private void addManagement(Resource resource, List<Cause> facts) {
        for (Cause cause : unmanaged(resource)) {
            facts.add(cause);
        }
    }

    /** Why nothing is done with a resource; empty if it is managed. */
    List<Cause> unmanaged(Resource resource) {
        List<Cause> causes = new ArrayList<>();
        for (StateReason reason : reasons.statesOf(resource)) {
            addManagement(resource, reason, causes);
        }
        boolean all = cluster.options.maintenance();
        if (all) {
            causes.add(
                    Cause.of("Maintenance", "the whole cluster is in maintenance")
                            .naming(options.property("maintenance-mode"))
                            .unless(new Change.PropertySet("maintenance-mode", "false")));
        }
        if (Values.isTrue(resource.meta("maintenance"))) {
            causes.add(
                    Cause.of("Maintenance", resource.id + " is in maintenance")
                            .naming(options.meta(resource, "maintenance"))
                            .unless(
                                    unset(
                                            resource,
                                            "maintenance",
                                            "false",
                                            new Change.Managed(lineage(resource)))));
        }
        String managed = resource.meta("is-managed");
        if (managed != null && !Values.isTrue(managed)) {
            causes.add(
                    Cause.of("Unmanaged", resource.id + " is not managed (is-managed)")
                            .naming(options.meta(resource, "is-managed"))
                            .unless(
                                    unset(
                                            resource,
                                            "is-managed",
                                            "true",
                                            new Change.Managed(lineage(resource)))));
        }
        if (resource.is(ResourceFlag.BLOCKED) && causes.isEmpty()) {
            causes.add(
                    new Cause(
                            "Blocked",
                            resource.id
                                    + " is blocked by a failure that an administrator must clear",
                            List.of(),
                            failures.of(resource),
                            List.of()));
        }
        if (causes.isEmpty() && !resource.isManaged()) {
            causes.add(Cause.of("Unmanaged", resource.id + " is not managed"));
        }
        return causes;
    }

    private void addManagement(Resource resource, StateReason reason, List<Cause> causes) {
        switch (reason) {
            case StateReason.NoFencingDevice _ ->
                    causes.add(
                            Cause.of(
                                            "NoFencingDevice",
                                            "nothing is managed, because fencing is enabled and no"
                                                    + " fencing device is configured")
                                    .naming(options.property("stonith-enabled"))
                                    .unless(new Change.PropertySet("stonith-enabled", "false")));
            case StateReason.NodeMaintenance maintenance ->
                    causes.add(
                            Cause.of(
                                            "NodeMaintenance",
                                            "node "
                                                    + maintenance.node().name
                                                    + ", where it is active, is in maintenance")
                                    .naming(Type.NODE, maintenance.node().name)
                                    .naming(options.attribute(maintenance.node(), "maintenance"))
                                    .unless(
                                            new Change.WithoutNodeAttribute(
                                                    maintenance.node().name, "maintenance")));
            case StateReason.FrozenByTicket frozen ->
                    causes.add(
                            Cause.of(
                                            "FrozenByTicket",
                                            "ticket "
                                                    + frozen.ticket()
                                                    + " was lost, and loss-policy of "
                                                    + frozen.constraintId()
                                                    + " is to freeze")
                                    .naming(Type.TICKET, frozen.ticket())
                                    .naming(Type.CONSTRAINT, frozen.constraintId())
                                    .unless(new Change.TicketGranted(frozen.ticket())));
            case StateReason.BlockedByMultiple _ ->
                    causes.add(
                            Cause.of(
                                            "BlockedByMultiple",
                                            "it is active on several nodes, and multiple-active is"
                                                    + " block")
                                    .naming(options.meta(resource, "multiple-active"))
                                    .unless(
                                            new Change.MetaSet(
                                                    configured(resource),
                                                    "multiple-active",
                                                    "stop_start")));
            case StateReason.StopFailed failed -> {
                Cause failure = failures.failure(resource, failed.entry(), failed.node(), null);
                causes.add(
                        new Cause(
                                        "StopFailed",
                                        "it could not be stopped on "
                                                + failed.node().name
                                                + ", which cannot be fenced either, so nothing"
                                                + " more is done",
                                        List.of(),
                                        List.of(failure),
                                        failure.remedies())
                                .naming(Type.NODE, failed.node().name));
            }
            case StateReason.Failure _,
                    StateReason.RoleLimitedByQuorum _,
                    StateReason.Removed _,
                    StateReason.RemoteShutdown _,
                    StateReason.PromotionStep _,
                    StateReason.PromotionVerdict _,
                    StateReason.NoCompatibleInstance _ -> {
                // No matter of management.
            }
        }
    }

    private void addOther(Resource resource, StateReason reason, List<Cause> facts) {
        switch (reason) {
            case StateReason.RoleLimitedByQuorum limited ->
                    facts.add(
                            Cause.of(
                                            "RoleLimitedByQuorum",
                                            "without quorum it may not be more than "
                                                    + Words.state(limited.role()))
                                    .naming(options.property("no-quorum-policy"))
                                    .unless(new Change.PropertySet("no-quorum-policy", "ignore")));
            case StateReason.RemoteShutdown shutdown ->
                    facts.add(
                            Cause.of(
                                            "RemoteShutdown",
                                            "node " + shutdown.node().name + " is shutting down")
                                    .naming(Type.NODE, shutdown.node().name));
            case StateReason.NoCompatibleInstance none ->
                    facts.add(
                            Cause.of(
                                            "NoCompatibleInstance",
                                            "no instance of "
                                                    + none.collective()
                                                    + ", which it is ordered after, is where it"
                                                    + " would be")
                                    .naming(Type.RESOURCE, none.collective()));
            case StateReason.Failure _,
                    StateReason.StopFailed _,
                    StateReason.FrozenByTicket _,
                    StateReason.BlockedByMultiple _,
                    StateReason.NoFencingDevice _,
                    StateReason.NodeMaintenance _,
                    StateReason.PromotionStep _,
                    StateReason.PromotionVerdict _,
                    StateReason.Removed _ -> {
                // Told already.
            }
        }
    }

    /** Active where it may be once only. */
    Cause multiplyActive(Resource resource) {
        List<String> names = resource.active.stream().map(node -> node.name).toList();
        String policy = resource.multipleActive.name().toLowerCase(Locale.ROOT);
        Cause cause =
                Cause.of(
                                "MultiplyActive",
                                resource.id
                                        + " is active on several nodes: "
                                        + String.join(", ", names)
                                        + " (multiple-active="
                                        + policy
                                        + ")")
                        .naming(options.meta(resource, "multiple-active"));
        for (Node node : resource.active) {
            cause = cause.unless(new Change.StoppedOn(historyName(resource), node.name));
        }
        return cause;
    }

    private static String historyName(Resource resource) {
        return FailCounts.baseName(resource.historyId == null ? resource.id : resource.historyId);
    }

    /** This partition lacks quorum. */
    Cause noQuorum() {
        NoQuorumPolicy policy = cluster.options.noQuorumPolicy();
        Cause cause =
                Cause.of(
                                "NoQuorum",
                                "this partition has no quorum (no-quorum-policy="
                                        + policy.name().toLowerCase(Locale.ROOT)
                                        + ")")
                        .naming(options.property("no-quorum-policy"))
                        .unless(new Change.Quorate());
        return policy == NoQuorumPolicy.IGNORE
                ? cause
                : cause.unless(new Change.PropertySet("no-quorum-policy", "ignore"));
    }

    /** The id under which a resource is configured: instances do not have one of their own. */
    static String configured(Resource resource) {
        return resource.xml.id();
    }

    /** A resource and all that it belongs to. */
    static List<String> lineage(Resource resource) {
        List<String> ids = new ArrayList<>();
        for (Resource at = resource; at != null; at = at.parent) {
            if (!ids.contains(at.xml.id())) {
                ids.add(at.xml.id());
            }
        }
        return ids;
    }
}
