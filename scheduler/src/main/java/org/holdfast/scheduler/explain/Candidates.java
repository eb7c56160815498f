package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/** Proposes changes that may alter a decision, by the reasons that led to it. */
final class Candidates {

    private final Cluster cluster;
    private final SequencedSet<Change> changes = new LinkedHashSet<>();

    private Candidates(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Changes worth trying, the most promising first.
     *
     * @param wantedNode the node of interest, or null for all
     */
    static List<Change> of(Cluster cluster, List<Part> parts, @Nullable String wantedNode) {
        Candidates candidates = new Candidates(cluster);
        for (Part part : parts) {
            candidates.addGeneral(part);
            for (NodeVerdict node : part.nodes()) {
                if (wantedNode == null
                        || node.node().equals(wantedNode)
                        || node.verdict() == Verdict.CHOSEN) {
                    candidates.addForNode(part, node);
                }
            }
        }
        for (Part part : parts) {
            candidates.addPreferences(part, wantedNode);
        }
        return List.copyOf(candidates.changes);
    }

    private void addGeneral(Part part) {
        Resource resource = cluster.resource(part.id());
        if (resource == null) {
            return;
        }
        List<String> ids = new ArrayList<>();
        for (Resource at = resource; at != null; at = at.parent) {
            ids.add(at.xml.id());
        }
        if (isStoppedByRole(resource)) {
            changes.add(new Change.Enabled(ids));
        }
        if (!resource.isManaged()) {
            changes.add(
                    cluster.options.fencingEnabled() && !cluster.haveFencing
                            ? new Change.PropertySet("stonith-enabled", "false")
                            : new Change.Managed(ids));
            if (cluster.options.maintenance()) {
                changes.add(new Change.PropertySet("maintenance-mode", "false"));
            }
        }
        if (cluster.options.stopAll()) {
            changes.add(new Change.PropertySet("stop-all-resources", "false"));
        }
        if (!cluster.quorate) {
            changes.add(new Change.PropertySet("no-quorum-policy", "ignore"));
        }
    }

    private static boolean isStoppedByRole(Resource resource) {
        for (Resource at = resource; at != null; at = at.parent) {
            String role = at.meta("target-role");
            if (role != null && !role.equalsIgnoreCase("Started")) {
                return true;
            }
        }
        return false;
    }

    private void addForNode(Part part, NodeVerdict node) {
        if (node.obstacle() != null) {
            var known = cluster.nodeNamed(node.node());
            if (known != null && known.standby) {
                changes.add(new Change.WithoutNodeAttribute(node.node(), "standby"));
            }
            if (known != null && known.maintenance) {
                changes.add(new Change.WithoutNodeAttribute(node.node(), "maintenance"));
            }
            if (known != null && (!known.online || known.unclean)) {
                changes.add(new Change.NodeOnline(node.node()));
            }
        }
        for (Step step : node.steps()) {
            addForReason(part, node, step.reason());
        }
    }

    private void addForReason(Part part, NodeVerdict node, ScoreReason reason) {
        switch (reason) {
            case ScoreReason.Location location ->
                    changes.add(new Change.WithoutConstraint(location.constraintId()));
            case ScoreReason.FailLimit limit ->
                    changes.add(
                            new Change.WithoutFailures(
                                    baseName(limit.failedResource()), node.node()));
            case ScoreReason.Failure failure ->
                    changes.add(new Change.WithoutFailures(baseName(part.id()), failure.node()));
            case ScoreReason.FailedThere failure ->
                    changes.add(new Change.WithoutFailures(baseName(part.id()), failure.node()));
            case ScoreReason.Ticket ticket ->
                    changes.add(new Change.TicketGranted(ticket.ticket()));
            case ScoreReason.PlacedWith with -> addColocation(with.colocationId());
            case ScoreReason.Dependents dependents -> addColocation(dependents.colocationId());
            case ScoreReason.Capacity _ ->
                    changes.add(new Change.PropertySet("placement-strategy", "default"));
            case ScoreReason.NodeHealth _ ->
                    changes.add(new Change.PropertySet("node-health-strategy", "none"));
            case ScoreReason.ShutdownLock _ ->
                    changes.add(new Change.PropertySet("shutdown-lock", "false"));
            case ScoreReason.Stickiness _,
                    ScoreReason.UnmanagedThere _,
                    ScoreReason.MultiplyActive _,
                    ScoreReason.Removed _,
                    ScoreReason.ExclusiveDiscovery _,
                    ScoreReason.TargetRole _,
                    ScoreReason.InstanceLimit _,
                    ScoreReason.InstanceUnavailable _,
                    ScoreReason.PromotionScore _,
                    ScoreReason.NoRemoteNodes _,
                    ScoreReason.InsideContainer _ -> {}
        }
    }

    private void addColocation(String id) {
        if (!id.startsWith("#")) {
            changes.add(new Change.WithoutConstraint(id));
        }
    }

    /** A preference just strong enough, for nodes that could take it and were not chosen. */
    private void addPreferences(Part part, @Nullable String wantedNode) {
        Resource resource = cluster.resource(part.id());
        if (resource == null || part.to() == null) {
            return;
        }
        int best = part.nodes().getFirst().score();
        for (NodeVerdict node : part.nodes()) {
            boolean interesting = wantedNode == null || node.node().equals(wantedNode);
            if (interesting && node.verdict() == Verdict.WORSE && best < 900_000) {
                int missing = best - Math.max(node.score(), 0) + 1;
                changes.add(
                        new Change.Preferring(
                                baseName(resource.top(true).id),
                                node.node(),
                                Integer.toString(Math.max(1, missing))));
            }
        }
    }

    private static String baseName(String id) {
        int colon = id.lastIndexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }
}
