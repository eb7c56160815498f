package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code pcs resource enable|disable|manage|unmanage}. */
final class ResourceSwitches {

    private ResourceSwitches() {}

    static void enable(PcsRun run, List<String> arguments) {
        run.options().allowOnly("--wait", "-f");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage("You must specify resource(s) to enable");
        }
        StonithCheck.refuse(run, arguments, "pcs stonith enable");
        enableAll(run, arguments);
    }

    static void enableAll(PcsRun run, List<String> arguments) {
        Set<Item> all = new LinkedHashSet<>();
        begin(run, arguments).forEach(item -> all.addAll(toEnable(item)));
        switchAll(run, List.copyOf(all), Map.of("target-role", ""));
    }

    static void disable(PcsRun run, List<String> arguments) {
        if (arguments.isEmpty()) {
            throw PcsFailure.usage("You must specify resource(s) to disable");
        }
        StonithCheck.refuse(run, arguments, "pcs stonith disable");
        disableAll(run, arguments);
    }

    static void disableAll(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly(
                "-f", "--force", "--brief", "--safe", "--simulate", "--no-strict", "--wait");
        options.exclusive("-f", "--simulate", "--wait");
        options.incompatible("--simulate", List.of("-f", "--safe", "--wait"));
        options.incompatible("--safe", List.of("-f", "--simulate"));
        options.incompatible("--no-strict", List.of("-f"));
        if (arguments.isEmpty()) {
            throw PcsFailure.usage("You must specify resource(s) to disable");
        }
        if (options.has("--brief")) {
            throw PcsFailure.usage("'--brief' cannot be used without '--simulate' or '--safe'");
        }
        switchAll(run, begin(run, arguments), Map.of("target-role", "Stopped"));
    }

    /** The resources that were named, tags replaced by what they stand for. */
    private static List<Item> begin(PcsRun run, List<String> ids) {
        ResourceCreate.warnWait(run);
        WaitForIdle.check(run);
        return expand(run, ids);
    }

    static List<Item> expand(PcsRun run, List<String> ids) {
        CibEditor cib = run.cib();
        Set<Item> found = new LinkedHashSet<>();
        for (String id : ids) {
            Item tag = tag(cib, id);
            if (tag != null) {
                for (Item reference : tag.items("obj_ref")) {
                    Item resource = cib.resource(reference.id());
                    if (resource != null) {
                        found.add(resource);
                    }
                }
                continue;
            }
            Item resource = cib.resource(id);
            if (resource != null) {
                found.add(resource);
            } else {
                run.console().error(missing(cib, id));
            }
        }
        return List.copyOf(found);
    }

    private static @org.jspecify.annotations.Nullable Item tag(CibEditor cib, String id) {
        Item tags = cib.configuration().first("tags");
        if (tags == null) {
            return null;
        }
        return tags.items("tag").stream()
                .filter(tag -> tag.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static String missing(CibEditor cib, String id) {
        Item other = cib.find(id);
        if (other == null) {
            return "bundle / clone / group / resource / tag '" + id + "' does not exist";
        }
        return "'" + id + "' is not a bundle / clone / group / resource / tag";
    }

    private static List<Item> toEnable(Item item) {
        List<Item> all = new ArrayList<>(List.of(item));
        if (item.is("bundle")) {
            all.addAll(item.items("primitive"));
        } else if (item.is("clone", "master")) {
            all.addAll(item.items("primitive", "group"));
        } else if (item.parent() != null && item.parent().is("clone", "master", "bundle")) {
            all.add(item.parent());
        }
        return all;
    }

    private static void switchAll(PcsRun run, List<Item> items, Map<String, String> meta) {
        CibEditor cib = run.cib();
        for (Item item : items) {
            if (!isManaged(cib, item)) {
                run.console().warn("'" + item.id() + "' is unmanaged");
            }
            cib.updateFirstSet(item, "meta_attributes", meta);
        }
        run.console().stopOnErrors();
        cib.push();
        WaitForIdle.run(run);
    }

    /** Whether the cluster acts on a resource: neither it nor what is around it forbids that. */
    static boolean isManaged(CibEditor cib, Item item) {
        for (Item at = item; at != null && !at.is("resources"); at = at.parent()) {
            if (!Words.isTrue(at.meta("is-managed", "true"))
                    || Words.isTrue(at.meta("maintenance", "false"))) {
                return false;
            }
        }
        List<Item> inner = item.items("primitive", "group");
        if (!item.is("primitive") && !inner.isEmpty()) {
            boolean allUnmanaged = inner.stream().noneMatch(child -> ownManaged(child));
            if (allUnmanaged) {
                return false;
            }
        }
        String mode =
                cib.section("crm_config").all("nvpair").stream()
                        .filter(pair -> "maintenance-mode".equals(pair.get("name")))
                        .map(pair -> pair.get("value", "false"))
                        .findFirst()
                        .orElse("false");
        return !Words.isTrue(mode);
    }

    private static boolean ownManaged(Item item) {
        if (!Words.isTrue(item.meta("is-managed", "true"))) {
            return false;
        }
        List<Item> inner = item.items("primitive", "group");
        return inner.isEmpty() || inner.stream().anyMatch(ResourceSwitches::ownManaged);
    }

    static void manage(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--monitor");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage("You must specify resource(s) to manage");
        }
        CibEditor cib = run.cib();
        Set<Item> all = new LinkedHashSet<>();
        List<Item> named = expand(run, arguments);
        run.console().stopOnErrors();
        named.forEach(item -> all.addAll(toManage(cib, item)));
        Set<Item> primitives = new LinkedHashSet<>();
        for (Item item : all) {
            cib.updateFirstSet(item, "meta_attributes", Map.of("is-managed", ""));
        }
        named.forEach(item -> primitives.addAll(primitives(item)));
        for (Item primitive : primitives) {
            List<Item> monitors = monitors(primitive);
            if (run.options().has("--monitor")) {
                monitors.forEach(op -> op.unset("enabled"));
            } else if (!monitors.isEmpty()
                    && monitors.stream().noneMatch(op -> Words.isTrue(op.get("enabled", "true")))) {
                run.console()
                        .warn(
                                "Resource '"
                                        + primitive.id()
                                        + "' has no enabled monitor operations. Re-run with"
                                        + " '--monitor' to enable them.");
            }
        }
        cib.push();
    }

    static void unmanage(PcsRun run, List<String> arguments) {
        run.options().allowOnly("-f", "--monitor");
        if (arguments.isEmpty()) {
            throw PcsFailure.usage("You must specify resource(s) to unmanage");
        }
        CibEditor cib = run.cib();
        Set<Item> all = new LinkedHashSet<>();
        List<Item> named = expand(run, arguments);
        run.console().stopOnErrors();
        named.forEach(item -> all.addAll(toUnmanage(item)));
        for (Item item : all) {
            cib.updateFirstSet(item, "meta_attributes", Map.of("is-managed", "false"));
        }
        if (run.options().has("--monitor")) {
            for (Item item : all) {
                primitives(item)
                        .forEach(primitive ->
                                monitors(primitive).forEach(op -> op.set("enabled", "false")));
            }
        }
        cib.push();
    }

    private static List<Item> toManage(CibEditor cib, Item item) {
        List<Item> all = new ArrayList<>(List.of(item));
        for (Item at = item.parent(); at != null && !at.is("resources"); at = at.parent()) {
            all.add(at);
        }
        all.addAll(item.all("group", "primitive"));
        return all;
    }

    private static List<Item> toUnmanage(Item item) {
        if (item.is("bundle")) {
            List<Item> all = new ArrayList<>(List.of(item));
            all.addAll(item.items("primitive"));
            return all;
        }
        if (item.is("primitive")) {
            return List.of(item);
        }
        return item.all("primitive");
    }

    private static List<Item> primitives(Item item) {
        return item.is("primitive") ? List.of(item) : item.all("primitive");
    }

    private static List<Item> monitors(Item primitive) {
        Item operations = primitive.first("operations");
        if (operations == null) {
            return List.of();
        }
        return operations.items("op").stream()
                .filter(op -> "monitor".equals(op.get("name")))
                .toList();
    }
}
