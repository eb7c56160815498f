package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.failures.FailCounts;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Proposes changes that may alter a decision: what would take its reasons away. */
final class Candidates {

    /** From here on a preference would have to be mandatory. */
    private static final int PREFERENCE_MAX = 900_000;

    private final Cluster cluster;
    private final SequencedSet<Change> changes = new LinkedHashSet<>();
    private final List<Cause> current = new ArrayList<>();

    Candidates(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Changes worth trying so far, the most promising first. */
    List<Change> toList() {
        // breadth first: what is nearer to the decision is the nearer change
        List<Cause> level = new ArrayList<>(current);
        while (!level.isEmpty()) {
            List<Cause> next = new ArrayList<>();
            for (Cause cause : level) {
                changes.addAll(cause.remedies());
                next.addAll(cause.because());
            }
            level = next;
        }
        current.clear();
        return List.copyOf(changes);
    }

    /** What explains facts. */
    void addFacts(List<Cause> causes) {
        current.addAll(causes);
    }

    /** What explains a node. */
    void addNode(NodePart part) {
        current.addAll(part.facts());
        part.actions().forEach(this::addAction);
        part.leaving().forEach(this::addAction);
    }

    private void addAction(PlannedAction action) {
        current.addAll(action.obstacles());
        current.addAll(action.causes());
    }

    /**
     * What explains parts of a resource.
     *
     * @param wantedNode the node of interest, or null for all
     */
    void addParts(List<Part> parts, @Nullable String wantedNode) {
        for (Part part : parts) {
            addMain(part);
            for (NodeVerdict node : part.nodes()) {
                if (wantedNode == null
                        || node.node().equals(wantedNode)
                        || node.verdict() == Verdict.CHOSEN) {
                    addVerdict(node);
                }
            }
        }
        toList();
        for (Part part : parts) {
            for (PlannedAction action : part.actions()) {
                addAction(action);
            }
        }
        toList();
        for (Part part : parts) {
            addPreferences(part, wantedNode);
        }
    }

    private void addMain(Part part) {
        for (PlannedAction action : part.actions()) {
            if (action.intervalMillis() == 0) {
                current.addAll(action.obstacles());
            }
        }
        current.addAll(part.facts());
    }

    private void addVerdict(NodeVerdict node) {
        Cause obstacle = node.obstacle();
        if (obstacle != null) {
            current.add(obstacle);
        }
        for (Step step : node.steps()) {
            current.add(step.cause());
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
            if (interesting && node.verdict() == Verdict.WORSE && best < PREFERENCE_MAX) {
                int missing = best - Math.max(node.score(), 0) + 1;
                changes.add(
                        new Change.Preferring(
                                FailCounts.baseName(resource.top(true).id),
                                node.node(),
                                Integer.toString(Math.max(1, missing))));
            }
        }
    }
}
