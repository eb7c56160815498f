package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/** {@code pcs constraint order}. */
final class ConstraintOrder {

    private static final Set<String> ACTIONS = Set.of("start", "stop", "promote", "demote");
    private static final String DEFAULT_ACTION = "start";
    private static final Set<String> SHOWN =
            Set.of(
                    "first",
                    "then",
                    "first-action",
                    "then-action",
                    "id",
                    "score",
                    "kind",
                    "symmetrical");

    private ConstraintOrder() {}

    static void run(PcsRun run, List<String> arguments) {
        String word = arguments.isEmpty() ? "config" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        try {
            switch (word) {
                case "set" -> ConstraintSets.order(run, rest);
                case "remove", "delete" -> remove(run, rest);
                case "show" -> Commands.replaced("pcs constraint order config").run(run, rest);
                case "config" -> ConstraintConfig.of("order").run(run, rest);
                default -> start(run, arguments);
            }
        } catch (PcsFailure failure) {
            if (failure.kind() != PcsFailure.Kind.USAGE) {
                throw failure;
            }
            throw run.explain(failure, List.of("constraint", "order", word));
        }
    }

    private static void start(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--force");
        if (arguments.size() < 3) {
            throw PcsFailure.usage();
        }
        List<String> words = new ArrayList<>(arguments);
        String firstAction = action(words);
        String first = next(words);
        if (!next(words).equals("then") || words.isEmpty()) {
            throw PcsFailure.usage();
        }
        String thenAction = action(words);
        String then = next(words);
        if (words.contains("then")) {
            throw ConstraintColocation.twice(run, "then", "order");
        }
        add(run, first, firstAction, then, thenAction, words);
    }

    private static String action(List<String> words) {
        return ACTIONS.contains(words.getFirst()) ? words.removeFirst() : DEFAULT_ACTION;
    }

    private static String next(List<String> words) {
        if (words.isEmpty()) {
            throw PcsFailure.usage();
        }
        return words.removeFirst();
    }

    private static void add(
            PcsRun run,
            String first,
            String firstAction,
            String then,
            String thenAction,
            List<String> words) {
        CibEditor cib = run.cib();
        ConstraintChecks.resource(run, first);
        ConstraintChecks.resource(run, then);
        Item one = cib.resource(first);
        Item two = cib.resource(then);
        if (one != null
                && two != null
                && one.is("primitive")
                && two.is("primitive")
                && one.around("group") != null
                && one.around("group") == two.around("group")) {
            throw PcsFailure.error(
                    "Cannot create an order constraint for resources in the same group");
        }
        SequencedMap<String, String> options = options(cib, words);
        options.put("first-action", firstAction);
        options.put("then-action", thenAction);
        String symmetrical = options.remove("symmetrical");
        if (symmetrical != null) {
            options.put("symmetrical", symmetrical);
        }
        String kind = "kind: Mandatory";
        String suffix = "mandatory";
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (option.getKey().equals("score")) {
                kind = "score: " + option.getValue();
                suffix = option.getValue();
                run.console()
                        .deprecated(
                                "option 'score' is deprecated and might be removed in a future"
                                        + " release, therefore it should not be used");
                break;
            }
            if (option.getKey().equals("kind")) {
                kind = "kind: " + option.getValue();
                suffix = option.getValue();
                break;
            }
        }
        StringBuilder text = new StringBuilder();
        options.forEach((name, value) -> {
            if (!name.equals("kind") && !name.equals("score")) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=').append(value);
            }
        });
        if (!options.containsKey("id")) {
            options.put("id", cib.uniqueId("order-" + first + "-" + then + "-" + suffix));
        }
        Item constraint = new Item("rsc_order", "first", first, "then", then);
        options.forEach(constraint::set);
        if (!run.options().force()) {
            refuseDuplicates(cib, constraint);
        }
        cib.constraints().append(constraint);
        run.console()
                .info(
                        "Adding "
                                + first
                                + " "
                                + then
                                + " ("
                                + kind
                                + ")"
                                + (text.isEmpty() ? "" : " (Options: " + text + ")"));
        cib.push();
    }

    private static SequencedMap<String, String> options(CibEditor cib, List<String> words) {
        SequencedMap<String, String> options = new LinkedHashMap<>();
        for (String word : words) {
            if (word.equals("symmetrical")) {
                options.put("symmetrical", "true");
            } else if (word.equals("nonsymmetrical")) {
                options.put("symmetrical", "false");
            } else {
                String[] option = ConstraintChecks.option(word);
                String value = option[1];
                if (option[0].equals("id")) {
                    ConstraintChecks.newId(cib, value);
                } else if (option[0].equals("symmetrical")) {
                    value = value.toLowerCase(Locale.ROOT);
                    if (!value.equals("true") && !value.equals("false")) {
                        throw PcsFailure.error(
                                "invalid symmetrical value '"
                                        + option[1]
                                        + "', allowed values are: true, false");
                    }
                }
                options.put(option[0], value);
            }
        }
        return options;
    }

    private static void refuseDuplicates(CibEditor cib, Item constraint) {
        StringBuilder found = new StringBuilder();
        for (Item other : cib.constraints().items("rsc_order")) {
            if (other.items("resource_set").isEmpty() && key(other).equals(key(constraint))) {
                found.append("\n  ").append(describe(other));
            }
        }
        if (!found.isEmpty()) {
            throw PcsFailure.error(
                    "duplicate constraint already exists, use --force to override" + found);
        }
    }

    private static List<String> key(Item constraint) {
        return List.of(
                constraint.get("first", ""),
                constraint.get("then", ""),
                lower(constraint.get("first-action", "")),
                lower(constraint.get("then-action", "")));
    }

    private static String lower(String action) {
        return action.isEmpty() ? DEFAULT_ACTION : action.toLowerCase(Locale.ROOT);
    }

    private static String describe(Item constraint) {
        List<String> parts = new ArrayList<>();
        parts.add(constraint.get("first-action", ""));
        parts.add(constraint.get("first", ""));
        parts.add("then");
        parts.add(constraint.get("then-action", ""));
        parts.add(constraint.get("then", ""));
        String kind = constraint.get("kind", "");
        String score = constraint.get("score", "");
        if (!kind.isEmpty()) {
            parts.add("(kind:" + kind + ")");
        } else if (score.isEmpty()) {
            parts.add("(kind:Mandatory)");
        } else {
            parts.add("(score:" + score + ")");
        }
        if (constraint.has("symmetrical") && !Words.isTrue(constraint.get("symmetrical", ""))) {
            parts.add("(non-symmetrical)");
        }
        List<String> rest = new ArrayList<>();
        constraint
                .attributes()
                .forEach((name, value) -> {
                    if (!SHOWN.contains(name)) {
                        rest.add(name + "=" + value);
                    }
                });
        if (!rest.isEmpty()) {
            parts.add("(Options: " + String.join(" ", rest) + ")");
        }
        parts.add("(id:" + constraint.id() + ")");
        parts.removeIf(String::isEmpty);
        return String.join(" ", parts);
    }

    private static void remove(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        Item constraints = run.cib().constraints();
        boolean found = false;
        for (String resource : arguments) {
            for (Item order : constraints.items("rsc_order")) {
                if (resource.equals(order.get("first")) || resource.equals(order.get("then"))) {
                    order.detach();
                    found = true;
                }
            }
            for (Item reference : constraints.all("resource_ref")) {
                Item set = reference.parent();
                if (!reference.id().equals(resource) || set == null) {
                    continue;
                }
                found = true;
                reference.detach();
                Item constraint = set.parent();
                if (set.items("resource_ref").isEmpty() && constraint != null) {
                    set.detach();
                    if (constraint.items("resource_set").isEmpty()) {
                        constraint.detach();
                    }
                }
            }
        }
        if (!found) {
            throw PcsFailure.error("No matching resources found in ordering list");
        }
        run.cib().push();
    }
}
