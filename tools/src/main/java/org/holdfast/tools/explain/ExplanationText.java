package org.holdfast.tools.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.holdfast.scheduler.explain.Cause;
import org.holdfast.scheduler.explain.Explanation;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.Planned;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Reference;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.Score;
import org.jspecify.annotations.Nullable;

/** An explanation as text. */
final class ExplanationText {

    private static final int ALTERNATIVES_MAX = 6;

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
        text.causes("", explanation.facts(), new LinkedHashSet<>());
        for (Part part : explanation.parts()) {
            text.part(part, node);
            out.accept("");
        }
        for (NodePart part : explanation.nodes()) {
            text.node(part);
            out.accept("");
        }
        text.alternatives(explanation, node);
    }

    private void part(Part part, @Nullable String node) {
        out.accept(headline(part));
        Set<String> told = new LinkedHashSet<>();
        causes("  ", part.facts(), told);
        for (NodeVerdict verdict : part.nodes()) {
            if (node == null || verdict.node().equals(node) || verdict.node().equals(part.to())) {
                verdict(verdict, told);
            }
        }
        out.accept("  Decision: " + part.decision());
        actions(part.actions(), told);
    }

    /** Stopped and started on the same node. */
    private static boolean isRestarted(Part part) {
        List<String> stopped = new ArrayList<>();
        for (PlannedAction action : part.actions()) {
            if (action.planned() == Planned.YES && action.operation().equals("stop")) {
                stopped.add(String.valueOf(action.node()));
            }
        }
        for (PlannedAction action : part.actions()) {
            if (action.planned() == Planned.YES
                    && action.operation().equals("start")
                    && stopped.contains(String.valueOf(action.node()))) {
                return true;
            }
        }
        return false;
    }

    private static String headline(Part part) {
        String now =
                part.from().isEmpty()
                        ? "stopped"
                        : state(part.roleBefore()) + " on " + String.join(", ", part.from());
        String then = part.after().isEmpty() ? "stopped" : String.join(", ", part.after());
        if (now.equals(then)) {
            return part.id()
                    + (isRestarted(part)
                            ? " is " + now + " and will be restarted"
                            : " stays " + now);
        }
        return part.id() + " is " + now + " and will be " + then;
    }

    private static String state(Role role) {
        return role == Role.PROMOTED ? "promoted" : "running";
    }

    private void verdict(NodeVerdict verdict, Set<String> told) {
        String judgement =
                switch (verdict.verdict()) {
                    case CHOSEN -> "chosen, score " + Score.text(verdict.score());
                    case WORSE -> "possible, score " + Score.text(verdict.score());
                    case BANNED -> "not possible, score " + Score.text(verdict.score());
                    case UNAVAILABLE -> "not possible";
                    case NOT_ALLOWED -> "not allowed: nothing allows it in this asymmetric cluster";
                };
        Cause obstacle = verdict.obstacle();
        out.accept(
                "  "
                        + verdict.node()
                        + ": "
                        + judgement
                        + (obstacle == null ? "" : ": " + obstacle.text() + named(obstacle)));
        if (obstacle != null) {
            causes("      because ", obstacle.because(), told);
        }
        for (Step step : verdict.steps()) {
            out.accept("    " + change(step) + "  " + step.cause().text() + named(step.cause()));
            causes("        because ", step.cause().because(), told);
        }
    }

    private static String change(Step step) {
        if (step.after() <= Score.MINUS_INFINITY || step.after() >= Score.INFINITY) {
            return Score.text(step.after());
        }
        int delta = step.after() - step.before();
        return (delta > 0 ? "+" : "") + delta;
    }

    /** Actions that differ in the node only are told together. */
    private void actions(List<PlannedAction> actions, Set<String> told) {
        Map<String, List<PlannedAction>> alike = new LinkedHashMap<>();
        for (PlannedAction action : actions) {
            alike.computeIfAbsent(likeness(action), _ -> new ArrayList<>()).add(action);
        }
        for (List<PlannedAction> group : alike.values()) {
            PlannedAction first = group.getFirst();
            List<String> nodes = new ArrayList<>();
            for (PlannedAction action : group) {
                String node = action.node();
                if (node != null && !nodes.contains(node)) {
                    nodes.add(node);
                }
            }
            out.accept(
                    "  Action: "
                            + switch (first.planned()) {
                                case YES -> "";
                                case BLOCKED -> "cannot ";
                                case UNMANAGED -> "would ";
                            }
                            + operation(first)
                            + where(first, nodes)
                            + (first.planned() == Planned.UNMANAGED
                                    ? ", but it is not managed"
                                    : ""));
            if (first.planned() == Planned.BLOCKED) {
                causes("    because ", first.obstacles(), told);
                causes("    wanted because ", first.causes(), told);
            } else {
                causes("    because ", first.causes(), told);
            }
        }
    }

    private static String where(PlannedAction action, List<String> nodes) {
        if (nodes.isEmpty()) {
            return "";
        }
        boolean toNode =
                action.operation().equals("stonith") || action.operation().equals("do_shutdown");
        return (toNode ? " " : " on ") + String.join(", ", nodes);
    }

    private static String operation(PlannedAction action) {
        if (action.operation().equals("stonith")) {
            return action.key().endsWith("-on") ? "unfence" : "fence";
        }
        if (action.intervalMillis() > 0) {
            return action.operation()
                    + " (every "
                    + (action.intervalMillis() % 1000 == 0
                            ? action.intervalMillis() / 1000 + "s"
                            : action.intervalMillis() + "ms")
                    + ")";
        }
        return switch (action.operation()) {
            case "monitor" -> "probe";
            case "do_shutdown" -> "shut down";
            case "delete" -> "forget the history";
            case "lrm_delete" -> "clear the history";
            case "clear_failcount" -> "clear the fail count";
            case "reload-agent" -> "reload";
            default -> action.operation();
        };
    }

    private static String likeness(PlannedAction action) {
        StringBuilder text = new StringBuilder(action.key()).append(action.planned());
        String node = action.node();
        for (Cause cause : action.causes()) {
            String words = cause.text();
            text.append('\n').append(node == null ? words : words.replace(node, "*"));
        }
        return text.toString();
    }

    /** Causes with what they follow from; what was told before is not told in full again. */
    private void causes(String prefix, List<Cause> causes, Set<String> told) {
        int untold = 0;
        for (Cause cause : causes) {
            untold += told.contains(cause.text()) ? 0 : 1;
        }
        for (Cause cause : causes) {
            boolean isNew = told.add(cause.text());
            // one line must do where all is known: why something is not repeated would be a riddle
            if (!isNew && (untold > 0 || cause != causes.getFirst())) {
                continue;
            }
            out.accept(prefix + cause.text() + named(cause));
            if (isNew) {
                causes(indented(prefix), cause.because(), told);
            }
        }
    }

    private static String indented(String prefix) {
        int spaces = 0;
        while (spaces < prefix.length() && prefix.charAt(spaces) == ' ') {
            spaces++;
        }
        return " ".repeat(spaces + 2) + "because ";
    }

    /** Ids that the words do not have already. */
    private static String named(Cause cause) {
        List<String> ids = new ArrayList<>();
        for (Reference reference : cause.references()) {
            boolean telling =
                    switch (reference.type()) {
                        case OPTION, HISTORY, OPERATION, CONSTRAINT -> true;
                        case RESOURCE, NODE, TICKET -> false;
                    };
            if (telling && !cause.text().contains(reference.id())) {
                ids.add(reference.id());
            }
        }
        return ids.isEmpty() ? "" : " [" + String.join(", ", ids) + "]";
    }

    private void node(NodePart part) {
        out.accept(part.node() + " is " + part.state());
        Set<String> told = new LinkedHashSet<>();
        causes("  ", part.facts(), told);
        list("Active there", part.running());
        list("Will come", part.arriving());
        actions(part.actions(), told);
        for (PlannedAction stop : part.leaving()) {
            String resource = stop.key().replaceFirst("_stop_0$", "");
            out.accept(
                    "  "
                            + switch (stop.planned()) {
                                case YES -> "Stops: ";
                                case BLOCKED -> "Cannot stop: ";
                                case UNMANAGED -> "Would stop, but is not managed: ";
                            }
                            + resource);
            causes(
                    "    because ",
                    stop.planned() == Planned.BLOCKED ? stop.obstacles() : stop.causes(),
                    told);
        }
    }

    private void list(String title, List<String> names) {
        if (!names.isEmpty()) {
            out.accept("  " + title + ": " + String.join(", ", names));
        }
    }

    private void alternatives(Explanation explanation, @Nullable String node) {
        List<Alternative> alternatives = explanation.alternatives();
        if (alternatives.isEmpty()) {
            out.accept(
                    explanation.tried() == 0
                            ? "No change is known that would alter this."
                            : "None of the %d changes that were tried would %s."
                                    .formatted(
                                            explanation.tried(),
                                            node == null
                                                    ? "alter this"
                                                    : "alter this for " + node));
            return;
        }
        out.accept("What would change that (each was tried by scheduling again):");
        for (Alternative alternative :
                alternatives.subList(0, Math.min(ALTERNATIVES_MAX, alternatives.size()))) {
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
        if (alternatives.size() > ALTERNATIVES_MAX) {
            out.accept("  (%d more with --json)".formatted(alternatives.size() - ALTERNATIVES_MAX));
        }
    }
}
