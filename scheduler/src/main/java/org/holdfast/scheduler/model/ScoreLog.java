package org.holdfast.scheduler.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes what {@code crm_simulate -s} and {@code -U} show, as it is found; see {@link #NONE}. */
public interface ScoreLog {

    /** Whether scores are wanted at all; callers ask before they build entries. */
    boolean wantsScores();

    /** Whether capacities and utilization are wanted. */
    boolean wantsUtilization();

    /** Takes an entry. */
    void take(Entry entry);

    /** Something to show. */
    sealed interface Entry {

        /** As a line of text. */
        String text();
    }

    /** A resource's score for a node at a step of placement. */
    record Allocation(String step, String resource, String node, int score) implements Entry {
        @Override
        public String text() {
            return step
                    + ": "
                    + resource
                    + " allocation score on "
                    + node
                    + ": "
                    + Score.text(score);
        }
    }

    /** An instance's promotion score; the node is null for an instance that goes nowhere. */
    record Promotion(String resource, @Nullable String node, int score) implements Entry {
        @Override
        public String text() {
            return resource
                    + " promotion score "
                    + (node == null ? "(inactive)" : "on " + node)
                    + ": "
                    + Score.text(score);
        }
    }

    /** What a node can carry, originally or still. */
    record Capacity(String moment, String node, Map<String, String> values) implements Entry {
        @Override
        public String text() {
            return moment + ": " + node + " capacity:" + describe(values);
        }
    }

    /** What a resource takes from the node that it was assigned to. */
    record Utilization(String step, String resource, String node, Map<String, String> values)
            implements Entry {
        @Override
        public String text() {
            return step + ": " + resource + " utilization on " + node + ":" + describe(values);
        }
    }

    /** Something else that the user should see among the scores. */
    record Notice(String text) implements Entry {}

    private static String describe(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }

    /** Nobody listens. */
    ScoreLog NONE =
            new ScoreLog() {
                @Override
                public boolean wantsScores() {
                    return false;
                }

                @Override
                public boolean wantsUtilization() {
                    return false;
                }

                @Override
                public void take(Entry entry) {}
            };
}
