package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.jspecify.annotations.Nullable;

/**
 * Looks for changes that bring a resource somewhere only together, as where a ban hides a failure,
 * and that a lower preference: the change that comes nearest is taken as made, and the question
 * asked again.
 */
final class Combinations {

    /** Most changes of one combination. */
    private static final int CHANGES_MAX = 4;

    /** Most changes that are looked at as the next of a combination. */
    private static final int CHOICES_MAX = 8;

    private final String subject;
    private final @Nullable String node;
    private final Trials.Search search;

    /**
     * Begins.
     *
     * @param subject what was asked about
     * @param node where it is wanted, or null for anywhere
     * @param search takes up what is found
     */
    Combinations(String subject, @Nullable String node, Trials.Search search) {
        this.subject = subject;
        this.node = node;
        this.search = search;
    }

    /** A CIB in which some changes are made, and the answer to the question there. */
    private record Stage(Explainer explainer, Explanation answer, List<Change> made) {}

    /**
     * Begins with the CIB as it is.
     *
     * @param candidates changes to begin with, each of which alone is not enough
     */
    void find(Explainer explainer, Explanation answer, List<Change> candidates) {
        Stage stage = new Stage(explainer, answer, List.of());
        List<Change> next = candidates;
        while (stage.made().size() + 1 < CHANGES_MAX) {
            Stage nearest = nearest(stage, next);
            if (nearest == null) {
                return;
            }
            stage = nearest;
            next = stage.explainer().candidates(stage.answer(), node);
            for (Change change : next) {
                List<Change> all = plus(stage.made(), change);
                if (!stage.made().contains(change) && search.settles(all)) {
                    search.take(needed(all));
                    return;
                }
            }
        }
    }

    private @Nullable Stage nearest(Stage from, List<Change> candidates) {
        Stage best = null;
        Standing standing = standing(from.explainer(), from.answer());
        int choices = 0;
        for (Change change : candidates) {
            if (from.made().contains(change) || choices++ >= CHOICES_MAX || !search.mayTry()) {
                continue;
            }
            Explainer changed = from.explainer().with(change);
            Explanation answer = changed.explain(subject, node, false);
            if (answer != null) {
                Standing reached = standing(changed, answer);
                if (reached.compareTo(standing) > 0) {
                    standing = reached;
                    best = new Stage(changed, answer, plus(from.made(), change));
                }
            }
        }
        return best;
    }

    private Standing standing(Explainer explainer, Explanation answer) {
        Standing.Own own = Standing.best(answer.parts(), node);
        List<Standing.Own> leaders = new ArrayList<>();
        for (List<Part> leader : explainer.leaders(answer.parts(), node)) {
            leaders.add(Standing.best(leader, node));
        }
        return new Standing(own, leaders.stream().reduce(Standing.Own.NONE, Standing.Own::plus));
    }

    /** Without what turned out not to matter. */
    private List<Change> needed(List<Change> changes) {
        List<Change> needed = changes;
        for (Change change : changes) {
            List<Change> fewer = new ArrayList<>(needed);
            fewer.remove(change);
            if (!fewer.isEmpty() && search.settles(fewer)) {
                needed = fewer;
            }
        }
        return needed;
    }

    private static List<Change> plus(List<Change> changes, Change more) {
        List<Change> all = new ArrayList<>(changes);
        all.add(more);
        return List.copyOf(all);
    }
}
