package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code pcs resource clone|promotable|unclone}. */
final class ResourceClone {

    private ResourceClone() {}

    static void clone(PcsRun run, List<String> arguments) {
        create(run, arguments, false);
    }

    static void promotable(PcsRun run, List<String> arguments) {
        create(run, arguments, true);
    }

    private static void create(PcsRun run, List<String> arguments, boolean promotable) {
        run.options().allowOnly("-f", "--force", "--wait");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        String name = arguments.getFirst();
        CibEditor cib = run.cib();
        ResourceCreate.warnWait(run);
        WaitForIdle.check(run);
        Item element = cib.resource(name);
        if (element == null || !element.is("primitive", "group")) {
            throw PcsFailure.error("unable to find group or resource: " + name);
        }
        Item parent = element.parent();
        if (parent == null) {
            return;
        }
        if (parent.is("bundle")) {
            throw PcsFailure.error("cannot clone bundle resource");
        }
        Item around = element.around("clone", "master");
        if (around != null) {
            throw PcsFailure.error(
                    element.is("group")
                            ? "cannot clone a group that has already been cloned"
                            : name + " is already a clone resource");
        }
        if (parent.is("group") && parent.items("primitive").size() == 1) {
            parent.detach();
        }
        List<String> words = new ArrayList<>(arguments.subList(1, arguments.size()));
        String cloneId = cloneId(words);
        Map<String, String> meta = meta(run, words, promotable);
        check(run, element, meta);
        if (cloneId.isEmpty()) {
            cloneId = cib.uniqueId(name + "-clone");
        } else {
            checkId(cib, cloneId);
        }
        Item clone = cib.resources().append(new Item("clone", "id", cloneId));
        clone.append(element);
        boolean given =
                meta.entrySet().stream()
                        .anyMatch(entry ->
                                !entry.getValue().isEmpty()
                                        && !(promotable && entry.getKey().equals("promotable")));
        if (given) {
            run.console().warn(ResourceMeta.notValidated("clone"));
        }
        if (!meta.isEmpty()) {
            Item set =
                    new Item("meta_attributes", "id", cib.uniqueId(cloneId + "-meta_attributes"));
            cib.updateSet(set, meta);
            if (!set.items().isEmpty()) {
                clone.append(set);
            }
        }
        moveConstraints(cib, name, cloneId);
        cib.push();
        WaitForIdle.run(run);
    }

    private static String cloneId(List<String> words) {
        boolean hasId =
                !words.isEmpty()
                        && !words.getFirst().contains("=")
                        && !Set.of("op", "meta").contains(words.getFirst());
        return hasId ? words.removeFirst() : "";
    }

    private static void checkId(CibEditor cib, String id) {
        if (Words.badId(id, "id") != null) {
            throw PcsFailure.usage("invalid id '" + id + "'");
        }
        if (cib.idExists(id)) {
            throw PcsFailure.usage("id '" + id + "' already exists");
        }
    }

    private static Map<String, String> meta(PcsRun run, List<String> words, boolean promotable) {
        Keywords groups = Keywords.group(words, Set.of("op", "meta"), "options");
        if (groups.has("op")) {
            throw PcsFailure.usage("op settings must be changed on base resource, not the clone");
        }
        if (groups.has("options")) {
            run.console()
                    .deprecated(
                            "configuring meta attributes without specifying the 'meta' keyword is"
                                    + " deprecated and will be removed in a future release");
        }
        List<String> all = groups.flat("options");
        all.addAll(groups.flat("meta"));
        Map<String, String> meta = new TreeMap<>(KeyValues.parse(all));
        if (promotable) {
            if (meta.containsKey("promotable")) {
                throw PcsFailure.usage(
                        "you cannot specify both promotable option and promotable keyword");
            }
            meta.put("promotable", "true");
        }
        return meta;
    }

    /** Complains about agents that cannot do what the clone's options ask of them. */
    private static void check(PcsRun run, Item element, Map<String, String> meta) {
        Console console = run.console();
        boolean force = run.options().force();
        if (StonithCheck.isStonith(element)) {
            console.errorUnless(
                    force,
                    "No need to clone stonith resource '"
                            + element.id()
                            + "', any node can use a stonith resource (unless specifically banned)"
                            + " regardless of whether the stonith resource is running on that node"
                            + " or not");
            if (console.hasErrors()) {
                throw PcsFailure.exit(1);
            }
        }
        String group = element.is("group") ? element.id() : "";
        List<Item> primitives = element.is("group") ? element.items("primitive") : List.of(element);
        for (Item primitive : primitives) {
            AgentName agentName = AgentName.of(primitive);
            if (!agentName.standard().equals("ocf")) {
                for (String option : List.of("globally-unique", "promotable")) {
                    if (Words.isTrue(meta.getOrDefault(option, "0"))) {
                        console.error(incompatible(option, agentName, primitive, group));
                        break;
                    }
                }
                continue;
            }
            Agent agent = Agent.load(run.agents(), agentName);
            if (agent == null) {
                console.errorUnless(force, ResourceCreate.notFound(agentName));
            } else if (agent.ocfVersion().equals("1.1")
                    && Words.isTrue(meta.getOrDefault("promotable", "0"))
                    && !agent.providesPromotion()) {
                console.errorUnless(force, incompatible("promotable", agentName, primitive, group));
            }
        }
        if (console.hasErrors()) {
            throw PcsFailure.exit(1);
        }
    }

    private static String incompatible(
            String option, AgentName agent, Item primitive, String group) {
        return ResourceCreate.incompatible(option, agent)
                + " of resource '"
                + primitive.id()
                + "'"
                + (group.isEmpty() ? "" : " in group '" + group + "'");
    }

    /** Constraints that named the resource name its clone from now on. */
    private static void moveConstraints(CibEditor cib, String from, String to) {
        for (Item constraint : cib.constraints().items(ConstraintRemove.TAGS)) {
            for (String attribute : List.of("rsc", "with-rsc", "first", "then")) {
                if (from.equals(constraint.get(attribute))) {
                    constraint.set(attribute, to);
                }
            }
        }
    }

    static void unclone(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--wait");
        if (arguments.size() != 1) {
            throw PcsFailure.usage();
        }
        String name = arguments.getFirst();
        CibEditor cib = run.cib();
        Item resource = cib.resource(name);
        if (resource != null && resource.is("clone", "master")) {
            resource = resource.first("primitive", "group");
        }
        if (resource == null || resource.is("bundle")) {
            throw PcsFailure.error("could not find resource: " + name);
        }
        Item clone = resource.around("clone", "master");
        if (clone == null) {
            throw PcsFailure.error("'" + name + "' is not a clone resource");
        }
        ResourceCreate.warnWait(run);
        WaitForIdle.check(run);
        Item child = clone.first("primitive", "group");
        Item place = clone.parent();
        boolean oneOfMany =
                child != null
                        && child.is("group")
                        && !resource.is("group")
                        && child.items("primitive").size() > 1;
        if (oneOfMany) {
            cib.resources().append(resource);
        } else if (place != null) {
            References.removeAllTo(cib, clone.id(), new Console(nowhere(), nowhere()));
            place.append(resource);
            clone.detach();
        }
        cib.push();
        WaitForIdle.run(run);
    }

    private static java.io.PrintStream nowhere() {
        return new java.io.PrintStream(
                java.io.OutputStream.nullOutputStream(),
                false,
                java.nio.charset.StandardCharsets.UTF_8);
    }
}
