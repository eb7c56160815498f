package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code pcs resource update}. */
final class ResourceUpdate {

    private final PcsRun run;
    private final CibEditor cib;
    private final List<String> values = new ArrayList<>();
    private final List<List<String>> operations = new ArrayList<>();
    private final List<String> meta = new ArrayList<>();

    private ResourceUpdate(PcsRun run) {
        this.run = run;
        this.cib = run.cib();
    }

    static void run(PcsRun run, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        StonithCheck.refuse(run, arguments.subList(0, 1), "pcs stonith update");
        run.options().allowOnly("-f", "--wait", "--force", "--agent-validation");
        if (arguments.size() < 2) {
            throw PcsFailure.usage();
        }
        ResourceCreate.warnWait(run);
        WaitForIdle.check(run);
        ResourceUpdate update = new ResourceUpdate(run);
        update.parse(arguments.subList(1, arguments.size()));
        update.apply(arguments.getFirst());
        WaitForIdle.run(run);
    }

    private void parse(List<String> arguments) {
        String mode = "values";
        for (String argument : arguments) {
            if (argument.equals("op")) {
                mode = "op";
                operations.add(new ArrayList<>());
            } else if (argument.equals("meta")) {
                mode = "meta";
            } else if (mode.equals("op")) {
                if (!argument.contains("=") && !operations.getLast().isEmpty()) {
                    operations.add(new ArrayList<>());
                }
                operations.getLast().add(argument);
            } else if (mode.equals("values")) {
                values.add(argument);
            } else if (argument.contains("=")) {
                meta.add(argument);
            }
        }
    }

    private void apply(String id) {
        Item primitive = ResourceOperations.primitive(run, id);
        if (primitive == null) {
            Item resource = cib.resource(id);
            if (resource == null || !resource.is("clone", "master")) {
                throw PcsFailure.error("Unable to find resource: " + id);
            }
            List<String> all = new ArrayList<>(values);
            all.addAll(meta);
            updateSet(resource, "meta_attributes", ResourceOperations.pairs(all));
            cib.push();
            return;
        }
        Map<String, String> parameters = ResourceOperations.pairs(values);
        Agent agent = check(primitive, parameters);
        updateSet(primitive, "instance_attributes", parameters);
        Map<String, String> metaValues = KeyValues.parse(meta);
        String guest = primitive.meta("remote-node", "");
        if (!guest.equals(metaValues.getOrDefault("remote-node", ""))) {
            ResourceMeta.checkGuest(run, metaValues, true);
            if (run.console().hasErrors()) {
                throw PcsFailure.exit(1);
            }
        }
        if (metaValues.values().stream().anyMatch(value -> !value.isEmpty())) {
            run.console()
                    .warn(
                            "Meta attributes are not validated by this command. For validation,"
                                    + " please use 'pcs resource meta' instead.");
        }
        updateSet(primitive, "meta_attributes", metaValues);
        for (List<String> operation : operations) {
            update(primitive, agent, operation);
        }
        cib.push();
    }

    private @Nullable Agent check(Item primitive, Map<String, String> parameters) {
        AgentName name = AgentName.of(primitive);
        Console console = run.console();
        boolean force = run.options().force();
        Agent agent = Agent.load(run.agents(), name);
        if (agent == null) {
            console.errorUnless(force, ResourceCreate.notFound(name));
        } else {
            Map<String, String> now = current(primitive);
            Set<String> added = new TreeSet<>(parameters.keySet());
            added.removeAll(now.keySet());
            PrimitiveMaker.checkNames(console, agent, added, force);
            Map<String, String> set = new LinkedHashMap<>(parameters);
            set.values().removeIf(String::isEmpty);
            PrimitiveMaker.warnDeprecated(console, agent, set);
            Map<String, String> result = new LinkedHashMap<>(now);
            result.putAll(parameters);
            result.values().removeIf(String::isEmpty);
            if (!parameters.isEmpty()) {
                PrimitiveMaker.checkRequired(
                        console, agent, result, new TreeSet<>(parameters.keySet()), force);
            }
            PrimitiveMaker.checkUnique(console, cib, agent, parameters, primitive.id(), force);
        }
        if (console.hasErrors()) {
            throw PcsFailure.exit(1);
        }
        return agent;
    }

    private static Map<String, String> current(Item primitive) {
        Map<String, String> values = new LinkedHashMap<>();
        Item set = primitive.first("instance_attributes");
        if (set != null) {
            set.items("nvpair")
                    .forEach(pair -> values.put(pair.get("name", ""), pair.get("value", "")));
        }
        return values;
    }

    /** Sets pairs in the first set, in the order given; a set is made behind the others. */
    private void updateSet(Item resource, String tag, Map<String, String> pairs) {
        boolean removesOnly = pairs.values().stream().allMatch(String::isEmpty);
        Item set = resource.first(tag);
        if (pairs.isEmpty() || (set == null && removesOnly)) {
            return;
        }
        Item target =
                set != null
                        ? set
                        : resource.append(
                                new Item(tag, "id", cib.uniqueId(resource.id() + "-" + tag)));
        pairs.forEach((name, value) -> cib.updateSet(target, Map.of(name, value)));
    }

    private void update(Item primitive, @Nullable Agent agent, List<String> operation) {
        if (operation.isEmpty()) {
            return;
        }
        String name = operation.getFirst();
        if (name.contains("=")) {
            throw PcsFailure.error(name + " does not appear to be a valid operation action");
        }
        if (operation.size() < 2) {
            return;
        }
        String role =
                cib.roleName(
                        ResourceOperations.pairs(operation.subList(1, operation.size()))
                                .getOrDefault("role", ""));
        Item list = primitive.first("operations");
        Item old = null;
        Item next = null;
        if (list != null) {
            for (Item other : list.items("op")) {
                if (old != null) {
                    next = other;
                    break;
                }
                if (name.equals(other.get("name"))
                        && role.equals(cib.roleName(other.get("role", "")))) {
                    old = other;
                }
            }
        }
        if (old != null) {
            old.detach();
        }
        ResourceOperations.add(run, primitive, agent, operation, false, next);
    }
}
