package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.AgentCatalog;
import org.jspecify.annotations.Nullable;

/**
 * An agent's description, as far as pcs uses it.
 *
 * @param name which agent
 * @param exists false for one that was forced without a description
 * @param ocfVersion {@code 1.0} or {@code 1.1}
 * @param parameters by name, in the agent's order
 * @param actions in the agent's order
 */
record Agent(
        AgentName name,
        boolean exists,
        String ocfVersion,
        Map<String, Parameter> parameters,
        List<Action> actions) {

    /** Names of parameters that fence agents understand only on a command line. */
    private static final Set<String> INTERACTIVE_ONLY = new TreeSet<>(List.of("help", "version"));

    /**
     * A parameter.
     *
     * @param deprecatedBy parameters that replace it
     * @param uniqueGroup parameters of a group must not have equal values in two resources; null if
     *     it is in none
     */
    record Parameter(
            String name,
            boolean required,
            boolean deprecated,
            List<String> deprecatedBy,
            @Nullable String uniqueGroup) {}

    /** An action with what the agent suggests for it. */
    record Action(String name, Map<String, String> attributes) {

        String get(String attribute) {
            return attributes.getOrDefault(attribute, "");
        }
    }

    static Agent unknown(AgentName name) {
        return new Agent(name, false, "1.0", Map.of(), List.of());
    }

    /** The agent, or null if it does not describe itself. */
    static @Nullable Agent load(AgentCatalog catalog, AgentName name) {
        Element metadata = catalog.metadata(name.standard(), name.provider(), name.type());
        if (metadata == null) {
            return null;
        }
        Element version = metadata.first("version");
        String ocf = version == null ? "1.0" : version.text().strip();
        List<Action> actions = new ArrayList<>();
        Element list = metadata.first("actions");
        if (list != null) {
            for (Element action : list.elements("action")) {
                Map<String, String> attributes = new LinkedHashMap<>();
                action.forEachAttribute(attributes::put);
                actions.add(new Action(action.getOr("name", ""), attributes));
            }
        }
        Map<String, Parameter> parameters = parameters(metadata, ocf);
        if (List.of("heartbeat", "pacemaker").contains(name.provider())) {
            // Every agent built on the common shell functions can be traced.
            for (String trace : List.of("trace_ra", "trace_file")) {
                parameters.putIfAbsent(trace, new Parameter(trace, false, false, List.of(), null));
            }
        }
        return new Agent(
                name,
                true,
                ocf,
                name.isStonith() ? forFencing(catalog, parameters) : parameters,
                actions);
    }

    private static Map<String, Parameter> parameters(Element metadata, String ocf) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        Map<String, List<String>> obsoletedBy = new LinkedHashMap<>();
        Element list = metadata.first("parameters");
        if (list == null) {
            return found;
        }
        for (Element parameter : list.elements("parameter")) {
            String name = parameter.getOr("name", "");
            if (parameter.has("obsoletes") && !ocf.equals("1.1")) {
                obsoletedBy
                        .computeIfAbsent(parameter.getOr("obsoletes", ""), _ -> new ArrayList<>())
                        .add(name);
            }
            found.put(name, ocf.equals("1.1") ? modern(parameter) : classic(parameter));
        }
        obsoletedBy.forEach((old, by) -> {
            Parameter before = found.get(old);
            if (before != null) {
                found.put(
                        old,
                        new Parameter(
                                old, before.required, before.deprecated, by, before.uniqueGroup));
            }
        });
        return found;
    }

    private static Parameter modern(Element parameter) {
        String name = parameter.getOr("name", "");
        Element deprecated = parameter.first("deprecated");
        List<String> by = new ArrayList<>();
        if (deprecated != null) {
            deprecated.elements("replaced-with").forEach(e -> by.add(e.getOr("name", "")));
        }
        return new Parameter(
                name,
                parameter.getOr("required", "0").equals("1"),
                deprecated != null,
                by,
                parameter.get("unique-group"));
    }

    private static Parameter classic(Element parameter) {
        String name = parameter.getOr("name", "");
        return new Parameter(
                name,
                parameter.getOr("required", "0").equals("1"),
                parameter.getOr("deprecated", "0").equals("1"),
                List.of(),
                parameter.getOr("unique", "0").equals("1") ? "pcs unique group " + name : null);
    }

    private static Map<String, Parameter> forFencing(
            AgentCatalog catalog, Map<String, Parameter> own) {
        Map<String, Parameter> all = new LinkedHashMap<>();
        Set<String> port = replacementsOf("port", own);
        own.forEach((name, parameter) -> {
            if (INTERACTIVE_ONLY.contains(name)) {
                return;
            }
            boolean action = name.equals("action");
            List<String> by = new ArrayList<>();
            if (action) {
                by.addAll(List.of("pcmk_off_action", "pcmk_reboot_action"));
            }
            by.addAll(parameter.deprecatedBy);
            all.put(
                    name,
                    new Parameter(
                            name,
                            parameter.required && !action && !port.contains(name),
                            parameter.deprecated || action,
                            by,
                            parameter.uniqueGroup));
        });
        Element common = catalog.metadata("holdfast", "", "fencing");
        if (common != null) {
            parameters(common, "1.1").forEach(all::putIfAbsent);
        }
        return all;
    }

    private static Set<String> replacementsOf(String start, Map<String, Parameter> parameters) {
        Set<String> found = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(List.of(start));
        while (!next.isEmpty()) {
            String name = next.removeFirst();
            Parameter parameter = parameters.get(name);
            if (parameter != null && found.add(name)) {
                next.addAll(parameter.deprecatedBy);
            }
        }
        return found;
    }

    /** The old names by which a parameter may be given as well, however indirectly. */
    Set<String> olderNames(String name) {
        Set<String> found = new TreeSet<>();
        List<String> next = new ArrayList<>(List.of(name));
        while (!next.isEmpty()) {
            String newer = next.removeFirst();
            for (Parameter parameter : parameters.values()) {
                if (parameter.deprecatedBy.contains(newer) && found.add(parameter.name)) {
                    next.add(parameter.name);
                }
            }
        }
        return found;
    }

    /** Groups of parameters whose values must not be equal in two resources. */
    Map<String, List<String>> uniqueGroups() {
        Map<String, List<String>> groups = new TreeMap<>();
        for (Parameter parameter : parameters.values()) {
            if (parameter.uniqueGroup != null) {
                groups.computeIfAbsent(parameter.uniqueGroup, _ -> new ArrayList<>())
                        .add(parameter.name);
            }
        }
        return groups;
    }

    boolean providesPromotion() {
        Set<String> names = new TreeSet<>();
        actions.forEach(action -> names.add(action.name));
        return names.containsAll(List.of("promote", "demote"));
    }

    boolean validatesItself() {
        return actions.stream().anyMatch(action -> action.name.equals("validate-all"));
    }
}
