package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operations of a resource: those that the user gave and those that the agent suggests. */
final class Operations {

    static final List<String> OPTIONS =
            List.of(
                    "OCF_CHECK_LEVEL",
                    "description",
                    "enabled",
                    "id",
                    "interval",
                    "interval-origin",
                    "name",
                    "on-fail",
                    "record-pending",
                    "role",
                    "start-delay",
                    "timeout");

    static final List<String> ON_FAIL =
            List.of(
                    "block",
                    "demote",
                    "fence",
                    "ignore",
                    "restart",
                    "restart-container",
                    "standby",
                    "stop");

    static final List<String> ROLES = List.of("Promoted", "Started", "Stopped", "Unpromoted");

    private static final String TIME = "time interval (e.g. 1, 2s, 3m, 4h, ...)";
    private static final String CHECK_LEVEL = "OCF_CHECK_LEVEL";

    /** Actions that an agent may describe but that are no operations of a resource. */
    private static final Set<String> NOT_SUGGESTED =
            new TreeSet<>(List.of("meta-data", "methods", "status", "validate-all"));

    private Operations() {}

    /** Cuts what stands behind {@code op} into operations of name=value arguments. */
    static List<Map<String, String>> parse(List<List<String>> groups) {
        List<List<String>> operations = new ArrayList<>();
        for (List<String> group : groups) {
            if (group.isEmpty()) {
                throw tooFew();
            }
            if (group.getFirst().contains("=")) {
                throw PcsFailure.usage(
                        "When using 'op' you must specify an operation name after 'op'");
            }
            for (String argument : group) {
                if (argument.contains("=")) {
                    operations.getLast().add(argument);
                } else {
                    operations.add(new ArrayList<>(List.of("name=" + argument)));
                }
            }
        }
        if (operations.stream().anyMatch(operation -> operation.size() < 2)) {
            throw tooFew();
        }
        List<Map<String, String>> parsed = new ArrayList<>();
        for (List<String> operation : operations) {
            parsed.add(KeyValues.parse(operation));
        }
        return parsed;
    }

    private static PcsFailure tooFew() {
        return PcsFailure.usage(
                "When using 'op' you must specify an operation name and at least one option");
    }

    static String defaultInterval(String name) {
        return name.equals("monitor") ? "60s" : "0s";
    }

    /** Checks the user's operations and adds those that the agent suggests. */
    static List<Map<String, String>> prepare(
            Console console,
            CibEditor cib,
            Agent agent,
            List<Map<String, String>> given,
            boolean necessaryOnly,
            boolean force) {
        List<String> known = agent.actions().stream().map(Agent.Action::name).toList();
        List<Map<String, String>> own = new ArrayList<>();
        for (Map<String, String> operation : given) {
            own.add(checkOne(console, operation, known, force));
        }
        checkIntervals(console, own);
        console.stopOnErrors();
        Set<String> names = new TreeSet<>();
        own.forEach(operation -> names.add(operation.get("name")));
        List<Map<String, String>> all = new ArrayList<>(own);
        for (Map<String, String> operation : own) {
            operation.putIfAbsent("interval", defaultInterval(operation.getOrDefault("name", "")));
        }
        Map<String, Set<Long>> used = new TreeMap<>();
        for (Map<String, String> operation : suggested(agent, necessaryOnly)) {
            if (!names.contains(operation.get("name"))) {
                all.add(withFreeInterval(console, operation, used));
            }
        }
        for (Map<String, String> operation : all) {
            operation.values().removeIf(String::isEmpty);
            operation.computeIfPresent("role", (_, role) -> cib.roleName(role));
        }
        return all;
    }

    /**
     * Checks one operation.
     *
     * @param known names that the agent has, or null if that is not known
     * @return the operation with its values in their usual form
     */
    static Map<String, String> checkOne(
            Console console,
            Map<String, String> given,
            @org.jspecify.annotations.Nullable List<String> known,
            boolean force) {
        Map<String, String> operation = new LinkedHashMap<>(given);
        TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(OPTIONS);
        if (!unknown.isEmpty()) {
            console.error(Words.badNames(unknown, "resource operation", OPTIONS));
        }
        String name = given.get("name");
        if (name == null || name.isEmpty()) {
            console.error("required resource operation option 'name' is missing");
        } else if (known != null && !known.contains(name)) {
            console.errorUnless(
                    force,
                    Words.badValue(name, "operation name", Words.list(new TreeSet<>(known))));
        }
        operation.computeIfPresent("role", (_, role) -> capitalize(role));
        for (String lower : List.of("on-fail", "record-pending", "enabled")) {
            operation.computeIfPresent(lower, (_, value) -> value.toLowerCase(Locale.ROOT));
        }
        oneOf(console, given, operation, "role", ROLES);
        oneOf(console, given, operation, "on-fail", ON_FAIL);
        for (String option : List.of("record-pending", "enabled")) {
            String value = operation.get(option);
            if (value != null && !Words.isBoolean(value)) {
                console.error(
                        Words.badValue(given.getOrDefault(option, ""), option, Words.BOOLEANS));
            }
        }
        if (given.containsKey("interval-origin") && given.containsKey("start-delay")) {
            console.error(
                    "Only one of resource operation options 'interval-origin' and 'start-delay' can"
                            + " be used");
        }
        String id = given.get("id");
        if (id != null) {
            String bad = Words.badId(id, "operation id");
            if (bad != null) {
                console.error(bad);
            }
        }
        for (String option : List.of("interval", "timeout")) {
            String value = given.get(option);
            if (value != null && Words.seconds(value) == null) {
                console.error(Words.badValue(value, option, TIME));
            }
        }
        return operation;
    }

    private static void oneOf(
            Console console,
            Map<String, String> given,
            Map<String, String> normal,
            String option,
            List<String> allowed) {
        String value = normal.get(option);
        if (value != null && !allowed.contains(value)) {
            console.error(
                    Words.badValue(
                            given.getOrDefault(option, ""),
                            option,
                            Words.list(new TreeSet<>(allowed))));
        }
    }

    static String capitalize(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static void checkIntervals(Console console, List<Map<String, String>> operations) {
        Map<String, Map<Long, List<String>>> seen = new LinkedHashMap<>();
        for (Map<String, String> operation : operations) {
            String name = operation.getOrDefault("name", "");
            String interval = operation.getOrDefault("interval", defaultInterval(name));
            Long seconds = Words.seconds(interval);
            seen.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                    .computeIfAbsent(seconds == null ? -1L : seconds, _ -> new ArrayList<>())
                    .add(interval);
        }
        StringBuilder message = new StringBuilder();
        new TreeMap<>(seen)
                .forEach((name, byTime) ->
                        byTime.values().stream()
                                .filter(intervals -> intervals.size() > 1)
                                .forEach(intervals ->
                                        message.append("\n")
                                                .append(name)
                                                .append(" with intervals ")
                                                .append(String.join(", ", intervals))));
        if (!message.isEmpty()) {
            console.error(
                    "multiple specification of the same operation with the same interval:"
                            + message);
        }
    }

    private static List<Map<String, String>> suggested(Agent agent, boolean necessaryOnly) {
        List<Map<String, String>> found = new ArrayList<>();
        boolean hasMonitor = false;
        for (Agent.Action action : agent.actions()) {
            String name = action.name();
            boolean wanted =
                    necessaryOnly
                            ? name.equals("monitor")
                            : agent.name().isStonith()
                                    ? name.equals("monitor")
                                    : !NOT_SUGGESTED.contains(name);
            if (!wanted) {
                continue;
            }
            hasMonitor |= name.equals("monitor");
            Map<String, String> operation = new LinkedHashMap<>();
            operation.put("name", name);
            String interval = action.get("interval");
            operation.put("interval", interval.isEmpty() ? defaultInterval(name) : interval);
            operation.put("start-delay", action.get("start-delay"));
            operation.put("timeout", action.get("timeout"));
            operation.put("role", modernRole(action.get("role")));
            String depth = action.get("depth");
            if (!depth.isEmpty() && !depth.equals("0")) {
                operation.put(CHECK_LEVEL, depth);
            }
            found.add(operation);
        }
        if (!hasMonitor) {
            found.add(new LinkedHashMap<>(Map.of("name", "monitor", "interval", "60s")));
        }
        return found;
    }

    private static String modernRole(String role) {
        return switch (role) {
            case "Master" -> "Promoted";
            case "Slave" -> "Unpromoted";
            default -> role;
        };
    }

    private static Map<String, String> withFreeInterval(
            Console console, Map<String, String> operation, Map<String, Set<Long>> used) {
        String name = operation.getOrDefault("name", "");
        String interval = operation.getOrDefault("interval", "");
        Long seconds = Words.seconds(interval);
        if (seconds == null) {
            return operation;
        }
        Set<Long> taken = used.computeIfAbsent(name, _ -> new TreeSet<>());
        long free = seconds;
        while (!taken.add(free)) {
            free++;
        }
        if (free != seconds) {
            console.warn(
                    "changing a "
                            + name
                            + " operation interval from "
                            + interval
                            + " to "
                            + free
                            + " to make the operation unique");
            operation.put("interval", Long.toString(free));
        }
        return operation;
    }

    /** Appends the {@code operations} element; in the order of the names. */
    static void append(CibEditor cib, Item primitive, List<Map<String, String>> operations) {
        Item list = primitive.append(new Item("operations"));
        operations.stream()
                .sorted((a, b) -> a.getOrDefault("name", "").compareTo(b.getOrDefault("name", "")))
                .forEach(operation -> appendOne(cib, primitive, list, operation));
    }

    static Item appendOne(CibEditor cib, Item primitive, Item list, Map<String, String> operation) {
        Item op = new Item("op");
        operation.forEach((name, value) -> {
            if (!name.equals(CHECK_LEVEL)) {
                op.set(name, value);
            }
        });
        if (op.has("id") && cib.idExists(op.id())) {
            throw PcsFailure.error("'" + op.id() + "' already exists");
        }
        if (!op.has("id")) {
            op.set(
                    "id",
                    cib.subId(
                            primitive, op.get("name", "") + "-interval-" + op.get("interval", "")));
        }
        list.append(op);
        String level = operation.get(CHECK_LEVEL);
        if (level != null) {
            cib.appendSet(op, "instance_attributes", Map.of(CHECK_LEVEL, level));
        }
        return op;
    }
}
