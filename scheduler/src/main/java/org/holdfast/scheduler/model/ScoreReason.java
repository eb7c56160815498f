package org.holdfast.scheduler.model;

import org.holdfast.cib.document.Element;

/** Why a resource's score for a node changed, or why it was given a node or a role. */
public sealed interface ScoreReason {

    /**
     * A failed operation that forbids the node by itself: a hard or fatal error, a failed stop, an
     * agent that is not installed.
     *
     * @param entryId id of the history entry
     * @param node where it failed
     */
    record Failure(String entryId, String node) implements ScoreReason {

        /** Of a history entry. */
        public static Failure of(Element entry, Node node) {
            return new Failure(entry.id(), node.name);
        }
    }

    /** An operation failed there whose {@code on-fail} is to go elsewhere. */
    record FailedThere(String node) implements ScoreReason {}

    /** It is active there and not managed, so there it stays. */
    record UnmanagedThere() implements ScoreReason {}

    /** It is active on several nodes, and {@code multiple-active} is to stop it. */
    record MultiplyActive() implements ScoreReason {}

    /** It is no longer configured. */
    record Removed() implements ScoreReason {}

    /** A location constraint, or the rule of one. */
    record Location(String constraintId) implements ScoreReason {}

    /** It is active there and would rather stay ({@code resource-stickiness}). */
    record Stickiness() implements ScoreReason {}

    /**
     * It, or the instance that is meant, failed there as often as {@code migration-threshold}
     * allows.
     */
    record FailLimit(String failedResource) implements ScoreReason {}

    /**
     * It is probed, and thus may run, only where a constraint with {@code
     * resource-discovery=exclusive} says so.
     */
    record ExclusiveDiscovery() implements ScoreReason {}

    /** The node's health attributes. */
    record NodeHealth(String strategy) implements ScoreReason {}

    /** It is locked to a node that is shutting down ({@code shutdown-lock}). */
    record ShutdownLock(String lockNode) implements ScoreReason {}

    /** Why a ticket bans it. */
    record Ticket(String ticket, State state) implements ScoreReason {

        /** What is wrong with the ticket. */
        public enum State {
            LOST,
            NOT_GRANTED,
            STANDBY,
            NOT_FOR_PROMOTION
        }
    }

    /** It must follow, or avoid, a resource that has been placed. */
    record PlacedWith(String colocationId, String primary) implements ScoreReason {}

    /** Resources that want to be with it have preferences of their own. */
    record Dependents(String colocationId, String dependent) implements ScoreReason {}

    /** Its target role is Stopped, by configuration or by what else happens in this run. */
    record TargetRole() implements ScoreReason {}

    /** The node lacks capacity for it and what must go with it. */
    record Capacity() implements ScoreReason {}

    /** As many instances as allowed are already placed. */
    record InstanceLimit(String collective) implements ScoreReason {}

    /** The node cannot have, or cannot have another, instance. */
    record InstanceUnavailable(String collective) implements ScoreReason {}

    /** The agent's promotion score on that node. */
    record PromotionScore() implements ScoreReason {}

    /**
     * Connections and fencing devices do not run on remote nodes, and guests do not run on guests.
     */
    record NoRemoteNodes() implements ScoreReason {}

    /** It must run on the remote node that launches it, or inside its own bundle's container. */
    record InsideContainer(String container) implements ScoreReason {}
}
