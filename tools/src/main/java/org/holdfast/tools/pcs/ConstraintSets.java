package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Constraints on sets of resources: {@code pcs constraint order|colocation|ticket set}. */
final class ConstraintSets {

    private static final List<String> SET_OPTIONS =
            List.of("action", "require-all", "role", "sequential");
    private static final List<String> ACTIONS = List.of("demote", "promote", "start", "stop");
    private static final List<String> KINDS = List.of("Mandatory", "Optional", "Serialize");
    static final List<String> LOSS_POLICIES = List.of("demote", "fence", "freeze", "stop");

    private final PcsRun run;
    private final Console console;
    private final CibEditor cib;
    private final String kind;

    private ConstraintSets(PcsRun run, String kind) {
        this.run = run;
        this.console = run.console();
        this.cib = run.cib();
        this.kind = kind;
    }

    static void order(PcsRun run, List<String> arguments) {
        create(run, "order", arguments);
    }

    static void colocation(PcsRun run, List<String> arguments) {
        create(run, "colocation", arguments);
    }

    static void ticket(PcsRun run, List<String> arguments) {
        create(run, "ticket", arguments);
    }

    private static void create(PcsRun run, String kind, List<String> arguments) {
        run.options().allowOnly("-f", "--force");
        List<List<String>> parts = Keywords.split(arguments, "setoptions");
        if (parts.size() > 2) {
            throw PcsFailure.usage("Keyword 'setoptions' may be mentioned at most once");
        }
        List<List<String>> sets = Keywords.split(parts.getFirst(), "set");
        if (parts.getFirst().isEmpty() || sets.stream().anyMatch(set -> ids(set).isEmpty())) {
            throw PcsFailure.usage();
        }
        List<Map<String, String>> setOptions = new ArrayList<>();
        for (List<String> set : sets) {
            setOptions.add(
                    KeyValues.parse(set.stream().filter(word -> word.contains("=")).toList()));
        }
        Map<String, String> options =
                parts.size() == 2 ? KeyValues.parse(parts.get(1)) : new LinkedHashMap<>();
        new ConstraintSets(run, kind).create(sets, setOptions, new LinkedHashMap<>(options));
    }

    private static List<String> ids(List<String> set) {
        return set.stream().filter(word -> !word.contains("=")).toList();
    }

    private void create(
            List<List<String>> sets,
            List<Map<String, String>> setOptions,
            Map<String, String> options) {
        boolean ticket = kind.equals("ticket");
        if (!ticket) {
            checkPlainOptions(options);
        }
        for (int i = 0; i < sets.size(); i++) {
            if (!ticket) {
                checkSetOptions(setOptions.get(i));
                console.stopOnErrors();
            }
            checkResources(ids(sets.get(i)));
            if (ticket) {
                checkSetOptions(setOptions.get(i));
            } else {
                console.stopOnErrors();
            }
        }
        if (ticket) {
            checkTicketOptions(options);
            console.stopOnErrors();
        }
        if (kind.equals("order")) {
            refuseSameGroup(sets);
        }
        Item constraint = make(sets, setOptions, options);
        checkDuplicates(run, constraint, other -> members(other).equals(members(constraint)));
        cib.push();
    }

    private void checkPlainOptions(Map<String, String> options) {
        List<String> allowed =
                kind.equals("order")
                        ? List.of("id", "kind", "symmetrical")
                        : List.of("id", "influence", "score");
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            throw PcsFailure.error(Words.badNames(unknown, "", allowed));
        }
        String id = options.get("id");
        if (id != null) {
            String bad = Words.badId(id, "constraint id");
            if (bad != null) {
                throw PcsFailure.error(bad);
            }
            if (cib.idExists(id)) {
                throw PcsFailure.error("'" + id + "' already exists");
            }
        }
        if (kind.equals("colocation")) {
            String score = options.computeIfAbsent("score", _ -> "INFINITY");
            ConstraintChecks.score(score);
            return;
        }
        normalizeOrder(options);
        if (console.hasErrors()) {
            throw PcsFailure.exit(1);
        }
    }

    private void normalizeOrder(Map<String, String> options) {
        String orderKind = options.get("kind");
        if (orderKind != null) {
            String normal = Operations.capitalize(orderKind);
            if (!KINDS.contains(normal)) {
                console.error(Words.badValue(orderKind, "kind", Words.list(KINDS)));
            }
            options.put("kind", normal);
        }
        String symmetrical = options.get("symmetrical");
        if (symmetrical != null) {
            if (!Words.isBoolean(symmetrical)) {
                String allowed = Words.BOOLEANS.substring(Words.BOOLEANS.indexOf('\''));
                console.error(Words.badValue(symmetrical, "symmetrical", allowed));
            }
            options.put("symmetrical", symmetrical.toLowerCase(Locale.ROOT));
        }
    }

    private void checkSetOptions(Map<String, String> options) {
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(SET_OPTIONS);
        if (!unknown.isEmpty()) {
            console.error(Words.badNames(unknown, "set", SET_OPTIONS));
        }
        oneOf(options, "action", ACTIONS);
        bool(options, "require-all");
        oneOf(options, "role", Operations.ROLES);
        bool(options, "sequential");
    }

    private void oneOf(Map<String, String> options, String name, List<String> allowed) {
        String value = options.get(name);
        if (value != null && !allowed.contains(value)) {
            console.error(Words.badValue(value, name, Words.list(allowed)));
        }
    }

    private void bool(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value != null && !Words.isBoolean(value)) {
            console.error(Words.badValue(value, name, Words.BOOLEANS));
        }
    }

    private void checkResources(List<String> ids) {
        for (String id : ids) {
            checkResource(run, id);
            if (!kind.equals("ticket")) {
                console.stopOnErrors();
            }
        }
    }

    /** Complains about a resource that a constraint cannot name. */
    static void checkResource(PcsRun run, String id) {
        Item item = run.cib().find(id);
        if (item == null) {
            run.console().error("'" + id + "' does not exist");
            return;
        }
        Item around = item.around("clone", "master", "bundle");
        if (around != null && item.is(CibEditor.RESOURCE_TAGS)) {
            String what = around.is("bundle") ? "bundle" : "clone";
            run.console()
                    .errorUnless(
                            run.options().force(),
                            id
                                    + " is a "
                                    + what
                                    + " resource, you should use the "
                                    + what
                                    + " id: "
                                    + around.id()
                                    + " when adding constraints");
        }
    }

    private void checkTicketOptions(Map<String, String> options) {
        checkTicketName(console, options.get("ticket"));
        Set<String> unknown = new TreeSet<>(options.keySet());
        List<String> allowed = List.of("id", "loss-policy", "ticket");
        unknown.removeAll(allowed);
        if (!unknown.isEmpty()) {
            console.error(Words.badNames(unknown, "", allowed));
        }
        checkTicketId(run, options.get("id"));
        oneOf(options, "loss-policy", LOSS_POLICIES);
    }

    static void checkTicketId(PcsRun run, @Nullable String id) {
        if (id == null) {
            return;
        }
        String bad = Words.badId(id, "constraint id");
        if (bad != null) {
            run.console().error(bad);
        } else if (run.cib().idExists(id)) {
            run.console().error("'" + id + "' already exists");
        }
    }

    static void checkTicketName(Console console, @Nullable String ticket) {
        if (ticket == null || ticket.isEmpty()) {
            console.error("required option 'ticket' is missing");
        } else if (!ticket.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) {
            console.error(
                    "booth ticket name '"
                            + ticket
                            + "' is not valid, use up to 63 alphanumeric characters or dash");
        }
    }

    private void refuseSameGroup(List<List<String>> sets) {
        Set<Item> groups = new java.util.HashSet<>();
        Set<String> ids = new TreeSet<>();
        sets.forEach(set -> ids.addAll(ids(set)));
        for (String id : ids) {
            Item resource = cib.resource(id);
            Item parent = resource == null ? null : resource.parent();
            if (parent != null && parent.is("group") && !groups.add(parent)) {
                throw PcsFailure.error(
                        "Cannot create an order constraint for resources in the same group");
            }
        }
    }

    private Item make(
            List<List<String>> sets,
            List<Map<String, String>> setOptions,
            Map<String, String> options) {
        Item constraint = new Item("rsc_" + kind);
        options.forEach((name, value) -> {
            if (!value.isEmpty()) {
                constraint.set(name, value);
            }
        });
        if (!constraint.has("id")) {
            constraint.set("id", cib.uniqueId(Words.sanitizeId(proposedId(sets), "")));
        }
        cib.constraints().append(constraint);
        for (int i = 0; i < sets.size(); i++) {
            Item set = constraint.append(new Item("resource_set"));
            setOptions
                    .get(i)
                    .forEach((name, value) ->
                            set.set(name, name.equals("role") ? cib.roleName(value) : value));
            set.set("id", cib.uniqueId(constraint.id() + "_set"));
            ids(sets.get(i)).forEach(id -> set.append(new Item("resource_ref", "id", id)));
        }
        return constraint;
    }

    /** The kind and two letters of each of the first resources: short, and not likely taken. */
    private String proposedId(List<List<String>> sets) {
        StringBuilder letters = new StringBuilder();
        int count = 0;
        for (List<String> set : sets) {
            for (String id : ids(set)) {
                if (count++ < 3) {
                    letters.append(id.charAt(0)).append(id.charAt(id.length() - 1));
                }
            }
        }
        return kind + "_set_" + letters;
    }

    private static List<List<String>> members(Item constraint) {
        return constraint.items("resource_set").stream()
                .map(set -> set.items("resource_ref").stream().map(Item::id).toList())
                .toList();
    }

    /** Complains about constraints that are equal to a new one, which is in the CIB already. */
    static void checkDuplicates(
            PcsRun run, Item constraint, java.util.function.Predicate<Item> equal) {
        boolean isSet = !constraint.items("resource_set").isEmpty();
        List<String> lines = new ArrayList<>();
        for (Item other : run.cib().constraints().items(constraint.tag())) {
            boolean sameForm = other.items("resource_set").isEmpty() != isSet;
            if (other != constraint && sameForm && equal.test(other)) {
                lines.addAll(ConstraintConfig.describe(other));
            }
        }
        if (!lines.isEmpty()) {
            run.console().info("Duplicate constraints:");
            lines.forEach(line -> run.console().info("  " + line));
            run.console().errorUnless(run.options().force(), "Duplicate constraint already exists");
            run.console().stopOnErrors();
        }
    }
}
