package org.holdfast.tools.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.holdfast.scheduler.explain.Cause;
import org.holdfast.scheduler.explain.Explanation;
import org.holdfast.scheduler.explain.Explanation.Alternative;
import org.holdfast.scheduler.explain.Explanation.NodePart;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.explain.Explanation.PlannedAction;
import org.holdfast.scheduler.explain.Explanation.Step;
import org.holdfast.scheduler.explain.Reference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An explanation as JSON; the fields are described in docs/explain.md. */
final class ExplanationJson {

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("subject", explanation.subject());
        root.put("kind", lower(explanation.kind()));
        root.put("facts", causes(explanation.facts()));
        root.put("parts", all(explanation.parts(), ExplanationJson::part));
        root.put("nodes", all(explanation.nodes(), ExplanationJson::nodePart));
        root.put("alternatives", all(explanation.alternatives(), ExplanationJson::alternative));
        root.put("changes_tried", explanation.tried());
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(root);
    }

    private static <T> List<Object> all(
            List<T> items, java.util.function.Function<T, Object> convert) {
        List<Object> converted = new ArrayList<>();
        items.forEach(item -> converted.add(convert.apply(item)));
        return converted;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static Object alternative(Alternative alternative) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("kind", alternative.change().getClass().getSimpleName());
        entry.put("if", alternative.change().condition());
        entry.put("command", alternative.change().command());
        entry.put("outcome", alternative.outcome());
        return entry;
    }

    private static Object part(Part part) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", part.id());
        entry.put("active_on", part.from());
        entry.put("role", part.roleBefore().text());
        entry.put("node", part.to());
        entry.put("next_role", part.roleAfter().text());
        entry.put("after", part.after());
        entry.put("facts", causes(part.facts()));
        entry.put("nodes", all(part.nodes(), ExplanationJson::verdict));
        entry.put("decision", part.decision());
        entry.put("actions", all(part.actions(), ExplanationJson::action));
        return entry;
    }

    private static Object action(PlannedAction action) {
        Map<String, @Nullable Object> planned = new LinkedHashMap<>();
        planned.put("key", action.key());
        planned.put("operation", action.operation());
        planned.put("interval_ms", action.intervalMillis());
        planned.put("node", action.node());
        planned.put("planned", lower(action.planned()));
        planned.put("because", causes(action.causes()));
        planned.put("obstacles", causes(action.obstacles()));
        planned.put("reason", action.reason());
        return planned;
    }

    private static List<Object> causes(List<Cause> causes) {
        return all(causes, ExplanationJson::cause);
    }

    private static Object cause(Cause cause) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("kind", cause.kind());
        entry.put("text", cause.text());
        entry.put("references", all(cause.references(), ExplanationJson::reference));
        entry.put("because", causes(cause.because()));
        return entry;
    }

    private static Object reference(Reference reference) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("type", lower(reference.type()));
        entry.put("id", reference.id());
        if (reference.node() != null) {
            entry.put("node", reference.node());
        }
        return entry;
    }

    private static Object nodePart(NodePart part) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("node", part.node());
        entry.put("state", part.state());
        entry.put("facts", causes(part.facts()));
        entry.put("running", part.running());
        entry.put("arriving", part.arriving());
        entry.put("leaving", all(part.leaving(), ExplanationJson::action));
        entry.put("actions", all(part.actions(), ExplanationJson::action));
        return entry;
    }

    private static Object verdict(NodeVerdict verdict) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("node", verdict.node());
        entry.put("verdict", lower(verdict.verdict()));
        entry.put("score", verdict.score());
        Cause obstacle = verdict.obstacle();
        entry.put("obstacle", obstacle == null ? null : cause(obstacle));
        entry.put("steps", all(verdict.steps(), ExplanationJson::step));
        return entry;
    }

    private static Object step(Step step) {
        Map<String, @Nullable Object> change = new LinkedHashMap<>();
        change.put("kind", step.reason().getClass().getSimpleName());
        change.put("reason", step.reason());
        change.put("before", step.before());
        change.put("after", step.after());
        change.put("because", cause(step.cause()));
        return change;
    }
}
