package org.holdfast.scheduler.explain;

import org.jspecify.annotations.Nullable;

/**
 * Something in the CIB that a reason names.
 *
 * @param id its id in the CIB; the name of a node or ticket
 * @param node for a history entry: the node that it is of, since ids repeat from node to node
 */
public record Reference(Type type, String id, @Nullable String node) {

    /** What is named. */
    public enum Type {
        /** A constraint, or a rule of one. */
        CONSTRAINT,
        /** An {@code nvpair}: a cluster property, a resource's option, a node attribute. */
        OPTION,
        /** An operation's configuration ({@code op}). */
        OPERATION,
        /** An entry of the operation history ({@code lrm_rsc_op}). */
        HISTORY,
        RESOURCE,
        NODE,
        TICKET
    }

    /** Anything but a history entry. */
    public static Reference of(Type type, String id) {
        return new Reference(type, id, null);
    }
}
