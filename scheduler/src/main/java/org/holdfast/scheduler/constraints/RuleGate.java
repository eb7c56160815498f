package org.holdfast.scheduler.constraints;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Says whether a location rule holds. */
interface RuleGate {

    /**
     * Whether {@code rule} holds for a resource on a node at the run's time.
     *
     * @param match what the constraint's {@code rsc-pattern} matched, for {@code %N} in attribute
     *     names; or null
     */
    boolean holds(Element rule, Resource resource, Node node, @Nullable Submatches match);
}
