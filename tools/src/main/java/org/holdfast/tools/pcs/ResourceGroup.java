package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code pcs resource group add|list|remove}. */
final class ResourceGroup {

    private ResourceGroup() {}

    static void add(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("--wait", "-f", "--after", "--before");
        if (arguments.size() < 2) {
            throw PcsFailure.usage();
        }
        if (options.has("--after") && options.has("--before")) {
            throw PcsFailure.usage("you cannot specify both --before and --after");
        }
        ResourceCreate.warnWait(run);
        WaitForIdle.check(run);
        Console console = run.console();
        CibEditor cib = run.cib();
        String adjacentId =
                options.has("--after") ? options.value("--after") : options.value("--before");
        Item adjacent = null;
        if (adjacentId != null) {
            adjacent = cib.find(adjacentId);
            if (adjacent == null) {
                console.error("'" + adjacentId + "' does not exist");
                throw PcsFailure.errorsOccurred();
            }
        }
        String groupId = arguments.getFirst();
        Item group = cib.find(groupId);
        if (group == null) {
            String bad = Words.badId(groupId, "group name");
            if (bad != null) {
                console.error(bad);
            }
            group = cib.resources().append(new Item("group", "id", groupId));
        }
        List<Item> resources = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : arguments.subList(1, arguments.size())) {
            Item resource = cib.find(id);
            if (resource == null) {
                missing.add(id);
            } else {
                resources.add(resource);
            }
        }
        missing.forEach(id -> console.error("'" + id + "' does not exist"));
        checkMove(console, group, resources, adjacent);
        console.stopOnErrors();
        move(group, resources, adjacent, options.has("--after"));
        cib.push();
        WaitForIdle.run(run);
    }

    /** Complains about what cannot be put into a group. */
    static void checkMove(
            Console console, Item group, List<Item> resources, @Nullable Item adjacent) {
        for (Item resource : resources) {
            checkOne(console, resource);
        }
        if (!group.is("group")) {
            console.error("'" + group.id() + "' is not a group");
            return;
        }
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new TreeSet<>();
        resources.forEach(resource -> {
            if (!seen.add(resource.id())) {
                twice.add(resource.id());
            }
        });
        Set<String> already = new TreeSet<>();
        group.items("primitive").forEach(member -> already.add(member.id()));
        already.retainAll(seen);
        if (!twice.isEmpty()) {
            console.error("Resources specified more than once: " + Words.list(twice));
        }
        boolean reorder = adjacent != null;
        if (!already.isEmpty() && !reorder) {
            console.error(
                    "Cannot add "
                            + Words.plural(already, "resource")
                            + " "
                            + Words.list(already)
                            + ", "
                            + Words.plural(already, "it")
                            + " "
                            + Words.plural(already, "is")
                            + " already present in group '"
                            + group.id()
                            + "'");
        }
        if (adjacent != null) {
            if (adjacent.parent() != group) {
                console.error(
                        "There is no resource '"
                                + adjacent.id()
                                + "' in the group '"
                                + group.id()
                                + "', cannot add resources next to it");
            }
            if (seen.contains(adjacent.id())) {
                console.error("Cannot put resource '" + adjacent.id() + "' next to itself");
            }
        }
    }

    private static void checkOne(Console console, Item resource) {
        String id = resource.id();
        if (!resource.is(CibEditor.RESOURCE_TAGS)) {
            console.error("'" + id + "' is not a resource");
        } else if (!resource.is("primitive")) {
            console.error(
                    "'"
                            + id
                            + "' is a "
                            + resource.tag()
                            + " resource, "
                            + resource.tag()
                            + " resources cannot be put into a group");
        } else if (StonithCheck.isStonith(resource)) {
            console.error(
                    "'"
                            + id
                            + "' is a stonith resource, stonith resources cannot be put into a group");
        } else {
            Item parent = resource.parent();
            if (parent != null && parent.is("clone", "master", "bundle")) {
                console.error(
                        "'"
                                + id
                                + "' cannot be put into a group because its parent '"
                                + parent.id()
                                + "' is a "
                                + parent.tag()
                                + " resource");
            }
        }
    }

    /** Puts resources into a group; a group that they leave empty goes away. */
    static void move(Item group, List<Item> resources, @Nullable Item adjacent, boolean after) {
        Item beside = adjacent;
        for (Item resource : resources) {
            Item before = resource.parent();
            if (beside != null && after) {
                group.insertAfter(beside, resource);
                beside = resource;
            } else if (beside != null && adjacent != null) {
                group.insertBefore(adjacent, resource);
            } else {
                group.append(resource);
            }
            if (before != null
                    && before.is("group")
                    && before != group
                    && before.items("primitive").isEmpty()) {
                Item around = before.parent();
                (around != null && around.is("clone", "master") ? around : before).detach();
            }
        }
    }

    static void list(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f");
        if (!arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        for (Item group : run.cib().resources().all("group")) {
            List<String> members = group.items("primitive").stream().map(Item::id).toList();
            run.console().print(group.id() + ": " + String.join(" ", members));
        }
    }

    static void remove(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--wait", "-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage();
        }
        WaitForIdle.check(run);
        CibEditor cib = run.cib();
        String groupId = arguments.getFirst();
        Item group = null;
        for (Item candidate : cib.resources().all("group")) {
            if (candidate.id().equals(groupId)) {
                group = candidate;
            }
        }
        if (group == null) {
            throw PcsFailure.error("Group '" + groupId + "' does not exist");
        }
        List<Item> members = membersToRemove(group, arguments.subList(1, arguments.size()));
        Item around = group.parent();
        boolean all = group.items("primitive").size() == members.size();
        if (around != null && around.is("clone", "master") && all && members.size() > 1) {
            throw PcsFailure.error("Cannot remove all resources from a cloned group");
        }
        Item place = around;
        if (all && around != null && around.is("clone", "master")) {
            place = around;
        } else if (around != null) {
            place = around.is("clone", "master") ? around.parent() : around;
        }
        if (place == null) {
            return;
        }
        for (Item member : members) {
            place.append(member);
        }
        if (all) {
            group.detach();
            References.removeAllTo(cib, groupId, run.console());
        }
        cib.push();
        WaitForIdle.run(run);
    }

    private static List<Item> membersToRemove(Item group, List<String> ids) {
        if (ids.isEmpty()) {
            return group.items("primitive");
        }
        List<Item> members = new ArrayList<>();
        for (String id : ids) {
            members.add(
                    group.items("primitive").stream()
                            .filter(member -> member.id().equals(id))
                            .findFirst()
                            .orElseThrow(() ->
                                    PcsFailure.error(
                                            "Resource '"
                                                    + id
                                                    + "' does not exist or is not in"
                                                    + " group '"
                                                    + group.id()
                                                    + "'")));
        }
        return members;
    }
}
