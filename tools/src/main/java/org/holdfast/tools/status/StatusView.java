package org.holdfast.tools.status;

import java.util.EnumSet;
import java.util.Set;

/**
 * What to show of a status.
 *
 * @param show details
 * @param nodes which nodes
 * @param resources which resources
 */
public record StatusView(Set<Show> show, NameFilter nodes, NameFilter resources) {

    /** A detail that can be shown. */
    public enum Show {
        /** Numbers per agent instead of each resource. */
        BRIEF,
        /** Each instance of clones. */
        CLONE_DETAIL,
        NODE_IDS,
        /** Resources that a bundle implies. */
        IMPLICIT,
        /** Operations that have not ended. */
        PENDING,
        /** Resources below the node that runs them. */
        BY_NODE,
        TIMING,
        INACTIVE,
        /** The resource alone, not where it is. */
        RESOURCE_ONLY,
        /** Failures with every technical detail. */
        FAILED_DETAIL,
        FEATURE_SET,
        DESCRIPTION
    }

    /** Everything of all nodes and resources, with these details. */
    public static StatusView of(Show first, Show... others) {
        return new StatusView(EnumSet.of(first, others), NameFilter.ALL, NameFilter.ALL);
    }

    /** Whether a detail is shown. */
    public boolean shows(Show detail) {
        return show.contains(detail);
    }

    /** This with another detail. */
    public StatusView with(Show detail) {
        EnumSet<Show> more = EnumSet.of(detail);
        more.addAll(show);
        return new StatusView(more, nodes, resources);
    }

    /** This without a detail. */
    public StatusView without(Show detail) {
        EnumSet<Show> fewer = EnumSet.noneOf(Show.class);
        fewer.addAll(show);
        fewer.remove(detail);
        return new StatusView(fewer, nodes, resources);
    }

    /** This with all resources shown. */
    public StatusView ofAllResources() {
        return new StatusView(show, nodes, NameFilter.ALL);
    }
}
