package org.holdfast.tools.pcs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Removes elements together with all that refers to them or is nothing without them. */
final class References {

    private static final List<String> REFERRING =
            List.of("rsc", "with-rsc", "first", "then", "reference");

    private final CibEditor cib;
    private final Set<String> removed = new TreeSet<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final Map<String, Set<String>> references = new TreeMap<>();

    private References(CibEditor cib) {
        this.cib = cib;
    }

    /** What a removal took along. */
    record Removal(List<Item> resources, List<String> messages) {}

    /**
     * Removes elements and what depends on them from the CIB.
     *
     * @param ids what to remove; all must exist
     * @return the resources that are gone and what to tell the user about the rest
     */
    static Removal remove(CibEditor cib, List<String> ids) {
        References work = new References(cib);
        for (Item item : cib.configuration().all(item -> item.has("id"))) {
            if (!isReference(item)) {
                work.tags.putIfAbsent(item.id(), item.tag());
            }
        }
        List<Item> resources = work.run(ids);
        Set<String> dependent = new TreeSet<>(work.removed);
        ids.forEach(dependent::remove);
        List<String> messages = new ArrayList<>();
        if (!dependent.isEmpty()) {
            messages.add(
                    "Removing dependant "
                            + Words.plural(dependent, "element")
                            + ":\n"
                            + String.join("\n", work.lines("  ", dependent)));
        }
        work.references.values().forEach(from -> from.removeAll(work.removed));
        work.references.values().removeIf(Set::isEmpty);
        if (!work.references.isEmpty()) {
            StringBuilder text = new StringBuilder("Removing references:");
            work.references.forEach((id, from) -> {
                text.append("\n  ")
                        .append(capital(describe(work.tags.getOrDefault(id, "element"))))
                        .append(" '")
                        .append(id)
                        .append("' from:\n")
                        .append(String.join("\n", work.lines("    ", from)));
            });
            messages.add(text.toString());
        }
        return new Removal(resources, messages);
    }

    private List<Item> run(List<String> ids) {
        Deque<Item> work = new ArrayDeque<>();
        for (String id : ids) {
            Item item = cib.find(id);
            if (item != null) {
                work.add(item);
            }
        }
        List<Item> resources = new ArrayList<>();
        while (!work.isEmpty()) {
            Item item = work.removeFirst();
            String id = item.id();
            if (!isReference(item)) {
                if (!removed.add(id)) {
                    continue;
                }
                if (item.is(CibEditor.RESOURCE_TAGS)) {
                    resources.add(item);
                }
                work.addAll(referring(id));
                if (item.is(CibEditor.RESOURCE_TAGS)) {
                    work.addAll(item.items("primitive", "group"));
                }
                takeFromLevels(id, work);
            }
            Item parent = item.parent();
            if (parent != null) {
                if (isNothingWithout(parent)) {
                    work.add(parent);
                }
                item.detach();
                if (parent.has("id")) {
                    references.computeIfAbsent(id, _ -> new TreeSet<>()).add(parent.id());
                }
            }
        }
        return resources;
    }

    private static boolean isReference(Item item) {
        if (item.is("obj_ref", "resource_ref")) {
            return true;
        }
        Item parent = item.parent();
        return item.is("role") && parent != null && parent.is("acl_target", "acl_group");
    }

    private List<Item> referring(String id) {
        return cib.configuration()
                .all(item -> {
                    if (isReference(item)) {
                        return id.equals(item.get("id"));
                    }
                    boolean constraint =
                            item.is(
                                    "rsc_location",
                                    "rsc_colocation",
                                    "rsc_order",
                                    "rsc_ticket",
                                    "acl_permission");
                    return constraint
                            && REFERRING.stream().anyMatch(name -> id.equals(item.get(name)));
                });
    }

    private void takeFromLevels(String id, Deque<Item> work) {
        Item topology = cib.configuration().first("fencing-topology");
        if (topology == null) {
            return;
        }
        for (Item level : topology.items("fencing-level")) {
            List<String> devices = new ArrayList<>(List.of(level.get("devices", "").split(",")));
            if (devices.remove(id)) {
                references.computeIfAbsent(id, _ -> new TreeSet<>()).add(level.id());
                level.set("devices", String.join(",", devices));
                if (devices.isEmpty()) {
                    work.add(level);
                }
            }
        }
    }

    private static boolean isNothingWithout(Item parent) {
        return switch (parent.tag()) {
            case "clone", "master" -> true;
            case "group" -> parent.items("primitive").size() == 1;
            case "tag" -> parent.items("obj_ref").size() == 1;
            case "resource_set" -> parent.items("resource_ref").size() == 1;
            case "rsc_colocation", "rsc_order", "rsc_ticket" ->
                    parent.items("resource_set").size() == 1;
            case "rsc_location" ->
                    parent.items("rule").size() == 1 || parent.items("resource_set").size() == 1;
            default -> false;
        };
    }

    private List<String> lines(String indent, Set<String> ids) {
        Map<String, List<String>> byTag = new LinkedHashMap<>();
        for (String id : ids) {
            byTag.computeIfAbsent(tags.getOrDefault(id, "element"), _ -> new ArrayList<>()).add(id);
        }
        return byTag.entrySet().stream()
                .map(entry ->
                        indent
                                + capital(Words.plural(entry.getValue(), describe(entry.getKey())))
                                + ": "
                                + Words.list(entry.getValue()))
                .sorted()
                .toList();
    }

    private static String capital(String text) {
        return Operations.capitalize(text);
    }

    /** What pcs calls an element. */
    static String describe(String tag) {
        return switch (tag) {
            case "acl_group" -> "ACL group";
            case "acl_permission" -> "ACL permission";
            case "acl_role" -> "ACL role";
            case "acl_target" -> "ACL user";
            case "fencing-level" -> "fencing level";
            case "primitive" -> "resource";
            case "master" -> "clone";
            case "rsc_colocation" -> "colocation constraint";
            case "rsc_location" -> "location constraint";
            case "rsc_order" -> "order constraint";
            case "rsc_ticket" -> "ticket constraint";
            case "resource_set" -> "resource set";
            default -> tag;
        };
    }

    /** Removes all that refers to an element which is gone, saying so. */
    static void removeAllTo(CibEditor cib, String id, Console console) {
        References work = new References(cib);
        for (Item referring : work.referring(id)) {
            Item constraint =
                    referring.is("resource_ref")
                            ? referring.around(
                                    "rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket")
                            : referring;
            Item parent = referring.parent();
            if (referring.is("resource_ref") && parent != null) {
                boolean last = isNothingWithout(parent);
                referring.detach();
                if (last) {
                    parent.detach();
                    if (constraint != null && constraint.items("resource_set").isEmpty()) {
                        console.info("Removing Constraint - " + constraint.id());
                        constraint.detach();
                    }
                }
                continue;
            }
            if (constraint != null
                    && constraint.is("rsc_location", "rsc_colocation", "rsc_order", "rsc_ticket")) {
                console.info("Removing Constraint - " + constraint.id());
            }
            referring.detach();
            if (parent != null && parent.is("tag") && parent.items("obj_ref").isEmpty()) {
                parent.detach();
                removeAllTo(cib, parent.id(), console);
            }
        }
        Deque<Item> levels = new ArrayDeque<>();
        work.takeFromLevels(id, levels);
        levels.forEach(Item::detach);
        Item topology = cib.configuration().first("fencing-topology");
        if (topology != null && topology.items("fencing-level").isEmpty() && !levels.isEmpty()) {
            topology.detach();
        }
    }
}
