package org.holdfast.tools.explain;

import java.util.List;
import java.util.function.Consumer;
import org.holdfast.scheduler.explain.Explanation;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/** An explanation as text. */
final class ExplanationText {

    private final Consumer<String> out;

    private ExplanationText(Consumer<String> out) {
        this.out = out;
    }

    /**
     * Prints an explanation.
     *
     * @param node the node of interest, or null for all
     */
    static void print(Explanation explanation, @Nullable String node, Consumer<String> out) {
        ExplanationText text = new ExplanationText(out);
        for (Part part : explanation.parts()) {
            text.part(part, node);
            out.accept("");
        }
        text.alternatives(explanation, node);
    }

    private void part(Part part, @Nullable String node) {
        out.accept(headline(part));
        for (String fact : part.facts()) {
            out.accept("  " + fact);
        }
        for (NodeVerdict verdict : part.nodes()) {
            if (node == null || verdict.node().equals(node) || verdict.node().equals(part.to())) {
                verdict(verdict);
            }
        }
        out.accept("  Decision: " + part.decision());
        for (PlannedAction action : part.actions()) {
            out.accept(
                    "  Action: "
                            + (action.blocked() ? "cannot " : "")
                            + action.operation()
                            + (action.node() == null ? "" : " on " + action.node())
                            + (action.reason() == null ? "" : " (" + action.reason() + ")"));
        }
    }

    private static String headline(Part part) {
        String now =
                part.from().isEmpty()
                        ? "stopped"
                        : state(part.roleBefore()) + " on " + String.join(", ", part.from());
        String then = part.to() == null ? "stopped" : state(part.roleAfter()) + " on " + part.to();
        return part.id()
                + (now.equals(then) ? " stays " + now : " is " + now + " and will be " + then);
    }

    private static String state(Role role) {
        return switch (role) {
            case UNKNOWN, STOPPED, STARTED -> "running";
            case UNPROMOTED -> "running (unpromoted)";
            case PROMOTED -> "promoted";
        };
    }

    private void verdict(NodeVerdict verdict) {
        String judgement =
                switch (verdict.verdict()) {
                    case CHOSEN -> "chosen, score " + Score.text(verdict.score());
                    case WORSE -> "possible, score " + Score.text(verdict.score());
                    case BANNED -> "not possible, score " + Score.text(verdict.score());
                    case UNAVAILABLE -> "not possible";
                    case NOT_ALLOWED -> "not allowed: nothing allows it in this asymmetric cluster";
                };
        out.accept(
                "  "
                        + verdict.node()
                        + ": "
                        + judgement
                        + (verdict.obstacle() == null ? "" : ": " + verdict.obstacle()));
        for (Step step : verdict.steps()) {
            out.accept("    " + change(step) + "  " + step.text());
        }
    }

    private static String change(Step step) {
        if (step.after() <= Score.MINUS_INFINITY || step.after() >= Score.INFINITY) {
            return Score.text(step.after());
        }
        int delta = step.after() - step.before();
        return (delta > 0 ? "+" : "") + delta;
    }

    private void alternatives(Explanation explanation, @Nullable String node) {
        List<Alternative> alternatives = explanation.alternatives();
        if (alternatives.isEmpty()) {
            out.accept(
                    "None of the %d changes that were tried would %s."
                            .formatted(
                                    explanation.tried(),
                                    node == null ? "alter that" : "bring it to " + node));
            return;
        }
        out.accept("What would alter that (each was tried by scheduling again):");
        for (Alternative alternative : alternatives) {
            out.accept(
                    "  If "
                            + alternative.change().condition()
                            + ", "
                            + alternative.outcome()
                            + ".");
            String command = alternative.change().command();
            if (command != null) {
                out.accept("    " + command);
            }
        }
    }
}
