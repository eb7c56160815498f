package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code pcs constraint location}. */
final class ConstraintLocation {

    private static final List<String> DISCOVERY = List.of("always", "exclusive", "never");

    private ConstraintLocation() {}

    /** A resource, or a pattern that the names of resources match. */
    record Subject(boolean pattern, String value) {

        static Subject parse(String argument) {
            int percent = argument.indexOf('%');
            if (percent < 0) {
                return new Subject(false, argument);
            }
            String type = argument.substring(0, percent);
            String value = argument.substring(percent + 1);
            return switch (type) {
                case "", "resource" -> new Subject(false, value);
                case "regexp" -> new Subject(true, value);
                default ->
                        throw PcsFailure.usage(
                                "'"
                                        + type
                                        + "' is not an allowed type for '"
                                        + argument
                                        + "', use regexp, resource");
            };
        }

        String attribute() {
            return pattern ? "rsc-pattern" : "rsc";
        }
    }

    static void run(PcsRun run, List<String> arguments) {
        String word = arguments.isEmpty() ? "config" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        try {
            switch (word) {
                case "add" -> add(run, rest, false);
                case "remove", "delete" -> remove(run, rest);
                case "show" -> Commands.replaced("pcs constraint location config").run(run, rest);
                case "config" -> ConstraintConfig.location(run, rest);
                default -> {
                    if (rest.size() < 2) {
                        throw PcsFailure.usage();
                    }
                    if (rest.getFirst().equals("rule")) {
                        ConstraintRule.create(run, word, rest.subList(1, rest.size()));
                    } else {
                        prefer(run, word, rest);
                    }
                }
            }
        } catch (PcsFailure failure) {
            if (failure.kind() != PcsFailure.Kind.USAGE) {
                throw failure;
            }
            throw run.explain(failure, List.of("constraint", "location", word));
        }
    }

    private static void prefer(PcsRun run, String resource, List<String> rest) {
        run.options().allowOnly("--force", "-f");
        Subject subject = Subject.parse(resource);
        boolean prefers =
                switch (rest.getFirst()) {
                    case "prefers" -> true;
                    case "avoids" -> false;
                    default -> throw PcsFailure.usage();
                };
        Set<String> known = knownNodes(run);
        List<String[]> wanted = new ArrayList<>();
        for (String argument : rest.subList(1, rest.size())) {
            int equals = argument.indexOf('=');
            String node = equals < 0 ? argument : argument.substring(0, equals);
            checkNode(run, node, known);
            String score;
            if (equals < 0) {
                score = prefers ? "INFINITY" : "-INFINITY";
            } else {
                score = argument.substring(equals + 1);
                ConstraintChecks.score(score);
                if (!prefers) {
                    score = score.startsWith("-") ? score.substring(1) : "-" + score;
                }
            }
            wanted.add(new String[] {node, score});
        }
        run.console().stopOnErrors();
        for (String[] nodeAndScore : wanted) {
            String id =
                    Words.sanitizeId(
                            "location-"
                                    + subject.value
                                    + "-"
                                    + nodeAndScore[0]
                                    + "-"
                                    + nodeAndScore[1],
                            "");
            put(run, id, subject, nodeAndScore[0], nodeAndScore[1], Map.of());
        }
        run.cib().push();
    }

    /** Names of the cluster's nodes; null where that cannot be known, which is said. */
    private static Set<String> knownNodes(PcsRun run) {
        if (!run.isLive() || run.options().force()) {
            run.console().warn("Validation for node existence in the cluster will be skipped");
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        run.cib().section("nodes").items("node").forEach(node -> names.add(node.get("uname", "")));
        return names;
    }

    private static void checkNode(PcsRun run, String node, Set<String> known) {
        if (run.isLive() && !run.options().force() && !known.contains(node)) {
            run.console()
                    .errorUnless(
                            false, "Node '" + node + "' does not appear to exist in configuration");
        }
    }

    private static void add(PcsRun run, List<String> arguments, boolean checked) {
        PcsOptions options = run.options();
        options.allowOnly("--force", "-f");
        if (arguments.size() < 4) {
            throw PcsFailure.usage();
        }
        String id = arguments.get(0);
        Subject subject = Subject.parse(arguments.get(1));
        String node = arguments.get(2);
        List<String> rest = new ArrayList<>(arguments.subList(3, arguments.size()));
        String score = null;
        if (!rest.getFirst().contains("=")) {
            score = rest.removeFirst();
            run.console().deprecated(ConstraintChecks.STANDALONE_SCORE);
        }
        Map<String, String> extra = new LinkedHashMap<>();
        for (String argument : rest) {
            String[] option = ConstraintChecks.option(argument);
            if (option[0].equals("score")) {
                score = option[1];
            } else if (option[0].equals("resource-discovery")) {
                if (!options.force() && !DISCOVERY.contains(option[1])) {
                    throw PcsFailure.error(
                            "invalid resource-discovery value '"
                                    + option[1]
                                    + "', allowed values are: "
                                    + Words.list(DISCOVERY)
                                    + ", use --force to override");
                }
                extra.put(option[0], option[1]);
            } else if (options.force()) {
                extra.put(option[0], option[1]);
            } else {
                throw PcsFailure.error("bad option '" + option[0] + "', use --force to override");
            }
        }
        if (!checked) {
            checkNode(run, node, knownNodes(run));
            if (run.console().hasErrors()) {
                throw PcsFailure.exit(1);
            }
            ConstraintChecks.score(score == null ? "INFINITY" : score);
        }
        put(run, id, subject, node, score == null ? "INFINITY" : score, extra);
        run.cib().push();
    }

    private static void put(
            PcsRun run,
            String id,
            Subject subject,
            String node,
            String score,
            Map<String, String> extra) {
        String bad = Words.badId(id, "constraint id");
        if (bad != null) {
            throw PcsFailure.error(bad);
        }
        if (!subject.pattern) {
            ConstraintChecks.resource(run, subject.value);
        }
        Item constraints = run.cib().constraints();
        for (Item old : constraints.items("rsc_location")) {
            boolean same =
                    node.equals(old.get("node"))
                            && subject.value.equals(old.get(subject.attribute()));
            if (old.id().equals(id) || same) {
                old.detach();
            }
        }
        Item constraint =
                new Item(
                        "rsc_location",
                        "id",
                        id,
                        subject.attribute(),
                        subject.value,
                        "node",
                        node,
                        "score",
                        score);
        extra.forEach(constraint::set);
        constraints.append(constraint);
    }

    private static void remove(PcsRun run, List<String> arguments) {
        run.console()
                .deprecated(
                        "This command is deprecated and will be removed. Please use 'pcs"
                                + " constraint delete' or 'pcs constraint remove' instead.");
        run.options().allowOnly("-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        ResourceDelete.unique(arguments);
        Set<String> missing = new TreeSet<>(arguments);
        run.cib()
                .constraints()
                .items("rsc_location")
                .forEach(constraint -> missing.remove(constraint.id()));
        if (!missing.isEmpty()) {
            throw PcsFailure.usage("Unable to find location constraints: " + Words.list(missing));
        }
        ConstraintRemove.removeAll(run, arguments);
    }
}
