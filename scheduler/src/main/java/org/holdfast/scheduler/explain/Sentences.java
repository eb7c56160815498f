package org.holdfast.scheduler.explain;

import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/** Reasons and facts in plain English. */
final class Sentences {

    private final Cluster cluster;

    Sentences(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Why a score changed.
     *
     * @param delta negative if it fell
     */
    String of(Resource resource, ScoreReason reason, Node node, boolean fell) {
        return switch (reason) {
            case ScoreReason.Location location ->
                    (fell ? "avoids the node" : "prefers the node")
                            + " by location constraint "
                            + location.constraintId();
            case ScoreReason.Stickiness _ -> "is active there and has resource-stickiness";
            case ScoreReason.Failure _ -> history(resource, node, fell);
            case ScoreReason.FailedThere _ -> history(resource, node, fell);
            case ScoreReason.UnmanagedThere _ -> "is active there and not managed";
            case ScoreReason.MultiplyActive _ -> "is active on several nodes";
            case ScoreReason.Removed _ -> "is no longer configured";
            case ScoreReason.FailLimit limit -> failLimit(limit, node);
            case ScoreReason.ExclusiveDiscovery _ ->
                    "is looked for on other nodes only (resource-discovery=exclusive)";
            case ScoreReason.NodeHealth health -> "the node's health (" + health.strategy() + ")";
            case ScoreReason.ShutdownLock lock ->
                    "is locked to " + lock.lockNode() + ", which is shutting down";
            case ScoreReason.Ticket ticket -> ticket(ticket);
            case ScoreReason.PlacedWith with -> placedWith(with, fell);
            case ScoreReason.Dependents dependents ->
                    dependents.dependent()
                            + ", colocated with it by "
                            + colocation(dependents.colocationId())
                            + (fell ? ", avoids the node" : ", prefers the node");
            case ScoreReason.TargetRole _ -> "must be stopped";
            case ScoreReason.Capacity _ -> "the node has too little capacity left";
            case ScoreReason.InstanceLimit limit ->
                    limit.collective() + " has as many instances as it may have";
            case ScoreReason.InstanceUnavailable unavailable ->
                    "the node cannot have (another) instance of " + unavailable.collective();
            case ScoreReason.PromotionScore _ -> "the agent's promotion score";
            case ScoreReason.NoRemoteNodes _ -> "may not run on remote nodes";
            case ScoreReason.InsideContainer container ->
                    "runs inside its own container only (" + container.container() + ")";
        };
    }

    private String history(Resource resource, Node node, boolean fell) {
        if (!fell) {
            return "is active there and not managed";
        }
        for (Cluster.FailedOperation failed : cluster.failed) {
            if (failed.node() == node && failed.resource().xml.id().equals(resource.xml.id())) {
                return failed.entry().getOr("operation", "an operation") + " failed there";
            }
        }
        return "its history there forbids it";
    }

    private String failLimit(ScoreReason.FailLimit limit, Node node) {
        Resource failed = cluster.resource(limit.failedResource());
        if (failed == null) {
            return "failed there too often";
        }
        int count = FailCounts.of(failed, node, FailCounts.Mode.EFFECTIVE_LAUNCHED).count();
        return "failed there "
                + (count >= Score.INFINITY ? "for good" : count + (count == 1 ? " time" : " times"))
                + ", and migration-threshold is "
                + Score.text(failed.migrationThreshold);
    }

    private static String ticket(ScoreReason.Ticket ticket) {
        return switch (ticket.state()) {
            case LOST -> "ticket " + ticket.ticket() + " was lost";
            case NOT_GRANTED -> "ticket " + ticket.ticket() + " is not granted";
            case STANDBY -> "ticket " + ticket.ticket() + " is in standby";
            case NOT_FOR_PROMOTION ->
                    "ticket " + ticket.ticket() + ", needed for promotion, is not granted";
        };
    }

    private String placedWith(ScoreReason.PlacedWith with, boolean fell) {
        Resource primary = cluster.resource(with.primary());
        Node place = primary == null ? null : primary.assignedNode();
        String where =
                place != null
                        ? "goes to " + place.name
                        : primary != null && primary.children.isEmpty()
                                ? "does not run"
                                : "is elsewhere";
        return (fell ? "may not be here: " : "should be here: ")
                + with.primary()
                + " "
                + (fell || place != null ? where : "is here")
                + " (colocation "
                + colocation(with.colocationId())
                + ")";
    }

    private static String colocation(String id) {
        return switch (id) {
            case "#group-members" -> "membership in one group";
            case "#resource-with-container" -> "launching";
            case "#ip-with-container" -> "address of a container";
            default -> id;
        };
    }

    /** Why a node can take nothing at all, or null if it can. */
    static @Nullable String obstacle(Node node) {
        if (node.unclean) {
            return "the node must be fenced first";
        }
        if (!node.online) {
            return node.pending ? "the node is about to join" : "the node is offline";
        }
        if (node.shutdown) {
            return "the node is shutting down";
        }
        if (node.standby) {
            return "the node is in standby";
        }
        return node.maintenance ? "the node is in maintenance" : null;
    }

    /** What an instance is doing in a role. */
    static String state(Role role) {
        return switch (role) {
            case UNKNOWN, STOPPED -> "stopped";
            case STARTED -> "running";
            case UNPROMOTED -> "running unpromoted";
            case PROMOTED -> "running promoted";
        };
    }

    /** Whether an instance is left alone. */
    static boolean isLeftAlone(Resource resource) {
        return !resource.isManaged() || resource.is(ResourceFlag.BLOCKED);
    }
}
