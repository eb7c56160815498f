package org.holdfast.scheduler.model;

/** A node as one resource (or one location constraint) sees it. */
public final class ScoredNode {

    public final Node node;

    /** The resource's score for the node. */
    public int score;

    /** Scratch counter of instance distribution and promotion. */
    public int count;

    public ProbeMode probeMode = ProbeMode.ALWAYS;

    public ScoredNode(Node node, int score) {
        this.node = node;
        this.score = score;
    }

    /** A copy of the node as the cluster sees it, with its base score and probe mode. */
    public static ScoredNode of(Node node) {
        ScoredNode copy = new ScoredNode(node, node.baseScore);
        copy.probeMode = node.baseProbeMode;
        return copy;
    }

    /** A copy whose score can change on its own. */
    public ScoredNode copy() {
        ScoredNode copy = new ScoredNode(node, score);
        copy.count = count;
        copy.probeMode = probeMode;
        return copy;
    }

    @Override
    public String toString() {
        return node.name + "=" + Score.text(score);
    }
}
