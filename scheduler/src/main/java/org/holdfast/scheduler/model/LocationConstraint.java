package org.holdfast.scheduler.model;

import java.util.List;

/**
 * Scores of some nodes for one resource.
 *
 * @param roleFilter applies to instances of this role only; UNKNOWN for any
 */
public record LocationConstraint(
        String id,
        Resource resource,
        Role roleFilter,
        ProbeMode probeMode,
        List<ScoredNode> nodes) {}
