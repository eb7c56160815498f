package org.holdfast.scheduler.colocation;

import java.util.Arrays;
import java.util.List;
import org.holdfast.scheduler.assignment.Availability;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.ScoredNode;

/**
 * A working copy of a node table's scores, which colocated resources add to. Written back only when
 * all is added.
 */
final class MergedScores {

    /** Marks a node as unusable for the rest of a merge; far below any score. */
    static final int UNUSABLE = -100_000_000;

    private final List<ScoredNode> entries;
    private int[] scores;

    MergedScores(NodeTable table) {
        this.entries = table.toList();
        this.scores = new int[entries.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = entries.get(i).score;
        }
    }

    int size() {
        return scores.length;
    }

    Node node(int i) {
        return entries.get(i).node;
    }

    ScoredNode entry(int i) {
        return entries.get(i);
    }

    int score(int i) {
        return scores[i];
    }

    void set(int i, int score) {
        scores[i] = score;
    }

    /** What {@link #restore} brings back. */
    int[] save() {
        return Arrays.copyOf(scores, scores.length);
    }

    void restore(int[] saved) {
        scores = saved;
    }

    boolean anyOpen() {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= 0 && Availability.isUp(node(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives nodes that became unusable while only positive preferences count the least positive
     * score.
     */
    void forgiveUnusable() {
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] == UNUSABLE) {
                scores[i] = 1;
            }
        }
    }

    /** The score of a node, or {@code fallback} if the table lacks it. */
    int scoreOr(Node node, int fallback) {
        for (int i = 0; i < scores.length; i++) {
            if (node(i) == node) {
                return scores[i];
            }
        }
        return fallback;
    }
}
