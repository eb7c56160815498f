package org.holdfast.scheduler.model;

/** What follows when a resource is active on more nodes than it may be. */
public enum MultipleActive {
    STOP_START,
    STOP_ONLY,
    BLOCK,
    STOP_UNEXPECTED
}
