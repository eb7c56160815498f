package org.holdfast.scheduler.unpack;

import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.ReasonSink;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.holdfast.scheduler.model.ScoredNode;

/** Changes a resource's allowed nodes, descendants included. */
public final class AllowedNodes {

    private AllowedNodes() {}

    /** Adds a score for one node. */
    public static void add(Resource resource, Node node, int score, ScoreReason reason) {
        for (Resource child : resource.children) {
            add(child, node, score, reason);
        }
        ScoredNode entry = resource.allowed.get(node);
        if (entry == null) {
            entry = ScoredNode.of(node);
            resource.allowed.put(entry);
        }
        int before = entry.score;
        entry.score = Score.add(before, score);
        report(resource, node, before, entry.score, reason);
    }

    private static void report(
            Resource resource, Node node, int before, int after, ScoreReason reason) {
        ReasonSink sink = resource.cluster.reasonSink;
        if (before != after && sink.wanted()) {
            sink.score(resource, node, before, after, reason);
        }
    }

    /** Adds a score for every node; minus INFINITY also takes back an assignment. */
    public static void addToAll(Resource resource, int score, ScoreReason reason) {
        for (Node node : resource.cluster.nodes) {
            add(resource, node, score, reason);
        }
        if (score == Score.MINUS_INFINITY) {
            resource.assigned = null;
        }
    }

    /** Every node is allowed to begin with, except where only chosen nodes are looked at. */
    static void allowEverywhere(Resource resource) {
        for (Node node : resource.cluster.nodes) {
            if (!node.shadowed) {
                allow(resource, node);
            }
        }
    }

    private static void allow(Resource resource, Node node) {
        if (resource.is(ResourceFlag.EXCLUSIVE_PROBES) || node.baseProbeMode == ProbeMode.NEVER) {
            return;
        }
        for (Resource child : resource.children) {
            allow(child, node);
        }
        if (!resource.allowed.contains(node)) {
            resource.allowed.put(ScoredNode.of(node));
        }
    }

    /** Bans a resource from everywhere, whatever it was allowed before. */
    public static void banEverywhere(Resource resource, ScoreReason reason) {
        NodeTable nodes = new NodeTable(resource.cluster.nodes.size());
        for (Node node : resource.cluster.nodes) {
            ScoredNode entry = ScoredNode.of(node);
            report(resource, node, entry.score, Score.MINUS_INFINITY, reason);
            entry.score = Score.MINUS_INFINITY;
            nodes.put(entry);
        }
        resource.allowed = nodes;
    }

    /** Bans resources from a bundle's node and keeps probes away from it. */
    static void disallow(Resource resource, Node node) {
        ScoredNode entry = resource.allowed.get(node);
        if (entry != null) {
            entry.score = Score.MINUS_INFINITY;
            entry.probeMode = ProbeMode.NEVER;
        }
        for (Resource child : resource.children) {
            disallow(child, node);
        }
    }
}
