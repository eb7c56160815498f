package org.holdfast.scheduler.explain;

import java.util.Comparator;
import java.util.List;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/**
 * How near a resource is to being where it is wanted; what is greater is nearer.
 *
 * @param own its own distance
 * @param leaders distance of those that it must follow, together; counts where its own is equal
 */
record Standing(Own own, Own leaders) implements Comparable<Standing> {

    private static final Comparator<Standing> ORDER =
            Comparator.comparing(Standing::own).thenComparing(Standing::leaders);

    /** Of the part, and the node, that comes nearest. */
    static Own best(List<Part> parts, @Nullable String wanted) {
        Own best = null;
        for (Part part : parts) {
            for (NodeVerdict node : part.nodes()) {
                if (wanted == null || node.node().equals(wanted)) {
                    Own own = Own.of(part, node);
                    best = best == null || own.compareTo(best) > 0 ? own : best;
                }
            }
        }
        return best == null ? Own.UNKNOWN : best;
    }

    @Override
    public int compareTo(Standing other) {
        return ORDER.compare(this, other);
    }

    /**
     * Of one resource without those that it must follow.
     *
     * @param held facts that hold it down
     * @param steps left from the verdict on the node to being chosen
     * @param bans how often the node was forbidden for other reasons than to follow
     * @param gap score that it lacks to be chosen
     */
    record Own(int held, int steps, int bans, long gap) implements Comparable<Own> {

        static final Own NONE = new Own(0, 0, 0, 0);

        private static final Own UNKNOWN = new Own(0, 6, 0, 0);

        private static final Comparator<Own> ORDER =
                Comparator.comparingInt(Own::held)
                        .thenComparingInt(Own::steps)
                        .thenComparingInt(Own::bans)
                        .thenComparingLong(Own::gap)
                        .reversed();

        private static Own of(Part part, NodeVerdict node) {
            int bans = bans(node);
            int steps = stepsFrom(node.verdict(), bans);
            long first = part.to() == null ? 0 : part.nodes().getFirst().score();
            return new Own(part.facts().size(), steps, bans, first - node.score());
        }

        private static int stepsFrom(Verdict verdict, int bans) {
            return switch (verdict) {
                case CHOSEN -> 0;
                case WORSE -> 1;
                // to be forbidden only because another one is elsewhere is nearer
                case BANNED -> bans == 0 ? 2 : 3;
                case UNAVAILABLE -> 4;
                case NOT_ALLOWED -> 5;
            };
        }

        private static int bans(NodeVerdict node) {
            int bans = node.obstacle() == null ? 0 : 1;
            for (Step step : node.steps()) {
                if (step.after() < step.before()
                        && step.after() <= Score.MINUS_INFINITY
                        && !(step.reason() instanceof ScoreReason.PlacedWith)) {
                    bans++;
                }
            }
            return bans;
        }

        Own plus(Own other) {
            return new Own(
                    held + other.held, steps + other.steps, bans + other.bans, gap + other.gap);
        }

        @Override
        public int compareTo(Own other) {
            return ORDER.compare(this, other);
        }
    }
}
