package org.holdfast.scheduler.model;

/** What must hold before a resource of a lost node is started elsewhere. */
public enum Requires {
    NOTHING,
    QUORUM,
    FENCING
}
