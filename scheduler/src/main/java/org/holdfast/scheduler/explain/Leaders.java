package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Explanation.Verdict;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resources that decided for others: a node that is closed to a resource because it must
 * be where another one goes is opened by what brings that other one there.
 */
final class Leaders {

    /** Most resources that are looked at for one question; a long chain ends here. */
    private static final int LEADERS_MAX = 16;

    private final Function<String, List<Part>> explain;

    /**
     * Begins.
     *
     * @param explain the parts of a resource by its id; none for an unknown one
     */
    Leaders(Function<String, List<Part>> explain) {
        this.explain = explain;
    }

    /**
     * Those that parts had to follow, and those that these had to follow, the nearest first; each
     * with its own parts.
     *
     * @param wantedNode the node of interest, or null for all
     */
    List<List<Part>> of(List<Part> parts, @Nullable String wantedNode) {
        Map<String, List<Part>> found = new LinkedHashMap<>();
        List<Part> level = parts;
        while (!level.isEmpty() && found.size() < LEADERS_MAX) {
            List<Part> next = new ArrayList<>();
            for (Part part : level) {
                for (String primary : followed(part, wantedNode)) {
                    if (found.size() < LEADERS_MAX && !found.containsKey(primary)) {
                        List<Part> leaders = explain.apply(primary);
                        found.put(primary, leaders);
                        next.addAll(leaders);
                    }
                }
            }
            level = next;
        }
        return List.copyOf(found.values());
    }

    private static List<String> followed(Part part, @Nullable String wantedNode) {
        List<String> primaries = new ArrayList<>();
        for (NodeVerdict node : part.nodes()) {
            boolean interesting = wantedNode == null || node.node().equals(wantedNode);
            if (interesting && node.verdict() == Verdict.BANNED) {
                for (Step step : node.steps()) {
                    if (step.after() < step.before()
                            && step.reason() instanceof ScoreReason.PlacedWith with) {
                        primaries.add(with.primary());
                    }
                }
            }
        }
        return primaries;
    }
}
