package org.holdfast.scheduler.model;

/** A resource (in a role, UNKNOWN for any) depends on a ticket. */
public record TicketConstraint(
        String id, Resource resource, TicketState ticket, LossPolicy lossPolicy, Role role) {

    /** What happens when the ticket is lost. */
    public enum LossPolicy {
        STOP,
        DEMOTE,
        FENCE,
        FREEZE
    }
}
