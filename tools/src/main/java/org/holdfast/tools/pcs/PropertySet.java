package org.holdfast.tools.pcs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code pcs property set|unset}. */
final class PropertySet {

    private static final String DEFAULT_SET = "cib-bootstrap-options";
    private static final int ID_PART_MAX = 20;
    private static final String TIME = "time interval (e.g. 1, 2s, 3m, 4h, ...)";

    private PropertySet() {}

    static void set(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--force", "-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        change(run, KeyValues.parse(arguments));
    }

    static void unset(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--force", "-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        if (!run.options().force()) {
            ResourceDelete.unique(arguments);
        }
        Map<String, String> values = new LinkedHashMap<>();
        arguments.forEach(name -> values.put(name, ""));
        change(run, values);
    }

    private static void change(PcsRun run, Map<String, String> values) {
        CibEditor cib = run.cib();
        Item config = cib.section("crm_config");
        Item set = config.first("cluster_property_set");
        if (set == null) {
            if (cib.idExists(DEFAULT_SET)) {
                throw PcsFailure.error(
                        "Cannot create default cluster_property_set element, ID '"
                                + DEFAULT_SET
                                + "' already exists. Find elements with the ID and remove them from"
                                + " cluster configuration.");
            }
            set = config.append(new Item("cluster_property_set", "id", DEFAULT_SET));
        }
        check(run, set, values);
        run.console().stopOnErrors();
        update(cib, set, values);
        cib.push();
    }

    /**
     * Sets pairs in the order given; an empty value removes one. Ids take at most twenty characters
     * of a pair's name.
     */
    static void update(CibEditor cib, Item set, Map<String, String> values) {
        values.forEach((name, value) -> {
            List<Item> pairs =
                    set.items("nvpair").stream()
                            .filter(pair -> name.equals(pair.get("name")))
                            .toList();
            if (pairs.isEmpty()) {
                if (!value.isEmpty()) {
                    set.append(
                            new Item(
                                    "nvpair",
                                    "id",
                                    cib.subId(
                                            set,
                                            name.substring(
                                                    0, Math.min(ID_PART_MAX, name.length()))),
                                    "name",
                                    name,
                                    "value",
                                    value));
                }
            } else if (value.isEmpty()) {
                pairs.forEach(Item::detach);
            } else {
                pairs.getFirst().set("value", value);
                pairs.subList(1, pairs.size()).forEach(Item::detach);
            }
        });
    }

    private static void check(PcsRun run, Item set, Map<String, String> values) {
        Console console = run.console();
        boolean force = run.options().force();
        Map<String, PropertyCatalog.Property> known = PropertyCatalog.load(run.agents());
        Set<String> configured = new TreeSet<>();
        set.items("nvpair").forEach(pair -> configured.add(pair.get("name", "")));
        for (PropertyCatalog.Property property : known.values()) {
            if (property.deprecated() && values.containsKey(property.name())) {
                console.warn(
                        "cluster property option '"
                                + property.name()
                                + "' is deprecated and might be removed in a future release,"
                                + " therefore it should not be used"
                                + (property.deprecatedBy().isEmpty()
                                        ? ""
                                        : ", use "
                                                + Words.list(property.deprecatedBy())
                                                + " instead"));
            }
        }
        Set<String> absent = new TreeSet<>();
        values.forEach((name, value) -> {
            if (value.isEmpty() && !configured.contains(name)) {
                absent.add(name);
            }
        });
        if (!absent.isEmpty()) {
            console.errorUnless(
                    force,
                    "Cannot remove "
                            + Words.plural(absent, "property")
                            + " "
                            + Words.list(absent)
                            + ", "
                            + Words.plural(absent, "it")
                            + " "
                            + Words.plural(absent, "is")
                            + " not present in property set '"
                            + set.id()
                            + "'");
        }
        checkNames(console, known, values, force);
        new LinkedHashMap<>(values)
                .forEach((name, value) -> {
                    PropertyCatalog.Property property = known.get(name);
                    if (!value.isEmpty()
                            && property != null
                            && !PropertyCatalog.READ_ONLY.contains(name)) {
                        checkValue(console, property, value, force);
                    }
                });
        for (String name : List.of("stonith-watchdog-timeout", "fencing-watchdog-timeout")) {
            String value = values.get(name);
            if (value != null && !value.isEmpty()) {
                Long seconds = Words.seconds(value);
                if (seconds != null && seconds != 0) {
                    console.error(
                            "stonith-watchdog-timeout can only be unset or set to 0 while SBD is disabled");
                }
            }
        }
        warnWithoutFencing(console, values);
        if (values.containsKey("cluster-name")) {
            console.error(
                    "Property 'cluster-name' cannot be set directly, use the 'pcs cluster rename'"
                            + " command instead");
        }
    }

    private static void warnWithoutFencing(Console console, Map<String, String> values) {
        Map<String, String> off = new TreeMap<>();
        for (String name : List.of("stonith-enabled", "fencing-enabled")) {
            String value = values.get(name);
            if (value != null
                    && !value.isEmpty()
                    && Words.isBoolean(value)
                    && !Words.isTrue(value)) {
                off.put(name, value);
            }
        }
        if (!off.isEmpty()) {
            StringBuilder text = new StringBuilder();
            off.forEach((name, value) ->
                    text.append(text.isEmpty() ? "" : ", ")
                            .append(name)
                            .append(" to ")
                            .append(value));
            console.warn(
                    "Setting property "
                            + text
                            + " leaves the cluster with no enabled means to fence nodes, resulting"
                            + " in the cluster not being able to recover from certain failure"
                            + " conditions");
        }
    }

    private static void checkNames(
            Console console,
            Map<String, PropertyCatalog.Property> known,
            Map<String, String> values,
            boolean force) {
        Set<String> allowed = new TreeSet<>(known.keySet());
        allowed.removeAll(PropertyCatalog.READ_ONLY);
        Set<String> readOnly = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        values.forEach((name, value) -> {
            if (PropertyCatalog.READ_ONLY.contains(name)) {
                readOnly.add(name);
            } else if (!value.isEmpty() && !allowed.contains(name)) {
                unknown.add(name);
            }
        });
        if (!unknown.isEmpty()) {
            console.errorUnless(force, Words.badNames(unknown, "cluster property", allowed));
        }
        if (!readOnly.isEmpty()) {
            console.error(Words.badNames(readOnly, "cluster property", allowed));
        }
    }

    private static void checkValue(
            Console console, PropertyCatalog.Property property, String value, boolean force) {
        String expected = expectation(property, value);
        if (expected == null) {
            return;
        }
        boolean notForcible = property.name().endsWith("-watchdog-timeout");
        String message = Words.badValue(value, property.name(), expected);
        if (notForcible) {
            console.error(message);
        } else {
            console.errorUnless(force, message);
        }
    }

    private static @Nullable String expectation(PropertyCatalog.Property property, String value) {
        return switch (property.type()) {
            case "boolean" -> Words.isBoolean(value) ? null : Words.BOOLEANS;
            case "integer", "score" ->
                    Words.isScore(value) ? null : "an integer or INFINITY or -INFINITY";
            case "nonnegative_integer" ->
                    Words.isScore(value) && !value.startsWith("-")
                            ? null
                            : "a non-negative integer";
            case "percentage" ->
                    value.matches("[0-9]+%")
                            ? null
                            : "a non-negative integer followed by '%' (e.g. 0%, 50%, 200%, ...)";
            case "select" ->
                    property.values().contains(value) ? null : Words.list(property.values());
            case "timeout" -> Words.seconds(value) == null ? TIME : null;
            case "time", "duration" ->
                    Words.seconds(value) == null && !value.matches("P[0-9YMWDTHS.]+")
                            ? property.name().endsWith("-watchdog-timeout")
                                    ? TIME
                                    : "time interval (e.g. 1, 2s, 3m, 4h, ...) or ISO8601 duration"
                                            + " (e.g. PT1S, PT2M, PT3H, ...)"
                            : null;
            default -> null;
        };
    }
}
