package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** Location constraints as text. */
final class LocationText {

    private LocationText() {}

    static List<String> lines(Item constraint, boolean ids) {
        String score = constraint.get("score", "INFINITY");
        String prefers =
                constraint.items("rule").isEmpty()
                        ? (score.startsWith("-") ? " avoids" : " prefers")
                                + " node '"
                                + constraint.get("node", "")
                                + "' with score "
                                + absolute(score)
                        : "";
        String role = ResourceConfig.role(constraint.get("role", ""));
        List<String> lines = new ArrayList<>();
        lines.add(
                (role.isEmpty() ? "" : role + " ")
                        + subject(constraint)
                        + prefers
                        + (ids ? " (id: " + constraint.id() + ")" : ""));
        attributes(constraint, ids).forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static String subject(Item constraint) {
        return constraint.has("rsc")
                ? "resource '" + constraint.get("rsc") + "'"
                : "resource pattern '" + constraint.get("rsc-pattern", "") + "'";
    }

    private static String absolute(String score) {
        return score.startsWith("-") || score.startsWith("+") ? score.substring(1) : score;
    }

    static List<String> attributes(Item constraint, boolean ids) {
        List<String> lines = new ArrayList<>();
        if (constraint.has("resource-discovery")) {
            lines.add(
                    ResourceConfig.pair(
                            "resource-discovery", constraint.get("resource-discovery", "")));
        }
        rules(lines, "Rules:", constraint.items("rule"), ids);
        Item lifetime = constraint.first("lifetime");
        if (lifetime != null) {
            rules(lines, "Lifetime:", lifetime.items("rule"), ids);
        }
        return lines;
    }

    private static void rules(List<String> lines, String title, List<Item> rules, boolean ids) {
        if (!rules.isEmpty()) {
            lines.add(title);
            rules.forEach(
                    rule -> RuleText.lines(rule, ids).forEach(line -> lines.add("  " + line)));
        }
    }

    /** Plain constraints by node or by resource. */
    static List<String> grouped(PcsRun run, boolean byNode, List<String> wanted) {
        boolean ids = run.options().has("--full");
        SequencedMap<String, List<Item>> groups = new LinkedHashMap<>();
        SequencedMap<String, List<Item>> patterns = new LinkedHashMap<>();
        boolean ruleSeen = false;
        for (Item constraint : run.cib().constraints().items("rsc_location")) {
            if (!constraint.items("resource_set").isEmpty()) {
                continue;
            }
            boolean hasRule = !constraint.items("rule").isEmpty();
            if (byNode) {
                String node = constraint.get("node", "");
                if (hasRule) {
                    ruleSeen |= wanted.isEmpty();
                } else if (!node.isEmpty() && (wanted.isEmpty() || wanted.contains(node))) {
                    groups.computeIfAbsent(node, _ -> new ArrayList<>()).add(constraint);
                }
            } else if (isWanted(constraint, wanted)) {
                (constraint.has("rsc") ? groups : patterns)
                        .computeIfAbsent(
                                constraint.get("rsc", constraint.get("rsc-pattern", "")),
                                _ -> new ArrayList<>())
                        .add(constraint);
            }
        }
        if (ruleSeen) {
            run.console().warn("Constraints with rules are not displayed.");
        }
        List<String> lines = new ArrayList<>();
        groups.forEach((name, found) ->
                one(lines, (byNode ? "Node: " : "Resource: ") + name, found, byNode, ids));
        patterns.forEach(
                (name, found) -> one(lines, "Resource pattern: " + name, found, byNode, ids));
        return lines;
    }

    private static boolean isWanted(Item constraint, List<String> wanted) {
        if (wanted.isEmpty()) {
            return true;
        }
        for (String item : wanted) {
            ConstraintLocation.Subject subject = ConstraintLocation.Subject.parse(item);
            if (subject.value().equals(constraint.get(subject.attribute()))) {
                return true;
            }
        }
        return false;
    }

    private static void one(
            List<String> lines, String title, List<Item> constraints, boolean byNode, boolean ids) {
        lines.add(title);
        Map<String, List<String>> parts = new LinkedHashMap<>();
        String prefers = byNode ? "Preferred by:" : "Prefers:";
        String avoids = byNode ? "Avoided by:" : "Avoids:";
        parts.put(prefers, new ArrayList<>());
        parts.put(avoids, new ArrayList<>());
        List<String> ruled = new ArrayList<>();
        for (Item constraint : constraints) {
            if (!constraint.items("rule").isEmpty()) {
                ruled.add("Constraint:" + (ids ? " " + constraint.id() : ""));
                List<String> rules = new ArrayList<>();
                rules(rules, "Rules:", constraint.items("rule"), ids);
                rules.forEach(line -> ruled.add("  " + line));
                continue;
            }
            String score = constraint.get("score", "0");
            String what =
                    byNode ? subject(constraint) : "node '" + constraint.get("node", "") + "'";
            String line =
                    what
                            + " with score "
                            + absolute(score)
                            + (ids ? " (id: " + constraint.id() + ")" : "");
            parts.getOrDefault(score.startsWith("-") ? avoids : prefers, new ArrayList<>())
                    .add(line);
        }
        parts.forEach((label, found) -> {
            if (!found.isEmpty()) {
                lines.add("  " + label);
                found.forEach(line -> lines.add("    " + line));
            }
        });
        if (!ruled.isEmpty()) {
            lines.add("  Constraints with rules:");
            ruled.forEach(line -> lines.add("    " + line));
        }
    }
}
