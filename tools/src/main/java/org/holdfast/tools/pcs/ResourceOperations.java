package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code pcs resource op add|delete}. */
final class ResourceOperations {

    private static final String CHECK_LEVEL = "OCF_CHECK_LEVEL";

    private ResourceOperations() {}

    static void add(PcsRun run, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        StonithCheck.refuse(run, arguments.subList(0, 1), "pcs stonith op add");
        run.options().allowOnly("-f", "--force");
        Item primitive = primitive(run, arguments.getFirst());
        if (primitive == null) {
            throw PcsFailure.error("Unable to find resource: " + arguments.getFirst());
        }
        Agent agent = knownAgent(run, primitive);
        add(run, primitive, agent, arguments.subList(1, arguments.size()), true, null);
        run.cib().push();
    }

    static @Nullable Item primitive(PcsRun run, String id) {
        Item resource = run.cib().resource(id);
        return resource != null && resource.is("primitive") ? resource : null;
    }

    /** The agent's description; without one a warning, and null. */
    static @Nullable Agent knownAgent(PcsRun run, Item primitive) {
        AgentName name = AgentName.of(primitive);
        Agent agent = Agent.load(run.agents(), name);
        if (agent == null) {
            run.console().warn(ResourceCreate.notFound(name));
        }
        return agent;
    }

    /** Adds an operation given by its name and its options. */
    static void add(
            PcsRun run,
            Item primitive,
            @Nullable Agent agent,
            List<String> words,
            boolean strict,
            @Nullable Item before) {
        if (words.isEmpty()) {
            throw PcsFailure.usage();
        }
        String name = words.getFirst();
        if (name.contains("=")) {
            throw PcsFailure.error(name + " does not appear to be a valid operation action");
        }
        CibEditor cib = run.cib();
        SequencedMap<String, String> options = pairs(words.subList(1, words.size()));
        if (options.containsKey("name")) {
            run.console()
                    .deprecated(
                            "Specifying an operation name with 'name=<value>' syntax is deprecated"
                                    + " and might be removed in a future release. Use the operation"
                                    + " name as the first argument instead.");
        } else {
            options.put("name", name);
        }
        Map<String, String> normal =
                Operations.checkOne(
                        run.console(),
                        options,
                        agent == null
                                ? null
                                : agent.actions().stream().map(Agent.Action::name).toList(),
                        run.options().force());
        if (run.console().hasErrors()) {
            throw PcsFailure.exit(1);
        }
        normal.computeIfPresent("role", (_, role) -> cib.roleName(role));
        Item operation = make(cib, primitive, name, normal);
        Item list = primitive.first("operations");
        if (list == null) {
            list = primitive.append(new Item("operations"));
        }
        refuseDuplicates(run, primitive, list, operation, strict);
        if (before == null) {
            list.append(operation);
        } else {
            list.insertBefore(before, operation);
        }
    }

    private static Item make(
            CibEditor cib, Item primitive, String name, Map<String, String> normal) {
        Map<String, String> sorted = new TreeMap<>(normal);
        String interval = sorted.getOrDefault("interval", "");
        if (interval.isEmpty()) {
            interval = Operations.defaultInterval(name);
            sorted.put("interval", interval);
        }
        String id = sorted.get("id");
        if (id != null && cib.idExists(id)) {
            throw PcsFailure.error("id '" + id + "' is already in use, please specify another one");
        }
        if (id == null) {
            id = cib.uniqueId(primitive.id() + "-" + name + "-interval-" + interval);
        }
        Item operation = new Item("op", "id", id);
        for (Map.Entry<String, String> option : sorted.entrySet()) {
            if (!option.getKey().equals(CHECK_LEVEL)) {
                operation.set(option.getKey(), option.getValue());
            }
        }
        String level = sorted.get(CHECK_LEVEL);
        if (level != null) {
            Item set = new Item("instance_attributes", "id", cib.uniqueId("params-" + id));
            set.append(
                    new Item(
                            "nvpair",
                            "name",
                            CHECK_LEVEL,
                            "value",
                            level,
                            "id",
                            cib.uniqueId(id + "-" + CHECK_LEVEL + "-" + level)));
            operation.append(set);
        }
        return operation;
    }

    private static void refuseDuplicates(
            PcsRun run, Item primitive, Item list, Item operation, boolean strict) {
        String name = operation.get("name", "");
        Long seconds = Words.seconds(operation.get("interval", ""));
        List<Item> same = new ArrayList<>();
        List<Item> alike = new ArrayList<>();
        for (Item other : list.items("op")) {
            if (!name.equals(other.get("name"))) {
                continue;
            }
            Long theirs = Words.seconds(other.get("interval", ""));
            if (seconds != null && seconds.equals(theirs)) {
                same.add(other);
            }
            boolean monitor = name.equals("monitor");
            if (!monitor || key(run.cib(), other).equals(key(run.cib(), operation))) {
                alike.add(other);
            }
        }
        if (!same.isEmpty()) {
            throw PcsFailure.error(
                    "operation "
                            + name
                            + " with interval "
                            + seconds
                            + "s already specified for "
                            + primitive.id()
                            + ":\n"
                            + describe(same));
        }
        if (strict && !run.options().force() && !alike.isEmpty()) {
            throw PcsFailure.error(
                    "operation "
                            + name
                            + " already specified for "
                            + primitive.id()
                            + ", use --force to override:\n"
                            + describe(alike));
        }
    }

    private static List<String> key(CibEditor cib, Item operation) {
        String level = operation.nvpair("instance_attributes", CHECK_LEVEL);
        return List.of(cib.roleName(operation.get("role", "Started")), level == null ? "" : level);
    }

    private static String describe(List<Item> operations) {
        return operations.stream()
                .map(ResourceOperations::describe)
                .collect(Collectors.joining("\n"));
    }

    private static String describe(Item operation) {
        StringBuilder text = new StringBuilder(operation.get("name", ""));
        new TreeMap<>(operation.attributes())
                .forEach((name, value) -> {
                    if (!name.equals("id") && !name.equals("name")) {
                        text.append(' ').append(name).append('=').append(value);
                    }
                });
        operation
                .all("nvpair")
                .forEach(pair ->
                        text.append(' ')
                                .append(pair.get("name", ""))
                                .append('=')
                                .append(pair.get("value", "")));
        return text.append(" (").append(operation.id()).append(')').toString();
    }

    /** What looks like {@code name=value}; the rest is passed over. */
    static SequencedMap<String, String> pairs(List<String> words) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals >= 0) {
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return pairs;
    }

    static void remove(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        StonithCheck.refuse(run, arguments.subList(0, 1), "pcs stonith op delete");
        String id = arguments.getFirst();
        if (arguments.size() == 1) {
            removeById(run, id);
            return;
        }
        Item primitive = primitive(run, id);
        if (primitive == null) {
            throw PcsFailure.error("Unable to find resource: " + id);
        }
        List<String> words = arguments.subList(1, arguments.size());
        Map<String, String> wanted = pairs(words.subList(1, words.size()));
        wanted.put("name", words.getFirst());
        boolean found = false;
        for (Item operation : primitive.all("op")) {
            Map<String, String> own = new LinkedHashMap<>(operation.attributes());
            own.remove("id");
            boolean byName = words.size() == 1 && words.getFirst().equals(own.get("name"));
            if (byName || own.equals(wanted)) {
                operation.detach();
                found = true;
                if (!byName) {
                    break;
                }
            }
        }
        if (!found) {
            throw PcsFailure.error("Unable to find operation matching: " + String.join(" ", words));
        }
        run.cib().push();
    }

    private static void removeById(PcsRun run, String id) {
        for (Item operation : run.cib().resources().all("op")) {
            if (operation.id().equals(id)) {
                operation.detach();
                run.cib().push();
                return;
            }
        }
        throw PcsFailure.error("unable to find operation id: " + id);
    }
}
