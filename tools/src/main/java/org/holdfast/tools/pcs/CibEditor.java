package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.jspecify.annotations.Nullable;

/** The CIB while a command works on it: sections, ids, sets of name-value pairs. */
final class CibEditor {

    /** Tags of what pcs calls a resource. */
    static final String[] RESOURCE_TAGS = {"bundle", "clone", "group", "master", "primitive"};

    private static final List<String> SECTIONS =
            List.of(
                    "crm_config",
                    "nodes",
                    "resources",
                    "constraints",
                    "rsc_defaults",
                    "op_defaults",
                    "fencing-topology",
                    "acls",
                    "tags",
                    "alerts");

    private final CibSource source;
    private final Element loaded;
    private final Item root;
    private final Set<String> booked = new LinkedHashSet<>();

    CibEditor(CibSource source) {
        this.source = source;
        this.loaded = source.load();
        this.root = Item.of(loaded);
    }

    Item root() {
        return root;
    }

    boolean isLive() {
        return source.isLive();
    }

    /** Sends what was changed. */
    void push() {
        source.push(loaded, root.toElement());
    }

    Item configuration() {
        Item configuration = root.first("configuration");
        if (configuration == null) {
            throw PcsFailure.error("Unable to get 'configuration' section of cib");
        }
        return configuration;
    }

    /** A section of the configuration; made if it is missing, behind the others. */
    Item section(String tag) {
        Item found = configuration().first(tag);
        if (found != null) {
            return found;
        }
        if (!SECTIONS.contains(tag)) {
            throw new IllegalArgumentException("no section " + tag);
        }
        return configuration().append(new Item(tag));
    }

    Item resources() {
        return section("resources");
    }

    Item constraints() {
        return section("constraints");
    }

    /** The element of the configuration that has this id, or null. */
    @Nullable Item find(String id) {
        List<Item> found = configuration().all(item -> id.equals(item.get("id")));
        for (Item item : found) {
            if (!item.is("role", "obj_ref", "resource_ref") || item.parent() == null) {
                return item;
            }
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The resource of that id, or null. */
    @Nullable Item resource(String id) {
        for (Item item : resources().all(RESOURCE_TAGS)) {
            if (id.equals(item.get("id"))) {
                return item;
            }
        }
        return null;
    }

    boolean idExists(String id) {
        for (Item item : configuration().all(item -> id.equals(item.get("id")))) {
            // References carry the id of something else.
            boolean reference =
                    item.is("obj_ref", "resource_ref", "role")
                            && !(item.is("role")
                                    && item.parent() != null
                                    && item.parent().is("rsc_location"))
                            && !isAclRole(item);
            if (!reference) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAclRole(Item item) {
        return item.is("acl_role");
    }

    /** A new id like the proposed one, with a number behind it if that is taken. */
    String uniqueId(String proposal) {
        String id = proposal;
        for (int i = 1; booked.contains(id) || idExists(id); i++) {
            id = proposal + "-" + i;
        }
        booked.add(id);
        return id;
    }

    String subId(Item context, String suffix) {
        return uniqueId(Words.sanitizeId(context.get("id", context.tag()) + "-" + suffix, ""));
    }

    /** Appends a set with pairs sorted by name; pairs without a value are left out. */
    @Nullable Item appendSet(Item context, String setTag, Map<String, String> pairs) {
        Item set = new Item(setTag, "id", subId(context, setTag));
        new TreeMap<>(pairs).forEach((name, value) -> appendPair(set, name, value));
        return set.items().isEmpty() ? null : context.append(set);
    }

    void appendPair(Item set, String name, String value) {
        set.append(new Item("nvpair", "id", subId(set, name), "name", name, "value", value));
    }

    /** Sets pairs in the first set of a tag, made in front if there is none. Empty removes. */
    void updateFirstSet(Item context, String setTag, Map<String, String> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        Item set = context.first(setTag);
        if (set == null) {
            set = new Item(setTag, "id", subId(context, setTag));
        }
        updateSet(set, pairs);
        if (set.parent() == null && !set.items().isEmpty()) {
            context.prepend(set);
        }
    }

    /** Sets pairs in a set, in the order of their names. An empty value removes the pair. */
    void updateSet(Item set, Map<String, String> pairs) {
        new TreeMap<>(pairs)
                .forEach((name, value) -> {
                    List<Item> found = new ArrayList<>();
                    for (Item pair : set.items("nvpair")) {
                        if (name.equals(pair.get("name"))) {
                            found.add(pair);
                        }
                    }
                    if (found.isEmpty()) {
                        if (!value.isEmpty()) {
                            appendPair(set, name, value);
                        }
                    } else if (value.isEmpty()) {
                        found.getFirst().detach();
                    } else {
                        found.getFirst().set("value", value);
                    }
                });
    }

    /** Whether the schema of this CIB is at least of that version. */
    boolean schemaAtLeast(int major, int minor) {
        String[] parts =
                root.get("validate-with", "pacemaker-0.0").replace("pacemaker-", "").split("\\.");
        try {
            int own = Integer.parseInt(parts[0]);
            int ownMinor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return own > major || (own == major && ownMinor >= minor);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The role's name as this CIB's schema writes it. */
    String roleName(String role) {
        boolean newNames = schemaAtLeast(3, 7);
        return switch (role) {
            case "Promoted", "Master" -> newNames ? "Promoted" : "Master";
            case "Unpromoted", "Slave" -> newNames ? "Unpromoted" : "Slave";
            default -> role;
        };
    }
}
