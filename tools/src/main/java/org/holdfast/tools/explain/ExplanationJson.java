package org.holdfast.tools.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.scheduler.explain.Explanation;
import org.holdfast.scheduler.explain.Explanation.NodeVerdict;
import org.holdfast.scheduler.explain.Explanation.Part;
import org.holdfast.scheduler.model.ScoreReason;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An explanation as JSON. */
final class ExplanationJson {

    private ExplanationJson() {}

    static String of(Explanation explanation) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>();
        root.put("resource", explanation.resource());
        List<Object> parts = new ArrayList<>();
        explanation.parts().forEach(part -> parts.add(part(part)));
        root.put("parts", parts);
        List<Object> alternatives = new ArrayList<>();
        explanation
                .alternatives()
                .forEach(alternative -> {
                    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
                    entry.put("if", alternative.change().condition());
                    entry.put("command", alternative.change().command());
                    entry.put("outcome", alternative.outcome());
                    alternatives.add(entry);
                });
        root.put("alternatives", alternatives);
        root.put("changes_tried", explanation.tried());
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(root);
    }

    private static Object part(Part part) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", part.id());
        entry.put("active_on", part.from());
        entry.put("role", part.roleBefore().text());
        entry.put("node", part.to());
        entry.put("next_role", part.roleAfter().text());
        entry.put("facts", part.facts());
        List<Object> nodes = new ArrayList<>();
        part.nodes().forEach(node -> nodes.add(node(node)));
        entry.put("nodes", nodes);
        entry.put("decision", part.decision());
        List<Object> actions = new ArrayList<>();
        part.actions()
                .forEach(action -> {
                    Map<String, @Nullable Object> planned = new LinkedHashMap<>();
                    planned.put("operation", action.operation());
                    planned.put("node", action.node());
                    planned.put("blocked", action.blocked());
                    planned.put("reason", action.reason());
                    actions.add(planned);
                });
        entry.put("actions", actions);
        return entry;
    }

    private static Object node(NodeVerdict verdict) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("node", verdict.node());
        entry.put("verdict", verdict.verdict().name().toLowerCase(java.util.Locale.ROOT));
        entry.put("score", verdict.score());
        entry.put("obstacle", verdict.obstacle());
        List<Object> steps = new ArrayList<>();
        verdict.steps()
                .forEach(step -> {
                    Map<String, @Nullable Object> change = new LinkedHashMap<>();
                    change.put("kind", kind(step.reason()));
                    change.put("reason", step.reason());
                    change.put("before", step.before());
                    change.put("after", step.after());
                    change.put("text", step.text());
                    steps.add(change);
                });
        entry.put("steps", steps);
        return entry;
    }

    private static String kind(ScoreReason reason) {
        return reason.getClass().getSimpleName();
    }
}
