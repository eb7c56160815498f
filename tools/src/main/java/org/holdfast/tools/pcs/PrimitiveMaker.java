package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes a primitive and checks what the user wants of its agent. */
final class PrimitiveMaker {

    private PrimitiveMaker() {}

    /**
     * Appends a primitive to the resources.
     *
     * @param kind {@code resource} or {@code stonith}, for messages
     */
    static Item create(
            PcsRun run,
            CibEditor cib,
            Agent agent,
            String id,
            String kind,
            List<Map<String, String>> givenOperations,
            Map<String, String> meta,
            Map<String, String> attributes) {
        Console console = run.console();
        boolean force = run.options().force();
        if (cib.idExists(id)) {
            throw PcsFailure.error("'" + id + "' already exists");
        }
        String bad = Words.badId(id, kind + " name");
        if (bad != null) {
            throw PcsFailure.error(bad);
        }
        List<Map<String, String>> operations =
                Operations.prepare(
                        console,
                        cib,
                        agent,
                        givenOperations,
                        run.options().has("--no-default-ops"),
                        force);
        checkNewAttributes(console, cib, agent, attributes, force);
        if (meta.values().stream().anyMatch(value -> !value.isEmpty())) {
            ResourceMeta.warnUnknown(run, agent.name().isStonith(), meta);
        }
        console.stopOnErrors();
        Item primitive =
                new Item(
                        "primitive",
                        "id",
                        id,
                        "class",
                        agent.name().standard(),
                        "type",
                        agent.name().type());
        if (!agent.name().provider().isEmpty()) {
            primitive.set("provider", agent.name().provider());
        }
        cib.resources().append(primitive);
        if (!attributes.isEmpty()) {
            cib.appendSet(primitive, "instance_attributes", attributes);
        }
        if (!meta.isEmpty()) {
            cib.appendSet(primitive, "meta_attributes", meta);
        }
        Operations.append(cib, primitive, operations);
        return primitive;
    }

    private static void checkNewAttributes(
            Console console,
            CibEditor cib,
            Agent agent,
            Map<String, String> attributes,
            boolean force) {
        attributes.forEach((name, value) -> {
            if (value.isEmpty()) {
                console.error("'" + name + "' cannot be empty");
            }
        });
        if (agent.exists()) {
            checkNames(console, agent, attributes.keySet(), force);
            checkRequired(console, agent, attributes, Set.of(), force);
            warnDeprecated(console, agent, attributes);
        }
        checkFencingAction(console, agent, attributes, force);
        if (agent.exists()) {
            checkUnique(console, cib, agent, attributes, "", force);
        }
    }

    static void checkNames(Console console, Agent agent, Set<String> names, boolean force) {
        Set<String> unknown = new TreeSet<>(names);
        unknown.removeAll(agent.parameters().keySet());
        if (!unknown.isEmpty()) {
            console.errorUnless(
                    force, Words.badNames(unknown, type(agent), agent.parameters().keySet()));
        }
    }

    private static String type(Agent agent) {
        return agent.name().isStonith() ? "stonith" : "resource";
    }

    /**
     * Complains about required parameters that are missing.
     *
     * @param only if not empty, only parameters among these (or their older names) count
     */
    static void checkRequired(
            Console console,
            Agent agent,
            Map<String, String> attributes,
            Set<String> only,
            boolean force) {
        Set<String> missingAlone = new TreeSet<>();
        List<String> messages = new ArrayList<>();
        for (Agent.Parameter parameter : agent.parameters().values()) {
            if (!parameter.required() || parameter.deprecated()) {
                continue;
            }
            Set<String> names = new TreeSet<>(agent.olderNames(parameter.name()));
            boolean alone = names.isEmpty();
            Set<String> older = new TreeSet<>(names);
            names.add(parameter.name());
            if (!only.isEmpty() && names.stream().noneMatch(only::contains)) {
                continue;
            }
            boolean given =
                    names.stream().anyMatch(name -> !attributes.getOrDefault(name, "").isEmpty());
            if (given) {
                continue;
            }
            if (alone) {
                missingAlone.add(parameter.name());
            } else {
                List<String> offered = new ArrayList<>(names);
                offered.removeAll(older);
                messages.add(
                        offered.size() == 1
                                ? "required "
                                        + type(agent)
                                        + " option '"
                                        + offered.getFirst()
                                        + "' is missing"
                                : "at least one of "
                                        + type(agent)
                                        + " options "
                                        + Words.list(offered)
                                        + " has to be specified");
            }
        }
        messages.forEach(message -> console.errorUnless(force, message));
        if (!missingAlone.isEmpty()) {
            console.errorUnless(
                    force,
                    "required "
                            + type(agent)
                            + " "
                            + Words.plural(missingAlone, "option")
                            + " "
                            + Words.list(missingAlone)
                            + " "
                            + Words.plural(missingAlone, "is")
                            + " missing");
        }
    }

    static void warnDeprecated(Console console, Agent agent, Map<String, String> attributes) {
        for (Agent.Parameter parameter : agent.parameters().values()) {
            boolean fencingAction = agent.name().isStonith() && parameter.name().equals("action");
            if (!parameter.deprecated()
                    || fencingAction
                    || !attributes.containsKey(parameter.name())) {
                continue;
            }
            console.warn(
                    type(agent)
                            + " option '"
                            + parameter.name()
                            + "' is deprecated and might be removed in a future release, therefore"
                            + " it should not be used"
                            + (parameter.deprecatedBy().isEmpty()
                                    ? ""
                                    : ", use "
                                            + Words.list(parameter.deprecatedBy())
                                            + " instead"));
        }
    }

    static void checkFencingAction(
            Console console, Agent agent, Map<String, String> attributes, boolean force) {
        String action = attributes.getOrDefault("action", "");
        if (agent.name().isStonith() && !action.isEmpty()) {
            console.errorUnless(
                    force,
                    "stonith option 'action' is deprecated and might be removed in a future"
                            + " release, therefore it should not be used, use 'pcmk_off_action',"
                            + " 'pcmk_reboot_action' instead");
        }
    }

    static void checkUnique(
            Console console,
            CibEditor cib,
            Agent agent,
            Map<String, String> attributes,
            String ownId,
            boolean force) {
        agent.uniqueGroups()
                .forEach((group, names) -> {
                    Map<String, String> values = new TreeMap<>();
                    names.forEach(name -> values.put(name, attributes.getOrDefault(name, "")));
                    if (values.values().stream().allMatch(String::isEmpty)) {
                        return;
                    }
                    List<String> conflicts = conflicts(cib, agent, values, ownId);
                    if (!conflicts.isEmpty()) {
                        console.errorUnless(force, notUnique(agent, group, values, conflicts));
                    }
                });
    }

    private static List<String> conflicts(
            CibEditor cib, Agent agent, Map<String, String> values, String ownId) {
        Set<String> ids = new TreeSet<>();
        for (Item primitive : cib.resources().all("primitive")) {
            if (primitive.id().equals(ownId) || !AgentName.of(primitive).equals(agent.name())) {
                continue;
            }
            Map<String, String> theirs = new LinkedHashMap<>();
            values.keySet()
                    .forEach(name -> {
                        String value = primitive.nvpair("instance_attributes", name);
                        theirs.put(name, value == null ? "" : value);
                    });
            if (theirs.equals(values)) {
                ids.add(primitive.id());
            }
        }
        return List.copyOf(ids);
    }

    private static String notUnique(
            Agent agent, String group, Map<String, String> values, List<String> conflicts) {
        String where = " " + Words.plural(conflicts, "resource") + ": " + Words.list(conflicts);
        if (values.size() == 1) {
            Map.Entry<String, String> only = values.entrySet().iterator().next();
            return "Value '"
                    + only.getValue()
                    + "' of option '"
                    + only.getKey()
                    + "' is not unique across '"
                    + agent.name().full()
                    + "' resources. Following resources are configured with the same value of the"
                    + " instance attribute: "
                    + Words.list(conflicts);
        }
        List<String> names = List.copyOf(values.keySet());
        List<String> quoted = values.values().stream().map(value -> "'" + value + "'").toList();
        return "Value "
                + String.join(", ", quoted)
                + " of options "
                + Words.list(names)
                + " (group '"
                + group
                + "') is not unique across '"
                + agent.name().full()
                + "' resources. Following resources are configured with the same values of the"
                + " instance attributes:"
                + where.substring(where.indexOf(':') + 1);
    }
}
