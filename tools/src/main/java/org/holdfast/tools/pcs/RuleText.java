package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rules as text. */
final class RuleText {

    private RuleText() {}

    static List<String> lines(Item item, boolean ids) {
        return switch (item.tag()) {
            case "rule" -> rule(item, ids);
            case "date_expression" -> date(item, ids);
            default -> List.of("Expression: " + text(item) + id(item, ids));
        };
    }

    private static List<String> rule(Item rule, boolean ids) {
        TreeMap<String, String> options = new TreeMap<>(rule.attributes());
        options.remove("id");
        StringBuilder head = new StringBuilder("Rule:");
        options.forEach((name, value) -> head.append(' ').append(ResourceConfig.pair(name, value)));
        List<String> lines = new ArrayList<>(List.of(head + id(rule, ids)));
        for (Item child : rule.items()) {
            if (isExpression(child)) {
                lines(child, ids).forEach(line -> lines.add("  " + line));
            }
        }
        return lines;
    }

    private static List<String> date(Item item, boolean ids) {
        String operation = item.get("operation", "");
        Item duration = item.first("duration");
        if (operation.equals("date_spec")) {
            Item spec = item.first("date_spec");
            return List.of(
                    "Expression:" + id(item, ids),
                    "  Date Spec:" + (spec == null ? "" : attributes(spec) + id(spec, ids)));
        }
        if (operation.equals("in_range") && duration != null) {
            String start = item.has("start") ? " " + item.get("start") : "";
            return List.of(
                    "Expression: date in_range" + start + " to duration" + id(item, ids),
                    "  Duration:" + attributes(duration) + id(duration, ids));
        }
        return List.of("Expression: " + text(item) + id(item, ids));
    }

    private static String attributes(Item item) {
        TreeMap<String, String> all = new TreeMap<>(item.attributes());
        all.remove("id");
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) -> text.append(' ').append(ResourceConfig.pair(name, value)));
        return text.toString();
    }

    private static String id(Item item, boolean ids) {
        return ids ? " (id: " + item.id() + ")" : "";
    }

    private static boolean isExpression(Item item) {
        return item.is("rule", "expression", "date_expression", "op_expression", "rsc_expression");
    }

    /** The expression in the syntax in which pcs takes it. */
    static String text(Item item) {
        return switch (item.tag()) {
            case "rule" ->
                    item.items().stream()
                            .filter(RuleText::isExpression)
                            .map(child -> child.is("rule") ? "(" + text(child) + ")" : text(child))
                            .collect(Collectors.joining(" " + item.get("boolean-op", "and") + " "));
            case "expression" -> expression(item);
            case "date_expression" -> dateText(item);
            case "op_expression" ->
                    "op "
                            + item.get("name", "")
                            + (item.has("interval") ? " interval=" + item.get("interval") : "");
            case "rsc_expression" ->
                    "resource "
                            + item.get("class", "")
                            + ":"
                            + item.get("provider", "")
                            + ":"
                            + item.get("type", "");
            default -> "";
        };
    }

    private static String expression(Item item) {
        if (!item.has("value")) {
            return item.get("operation", "") + " " + item.get("attribute", "");
        }
        return item.get("attribute", "")
                + " "
                + item.get("operation", "")
                + (item.has("type") ? " " + item.get("type") : "")
                + " "
                + Words.quote(item.get("value", ""));
    }

    private static String dateText(Item item) {
        String operation = item.get("operation", "");
        List<String> parts = new ArrayList<>();
        if (operation.equals("date_spec")) {
            Item spec = item.first("date_spec");
            return "date-spec" + (spec == null ? "" : attributes(spec));
        }
        parts.add("date");
        parts.add(operation);
        if (item.has("start")) {
            parts.add(moment(item.get("start", "")));
        }
        if (operation.equals("in_range")) {
            parts.add("to");
        }
        if (item.has("end")) {
            parts.add(moment(item.get("end", "")));
        }
        Item duration = item.first("duration");
        if (duration != null) {
            parts.add("duration" + attributes(duration));
        }
        return String.join(" ", parts);
    }

    private static String moment(String date) {
        return date.replaceAll("\\s*([TZ:.+-])\\s*", "$1").replaceFirst("\\s+", "T");
    }
}
