package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code pcs constraint colocation add|remove}. */
final class ConstraintColocation {

    private static final String DEFAULT_ROLE = "Started";

    private ConstraintColocation() {}

    /** For a command line with two of a word that may stand there once. */
    static PcsFailure twice(PcsRun run, String word, String kind) {
        run.console().error("Multiple '" + word + "'s cannot be specified.");
        run.console()
                .info(
                        "Hint: Use the 'pcs constraint "
                                + kind
                                + " set' command if you want to create a constraint for more than"
                                + " two resources.");
        return PcsFailure.usage();
    }

    static void add(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--force");
        if (arguments.size() < 3) {
            throw PcsFailure.usage();
        }
        List<String> words = new ArrayList<>(arguments);
        String roleOne = "";
        if (words.get(2).equals("with")) {
            roleOne = words.removeFirst();
        } else if (!words.get(1).equals("with")) {
            throw PcsFailure.usage();
        }
        String one = words.removeFirst();
        words.removeFirst();
        if (words.contains("with")) {
            throw twice(run, "with", "colocation");
        }
        if (words.isEmpty()) {
            throw PcsFailure.usage();
        }
        String roleTwo = "";
        if (words.size() > 1 && !isScoreOrOption(words.get(1))) {
            roleTwo = words.removeFirst();
        }
        String two = words.removeFirst();
        String score = null;
        if (!words.isEmpty() && !words.getFirst().contains("=")) {
            score = words.removeFirst();
            run.console().deprecated(ConstraintChecks.STANDALONE_SCORE);
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : words) {
            String[] option = ConstraintChecks.option(word);
            options.put(option[0], option[1]);
        }
        CibEditor cib = run.cib();
        String cibRoleOne = role(cib, roleOne);
        String cibRoleTwo = role(cib, roleTwo);
        ConstraintChecks.resource(run, one);
        ConstraintChecks.resource(run, two);
        if (options.containsKey("id")) {
            ConstraintChecks.newId(cib, options.getOrDefault("id", ""));
        }
        score = options.getOrDefault("score", score == null ? "INFINITY" : score);
        if (!options.containsKey("id")) {
            options.put("id", cib.uniqueId("colocation-" + one + "-" + two + "-" + score));
        }
        if (!cibRoleOne.isEmpty() && cibRoleTwo.isEmpty()) {
            cibRoleTwo = DEFAULT_ROLE;
        }
        if (!cibRoleTwo.isEmpty() && cibRoleOne.isEmpty()) {
            cibRoleOne = DEFAULT_ROLE;
        }
        Item constraint = new Item("rsc_colocation", "rsc", one, "with-rsc", two, "score", score);
        if (!cibRoleOne.isEmpty()) {
            constraint.set("rsc-role", cibRoleOne).set("with-rsc-role", cibRoleTwo);
        }
        options.forEach(constraint::set);
        if (!run.options().force()) {
            refuseDuplicates(cib, constraint);
        }
        cib.constraints().append(constraint);
        cib.push();
    }

    private static boolean isScoreOrOption(String word) {
        return word.contains("=") || Words.isScore(word);
    }

    private static String role(CibEditor cib, String role) {
        if (role.isEmpty()) {
            return "";
        }
        String name = Operations.capitalize(role);
        if (!Operations.ROLES.contains(name)) {
            throw PcsFailure.error(
                    "invalid role value '"
                            + role
                            + "', allowed values are: "
                            + Words.list(Operations.ROLES));
        }
        return cib.roleName(name);
    }

    private static void refuseDuplicates(CibEditor cib, Item constraint) {
        StringBuilder found = new StringBuilder();
        for (Item other : cib.constraints().items("rsc_colocation")) {
            if (other.items("resource_set").isEmpty()
                    && key(cib, other).equals(key(cib, constraint))) {
                found.append("\n  ").append(describe(other));
            }
        }
        if (!found.isEmpty()) {
            throw PcsFailure.error(
                    "duplicate constraint already exists, use --force to override" + found);
        }
    }

    private static List<String> key(CibEditor cib, Item constraint) {
        return List.of(
                constraint.get("rsc", ""),
                constraint.get("with-rsc", ""),
                normal(cib, constraint.get("rsc-role", "")),
                normal(cib, constraint.get("with-rsc-role", "")));
    }

    private static String normal(CibEditor cib, String role) {
        return role.isEmpty() ? DEFAULT_ROLE : cib.roleName(Operations.capitalize(role));
    }

    private static String describe(Item constraint) {
        StringBuilder text =
                new StringBuilder(constraint.get("rsc", ""))
                        .append(" with ")
                        .append(constraint.get("with-rsc", ""))
                        .append(" (score:")
                        .append(constraint.get("score", ""))
                        .append(")");
        Map<String, String> rest = new TreeMap<>(constraint.attributes());
        List.of("rsc", "with-rsc", "id", "score").forEach(rest::remove);
        rest.forEach((name, value) ->
                text.append(" (").append(name).append(':').append(value).append(')'));
        return text.append(" (id:").append(constraint.id()).append(")").toString();
    }

    static void remove(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.size() != 2) {
            throw PcsFailure.usage();
        }
        String source = arguments.get(0);
        String target = arguments.get(1);
        List<String> ids = new ArrayList<>();
        for (Item constraint : run.cib().constraints().items("rsc_colocation")) {
            if (!constraint.items("resource_set").isEmpty()) {
                continue;
            }
            String one = constraint.get("rsc", "");
            String two = constraint.get("with-rsc", "");
            if (one.equals(source) && two.equals(target)) {
                ids.add(constraint.id());
            } else if (one.equals(target) && two.equals(source)) {
                run.console()
                        .deprecated(
                                "Removing colocation constraint with interchanged source resource"
                                        + " id and target resource id. This behavior is deprecated"
                                        + " and will be removed.");
                ids.add(constraint.id());
            }
        }
        if (ids.isEmpty()) {
            throw PcsFailure.usage(
                    "Unable to find colocation constraint with source resource '"
                            + source
                            + "' and target resource '"
                            + target
                            + "'");
        }
        ConstraintRemove.removeAll(run, ids);
    }
}
