package org.holdfast.scheduler.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.time.TimeContext;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.model.ScoreLog;

/** Tries changes by scheduling again; each change once, whoever asks. */
final class Trials {

    /** Most changes that are tried for one question, pairs counted. */
    private static final int TRIES_MAX = 60;

    /** Sentences of one outcome that are told. */
    private static final int TOLD_MAX = 4;

    private final Element cib;
    private final TimeContext time;
    private final Outcome planned;
    private final Map<Change, Outcome> outcomes = new LinkedHashMap<>();

    Trials(Element cib, TimeContext time, Outcome planned) {
        this.cib = cib;
        this.time = time;
        this.planned = planned;
    }

    /** What a change leads to. */
    Outcome outcome(Change change) {
        return outcomes.computeIfAbsent(change, this::schedule);
    }

    private Outcome schedule(Change change) {
        ScheduleRequest request = new ScheduleRequest(change.apply(cib), time, ScoreLog.NONE, null);
        return Outcome.of(Scheduler.schedule(request));
    }

    /** A search for changes that matter to one question. */
    final class Search {

        private final Predicate<String> concerned;
        private final String node;
        private final List<Alternative> found = new ArrayList<>();
        private int tried;

        /**
         * Begins.
         *
         * @param concerned the resources that were asked about
         * @param node the node of interest, empty for none
         */
        Search(Predicate<String> concerned, String node) {
            this.concerned = concerned;
            this.node = node;
        }

        List<Alternative> found() {
            return found;
        }

        int tried() {
            return tried;
        }

        /** Tries changes one by one. */
        void tryEach(List<Change> candidates) {
            candidates.forEach(this::tryOne);
        }

        /** Whether nothing was found yet for what does not run where it is wanted. */
        boolean isOpen() {
            return found.isEmpty() && !isThere(planned);
        }

        /** Tries pairs of changes, and all of them. */
        void tryTogether(List<Change> candidates) {
            for (int i = 0; i < candidates.size(); i++) {
                for (int j = i + 1; j < candidates.size() && found.isEmpty(); j++) {
                    tryOne(new Change.Together(List.of(candidates.get(i), candidates.get(j))));
                }
            }
            if (found.isEmpty() && candidates.size() > 2) {
                tried = Math.min(tried, TRIES_MAX - 1);
                tryOne(new Change.Together(candidates));
            }
        }

        /** Counts one more run, unless there were enough. */
        boolean mayTry() {
            if (tried >= TRIES_MAX) {
                return false;
            }
            tried++;
            return true;
        }

        /** Whether changes together bring what was asked about where it is wanted. */
        boolean settles(List<Change> changes) {
            return mayTry() && isThere(outcome(together(changes)));
        }

        /** Takes up changes that {@link #settles settle} the matter. */
        void take(List<Change> changes) {
            judge(together(changes));
        }

        private static Change together(List<Change> changes) {
            return changes.size() == 1 ? changes.getFirst() : new Change.Together(changes);
        }

        /** Whether what was asked about runs (there). */
        private boolean isThere(Outcome outcome) {
            return outcome.places().keySet().stream()
                    .anyMatch(place ->
                            concerned.test(place.resource())
                                    && (node.isEmpty() || place.node().equals(node)));
        }

        private void tryOne(Change change) {
            if (mayTry()) {
                judge(change);
            }
        }

        private void judge(Change change) {
            Outcome after = outcome(change);
            List<String> told = planned.differences(after, concerned, node);
            if (!told.isEmpty()) {
                found.add(new Alternative(change, describe(told), planned, after));
            }
        }

        private static String describe(List<String> told) {
            if (told.size() <= TOLD_MAX) {
                return String.join("; ", told);
            }
            return String.join("; ", told.subList(0, TOLD_MAX))
                    + "; and "
                    + (told.size() - TOLD_MAX)
                    + " more";
        }
    }
}
