package org.holdfast.scheduler.placement;

import org.holdfast.scheduler.colocation.ColocationApplier;
import org.holdfast.scheduler.colocation.ColocationScores;
import org.holdfast.scheduler.colocation.ColocationWeights;
import org.holdfast.scheduler.locations.Locations;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.ReasonSink;

/** What all kinds of placement need in one run. */
record PlacementContext(
        Cluster cluster,
        Locations locations,
        ColocationScores colocations,
        ColocationApplier applier,
        ScoreLines lines,
        ReasonSink sink) {

    static PlacementContext of(Cluster cluster) {
        ReasonSink sink = cluster.reasonSink;
        Locations locations = new Locations(cluster);
        return new PlacementContext(
                cluster,
                locations,
                new ColocationScores(cluster, locations),
                new ColocationApplier(new ColocationWeights(sink)),
                new ScoreLines(cluster),
                sink);
    }
}
