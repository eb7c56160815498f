package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code pcs constraint config} and its variants, as text. */
final class ConstraintConfig {

    private ConstraintConfig() {}

    /** The command that shows constraints of one kind, or {@code all}. */
    static Command of(String kind) {
        return (run, arguments) -> {
            PcsOptions options = run.options();
            if (kind.equals("all")) {
                options.allowOnly("-f", "--output-format", "--full", "--all");
            } else {
                options.allowOnly("-f", "--output-format", "--full");
            }
            if (!arguments.isEmpty()) {
                throw PcsFailure.usage();
            }
            print(run, kind);
        };
    }

    static void location(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--output-format", "--full", "--all");
        if (arguments.isEmpty()) {
            print(run, "location");
            return;
        }
        List<String> allowed = List.of("resources", "nodes");
        if (!allowed.contains(arguments.getFirst())) {
            throw PcsFailure.usage(
                    "Unknown keyword '"
                            + arguments.getFirst()
                            + "'. Allowed keywords: "
                            + Words.list(allowed));
        }
        if (!run.options().outputFormat("text", "cmd", "json").equals("text")) {
            throw PcsFailure.usage(
                    "Output formats other than 'text' are not supported together with grouping and"
                            + " filtering by nodes or resources");
        }
        List<String> lines =
                LocationText.grouped(
                        run,
                        arguments.getFirst().equals("nodes"),
                        arguments.subList(1, arguments.size()));
        if (!lines.isEmpty()) {
            run.console().print("Location Constraints:");
            lines.forEach(line -> run.console().print("  " + line));
        }
    }

    private static void print(PcsRun run, String kind) {
        run.options().outputFormat("text", "cmd", "json");
        Item constraints = run.cib().configuration().first("constraints");
        if (constraints == null) {
            return;
        }
        boolean ids = run.options().has("--full");
        List<String> lines = new ArrayList<>();
        boolean all = kind.equals("all");
        if (all || kind.equals("location")) {
            section(
                    lines,
                    constraints,
                    "rsc_location",
                    "Location",
                    c -> LocationText.lines(c, ids));
            sets(lines, constraints, "rsc_location", "Location", ids, LocationText::attributes);
        }
        if (all || kind.equals("colocation")) {
            section(lines, constraints, "rsc_colocation", "Colocation", c -> colocation(c, ids));
            sets(
                    lines,
                    constraints,
                    "rsc_colocation",
                    "Colocation",
                    ids,
                    (c, withIds) -> colocationAttributes(c, withIds));
        }
        if (all || kind.equals("order")) {
            section(lines, constraints, "rsc_order", "Order", c -> order(c, ids));
            sets(lines, constraints, "rsc_order", "Order", ids, (c, _) -> orderAttributes(c));
        }
        if (all || kind.equals("ticket")) {
            section(lines, constraints, "rsc_ticket", "Ticket", c -> ticket(c, ids));
            sets(
                    lines,
                    constraints,
                    "rsc_ticket",
                    "Ticket",
                    ids,
                    (c, _) -> ticketAttributes(c, true));
        }
        if (!lines.isEmpty()) {
            run.console().print(String.join("\n", lines));
        }
    }

    /** Text of a constraint's attributes, with or without ids. */
    @FunctionalInterface
    interface Attributes {
        List<String> lines(Item constraint, boolean ids);
    }

    private static void section(
            List<String> lines,
            Item constraints,
            String tag,
            String title,
            Function<Item, List<String>> text) {
        List<Item> plain =
                constraints.items(tag).stream()
                        .filter(constraint -> constraint.items("resource_set").isEmpty())
                        .toList();
        if (!plain.isEmpty()) {
            lines.add(title + " Constraints:");
            plain.forEach(
                    constraint -> text.apply(constraint).forEach(line -> lines.add("  " + line)));
        }
    }

    private static void sets(
            List<String> lines,
            Item constraints,
            String tag,
            String title,
            boolean ids,
            Attributes attributes) {
        List<Item> found =
                constraints.items(tag).stream()
                        .filter(constraint -> !constraint.items("resource_set").isEmpty())
                        .toList();
        if (found.isEmpty()) {
            return;
        }
        lines.add(title + " Set Constraints:");
        for (Item constraint : found) {
            setLines(constraint, ids, attributes).forEach(line -> lines.add("  " + line));
        }
    }

    private static List<String> setLines(Item constraint, boolean ids, Attributes attributes) {
        List<String> lines = new ArrayList<>();
        lines.add("Set Constraint:" + (ids ? " " + constraint.id() : ""));
        attributes.lines(constraint, ids).forEach(line -> lines.add("  " + line));
        for (Item set : constraint.items("resource_set")) {
            lines.add("  Resource Set:" + (ids ? " " + set.id() : ""));
            List<String> members =
                    set.items("resource_ref").stream().map(r -> "'" + r.id() + "'").toList();
            lines.add("    Resources: " + String.join(", ", members));
            List<String> options = setOptions(set);
            if (!options.isEmpty()) {
                lines.add("    " + String.join(" ", options));
            }
        }
        return lines;
    }

    /** One constraint of any kind, with its ids. */
    static List<String> describe(Item constraint) {
        boolean set = !constraint.items("resource_set").isEmpty();
        return switch (constraint.tag()) {
            case "rsc_location" ->
                    set
                            ? setLines(constraint, true, LocationText::attributes)
                            : LocationText.lines(constraint, true);
            case "rsc_colocation" ->
                    set
                            ? setLines(constraint, true, ConstraintConfig::colocationAttributes)
                            : colocation(constraint, true);
            case "rsc_order" ->
                    set
                            ? setLines(constraint, true, (c, _) -> orderAttributes(c))
                            : order(constraint, true);
            default ->
                    set
                            ? setLines(constraint, true, (c, _) -> ticketAttributes(c, true))
                            : ticket(constraint, true);
        };
    }

    private static List<String> setOptions(Item set) {
        List<String> parts = new ArrayList<>();
        bool(parts, set, "sequential");
        bool(parts, set, "require-all");
        for (String name : List.of("ordering", "action")) {
            text(parts, name, set.get(name));
        }
        text(parts, "role", ResourceConfig.role(set.get("role", "")));
        text(parts, "score", set.get("score"));
        if (set.has("kind")) {
            text(parts, "kind", Operations.capitalize(set.get("kind", "")));
        }
        return parts;
    }

    static void bool(List<String> parts, Item item, String name) {
        String value = item.get(name);
        if (value != null) {
            boolean isTrue = value.equals("true") || value.equals("1");
            parts.add(ResourceConfig.pair(name, isTrue ? "1" : "0"));
        }
    }

    static void text(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(ResourceConfig.pair(name, value));
        }
    }

    private static String role(Item constraint, String attribute) {
        String role = ResourceConfig.role(constraint.get(attribute, ""));
        return role.isEmpty() ? "" : role + " ";
    }

    private static List<String> withHead(
            String head, Item constraint, boolean ids, List<String> attributes) {
        List<String> lines = new ArrayList<>();
        lines.add(head + (ids ? " (id: " + constraint.id() + ")" : ""));
        attributes.forEach(line -> lines.add("  " + line));
        return lines;
    }

    static List<String> colocation(Item constraint, boolean ids) {
        return withHead(
                role(constraint, "rsc-role")
                        + "resource '"
                        + constraint.get("rsc", "")
                        + "' with "
                        + role(constraint, "with-rsc-role")
                        + "resource '"
                        + constraint.get("with-rsc", "")
                        + "'",
                constraint,
                ids,
                colocationAttributes(constraint, ids));
    }

    private static List<String> colocationAttributes(Item constraint, boolean ids) {
        List<String> parts = new ArrayList<>();
        text(parts, "score", constraint.get("score"));
        text(parts, "influence", constraint.get("influence"));
        text(parts, "node-attribute", constraint.get("node-attribute"));
        List<String> lines = new ArrayList<>(List.of(String.join(" ", parts)));
        Item lifetime = constraint.first("lifetime");
        if (lifetime != null) {
            lines.add("Lifetime:");
            lifetime.items("rule")
                    .forEach(rule ->
                            RuleText.lines(rule, ids).forEach(line -> lines.add("  " + line)));
        }
        return lines;
    }

    static List<String> order(Item constraint, boolean ids) {
        return withHead(
                action(constraint, "first-action")
                        + "resource '"
                        + constraint.get("first", "")
                        + "' then "
                        + action(constraint, "then-action")
                        + "resource '"
                        + constraint.get("then", "")
                        + "'",
                constraint,
                ids,
                orderAttributes(constraint));
    }

    private static String action(Item constraint, String attribute) {
        String action = constraint.get(attribute, "").toLowerCase(Locale.ROOT);
        return action.isEmpty() ? "" : action + " ";
    }

    private static List<String> orderAttributes(Item constraint) {
        List<String> parts = new ArrayList<>();
        bool(parts, constraint, "symmetrical");
        bool(parts, constraint, "require-all");
        text(parts, "score", constraint.get("score"));
        if (constraint.has("kind")) {
            text(parts, "kind", Operations.capitalize(constraint.get("kind", "")));
        }
        return parts.isEmpty() ? List.of() : List.of(String.join(" ", parts));
    }

    static List<String> ticket(Item constraint, boolean ids) {
        return withHead(
                role(constraint, "rsc-role")
                        + "resource '"
                        + constraint.get("rsc", "")
                        + "' depends on ticket '"
                        + constraint.get("ticket", "")
                        + "'",
                constraint,
                ids,
                ticketAttributes(constraint, false));
    }

    private static List<String> ticketAttributes(Item constraint, boolean withTicket) {
        List<String> parts = new ArrayList<>();
        if (withTicket) {
            text(parts, "ticket", constraint.get("ticket"));
        }
        text(parts, "loss-policy", constraint.get("loss-policy"));
        return parts.isEmpty() ? List.of() : List.of(String.join(" ", parts));
    }
}
