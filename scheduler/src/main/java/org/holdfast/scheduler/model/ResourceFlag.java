package org.holdfast.scheduler.model;

/** Yes-or-no facts about a resource during a scheduling run. */
public enum ResourceFlag {
    /** No longer in the configuration (an orphan). */
    REMOVED,
    MANAGED,
    /** No action may be done. */
    BLOCKED,
    /** Removed, and was launched by a container. */
    REMOVED_LAUNCHED,
    /** Clone notifications are wanted. */
    NOTIFY,
    /** Not an instance of an anonymous clone. */
    UNIQUE,
    FENCE_DEVICE,
    PROMOTABLE,
    UNASSIGNED,
    ASSIGNING,
    UPDATING_NODES,
    RESTARTING,
    /** A failed promotable instance must be stopped, not demoted only. */
    STOP_IF_FAILED,
    RELOAD,
    REMOTE_NESTING_ALLOWED,
    CRITICAL,
    FAILED,
    IS_REMOTE_CONNECTION,
    /** The history has a start that has not come back. */
    START_PENDING,
    EXCLUSIVE_PROBES,
    /** Active on several nodes with multiple-active=stop_unexpected. */
    STOP_UNEXPECTED,
    MIGRATABLE,
    IGNORE_FAILURE,
    REPLICA_CONTAINER,
    MAINTENANCE,
    NEEDS_QUORUM,
    NEEDS_FENCING,
    NEEDS_UNFENCING,
    /** For loops over related resources; whoever sets it clears it. */
    DETECT_LOOP
}
