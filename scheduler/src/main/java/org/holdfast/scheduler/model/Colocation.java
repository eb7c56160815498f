package org.holdfast.scheduler.model;

/**
 * Dependent goes (or must not go) where primary is.
 *
 * @param id the constraint's id or a name for an internal one
 * @param nodeAttribute nodes count as the same place when equal in this attribute; {@code #uname}
 *     for the node itself
 * @param dependentRole applies only to a dependent in this role; UNKNOWN for any
 * @param primaryRole applies only to a primary in this role; UNKNOWN for any
 * @param influence whether an already active dependent may move the primary
 * @param explicit configured, not internal
 */
public record Colocation(
        String id,
        String nodeAttribute,
        int score,
        Resource dependent,
        Resource primary,
        Role dependentRole,
        Role primaryRole,
        boolean influence,
        boolean explicit) {

    @Override
    public String toString() {
        return id;
    }
}
