package org.holdfast.scheduler.locations;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Clone;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Group;
import org.holdfast.scheduler.model.LocationConstraint;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/**
 * Adds scores of location constraints, and of internal bans and preferences, to resources' allowed
 * nodes.
 */
public final class Locations {

    private final Cluster cluster;
    private final ReasonSink sink;

    public Locations(Cluster cluster) {
        this.cluster = cluster;
        this.sink = cluster.reasonSink;
    }

    /**
     * Enters a constraint in the working state; its node list may still be filled by the caller.
     */
    public LocationConstraint enter(
            String id, Resource resource, Role role, @Nullable ProbeMode mode) {
        ProbeMode probeMode = mode == null ? ProbeMode.ALWAYS : mode;
        LocationConstraint constraint =
                new LocationConstraint(id, resource, role, probeMode, new ArrayList<>());
        if (probeMode == ProbeMode.EXCLUSIVE) {
            resource.set(ResourceFlag.EXCLUSIVE_PROBES);
        }
        cluster.locations.add(constraint);
        resource.locations.add(constraint);
        return constraint;
    }

    /**
     * Applies all constraints, the latest first as the reference does; only bounded sums could tell
     * the order.
     */
    public void applyAll() {
        for (LocationConstraint constraint : cluster.locations.reversed()) {
            apply(constraint.resource(), constraint, constraint.nodes());
        }
    }

    private void apply(Resource resource, LocationConstraint constraint, List<ScoredNode> nodes) {
        applyToTable(resource, constraint, nodes, resource.allowed);
        switch (resource) {
            case Primitive _ -> {}
            case Group group -> applyToMembers(group, constraint, nodes);
            case Clone clone -> clone.children.forEach(child -> apply(child, constraint, nodes));
            case Bundle bundle -> applyToReplicas(bundle, constraint, nodes);
        }
    }

    /**
     * Only a colocated group's first member gets the scores: later members get them by way of the
     * group's internal colocations. They still get the nodes, which matters in an asymmetric
     * cluster.
     */
    private void applyToMembers(
            Group group, LocationConstraint constraint, List<ScoredNode> nodes) {
        List<ScoredNode> used = nodes;
        boolean first = true;
        for (Resource member : group.children) {
            if (!first && group.colocated && used == nodes) {
                used = withoutScores(nodes);
            }
            apply(member, constraint, used);
            first = false;
        }
    }

    private static List<ScoredNode> withoutScores(List<ScoredNode> nodes) {
        List<ScoredNode> copies = new ArrayList<>(nodes.size());
        for (ScoredNode node : nodes) {
            ScoredNode copy = node.copy();
            copy.score = 0;
            copies.add(copy);
        }
        return copies;
    }

    private void applyToReplicas(
            Bundle bundle, LocationConstraint constraint, List<ScoredNode> nodes) {
        for (Replica replica : bundle.replicas) {
            apply(replica.containerOf(), constraint, nodes);
            if (replica.ip != null) {
                apply(replica.ip, constraint, nodes);
            }
        }
        Resource inner = bundle.child;
        if (inner != null && constraint.roleFilter().compareTo(Role.UNPROMOTED) >= 0) {
            apply(inner, constraint, nodes);
            inner.locations.add(constraint);
        }
    }

    /**
     * Adds a constraint's scores to one node table of a resource, ignoring the resource's children.
     *
     * @param table the resource's allowed nodes, or a scratch copy of them
     */
    public void applyToTable(
            Resource resource,
            LocationConstraint constraint,
            List<ScoredNode> nodes,
            NodeTable table) {
        Role role = constraint.roleFilter();
        if (role != Role.UNKNOWN && role != resource.nextRole) {
            return;
        }
        for (ScoredNode node : nodes) {
            ScoredNode allowed = table.get(node.node);
            if (allowed == null) {
                allowed = node.copy();
                table.put(allowed);
                if (sink.wanted()) {
                    sink.score(
                            resource,
                            node.node,
                            0,
                            node.score,
                            new ScoreReason.Location(constraint.id()));
                }
            } else {
                int before = allowed.score;
                allowed.score = Score.add(before, node.score);
                if (sink.wanted() && node.score != 0 && table == resource.allowed) {
                    sink.score(
                            resource,
                            node.node,
                            before,
                            allowed.score,
                            new ScoreReason.Location(constraint.id()));
                }
            }
            if (allowed.probeMode.compareTo(constraint.probeMode()) < 0) {
                if (constraint.probeMode() == ProbeMode.EXCLUSIVE) {
                    resource.set(ResourceFlag.EXCLUSIVE_PROBES);
                }
                allowed.probeMode = constraint.probeMode();
            }
        }
    }

    /**
     * Adds a score for one node to a resource and all its descendants, allowing the node if it was
     * not.
     */
    public void add(Resource resource, Node node, int score, ScoreReason reason) {
        for (Resource child : resource.children) {
            add(child, node, score, reason);
        }
        ScoredNode allowed = resource.allowed.get(node);
        if (allowed == null) {
            allowed = ScoredNode.of(node);
            resource.allowed.put(allowed);
        }
        int before = allowed.score;
        allowed.score = Score.add(before, score);
        if (sink.wanted()) {
            sink.score(resource, node, before, allowed.score, reason);
        }
    }

    /** Bans a resource and all its descendants from one node. */
    public void ban(Resource resource, Node node, ScoreReason reason) {
        add(resource, node, Score.MINUS_INFINITY, reason);
    }

    /**
     * Bans a resource and all its descendants from every node of the cluster, and takes back where
     * the resource itself was going.
     */
    public void banEverywhere(Resource resource, ScoreReason reason) {
        for (Node node : cluster.nodes) {
            ban(resource, node, reason);
        }
        resource.assigned = null;
    }
}
