package org.holdfast.scheduler.constraints;

import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;

/** What every reader of constraints needs. */
record ConstraintContext(
        Cluster cluster,
        ResourceIndex index,
        SetExpansion expansion,
        IdReferences references,
        HealthColours colours,
        Locations locations,
        RuleGate gate) {

    static ConstraintContext of(Cluster cluster, RuleGate gate) {
        ResourceIndex index = new ResourceIndex(cluster);
        return new ConstraintContext(
                cluster,
                index,
                new SetExpansion(cluster, index),
                new IdReferences(cluster.cib),
                HealthColours.of(cluster),
                new Locations(cluster),
                gate);
    }
}
