package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pcs resource create} was told behind the agent's name.
 *
 * @param attributes the agent's parameters
 * @param meta meta attributes
 * @param operations operations
 * @param group the group to put it into, or null
 * @param plainClone the clone to make of it, or null
 * @param promotable the promotable clone to make of it, or null
 * @param bundle the bundle to put it into, or null
 */
record CreateArguments(
        Map<String, String> attributes,
        Map<String, String> meta,
        List<Map<String, String>> operations,
        @Nullable Group group,
        @Nullable Clone plainClone,
        @Nullable Clone promotable,
        @Nullable String bundle) {

    private static final Set<String> INNER = Set.of("op", "meta");

    /** Place in a group. */
    record Group(String id, @Nullable String before, @Nullable String afterId) {

        @Nullable String adjacent() {
            return afterId != null ? afterId : before;
        }

        boolean after() {
            return afterId != null;
        }
    }

    /** A clone's id, null for the usual one, and its meta attributes. */
    record Clone(@Nullable String id, Map<String, String> meta) {}

    static CreateArguments parse(PcsRun run, List<String> arguments) {
        return new Parser(run, run.options().has("--future")).parse(arguments);
    }

    void check(boolean future) {
        int places = 0;
        for (Object place : new @Nullable Object[] {group, plainClone, promotable, bundle}) {
            places += place == null ? 0 : 1;
        }
        if (places > 1) {
            throw PcsFailure.usage(
                    "you can specify only one of clone, promotable, bundle or "
                            + (future ? "" : "--")
                            + "group");
        }
        if (group != null && group.before != null && group.afterId != null) {
            throw PcsFailure.usage(
                    future
                            ? "you cannot specify both 'before' and 'after'"
                            : "you cannot specify both --before and --after");
        }
        if (promotable != null && promotable.meta.containsKey("promotable")) {
            throw PcsFailure.usage(
                    "you cannot specify both promotable option and promotable keyword");
        }
    }

    /** The clone to make, with {@code promotable=true} if that was the keyword. */
    @Nullable Clone cloneOrPromotable() {
        if (promotable == null) {
            return plainClone;
        }
        Map<String, String> all = new LinkedHashMap<>(promotable.meta);
        all.put("promotable", "true");
        return new Clone(promotable.id, all);
    }

    private static final class Parser {

        private final PcsRun run;
        private final boolean future;
        private final List<String> attributes = new ArrayList<>();
        private final List<String> meta = new ArrayList<>();
        private final List<List<String>> operations = new ArrayList<>();

        Parser(PcsRun run, boolean future) {
            this.run = run;
            this.future = future;
        }

        CreateArguments parse(List<String> arguments) {
            Set<String> keywords =
                    future
                            ? Set.of("clone", "promotable", "bundle", "group")
                            : Set.of("clone", "promotable", "bundle");
            Keywords top = Keywords.group(arguments, keywords, "primitive");
            if (future) {
                top.onlyOnce(Set.of());
            }
            Keywords primitive = Keywords.group(top.flat("primitive"), INNER, "instance");
            attributes.addAll(primitive.flat("instance"));
            meta.addAll(primitive.flat("meta"));
            operations.addAll(primitive.each("op"));
            Group group = future ? newGroup(top) : oldGroup();
            Clone clone = clone(top, "clone");
            Clone promotable = clone(top, "promotable");
            String bundle = bundle(top);
            return new CreateArguments(
                    KeyValues.parse(attributes),
                    KeyValues.parse(meta),
                    Operations.parse(operations),
                    group,
                    clone,
                    promotable,
                    bundle);
        }

        private @Nullable Group newGroup(Keywords top) {
            if (!top.has("group")) {
                return null;
            }
            Keywords parts =
                    Keywords.group(
                            top.flat("group"), Set.of("before", "after", "op", "meta"), "id");
            refuse(parts, "group");
            if (parts.flat("id").size() != 1) {
                throw PcsFailure.usage("You have to specify exactly one group after 'group'");
            }
            return new Group(
                    parts.flat("id").getFirst(),
                    neighbour(parts, "before"),
                    neighbour(parts, "after"));
        }

        private static @Nullable String neighbour(Keywords parts, String where) {
            if (!parts.has(where)) {
                return null;
            }
            if (parts.flat(where).size() != 1) {
                throw PcsFailure.usage(
                        "You have to specify exactly one resource after '" + where + "'");
            }
            return parts.flat(where).getFirst();
        }

        private @Nullable Group oldGroup() {
            PcsOptions options = run.options();
            String group = options.value("--group");
            if (group == null) {
                for (String option : List.of("--before", "--after")) {
                    if (options.has(option)) {
                        throw PcsFailure.usage("you cannot use " + option + " without --group");
                    }
                }
                return null;
            }
            dashed("group");
            String before = options.value("--before");
            if (before != null) {
                dashed("before");
            }
            String after = options.value("--after");
            if (after != null) {
                dashed("after");
            }
            return new Group(group, before, after);
        }

        private void dashed(String option) {
            run.console()
                    .deprecated(
                            "Using '--"
                                    + option
                                    + "' is deprecated and will be replaced with '"
                                    + option
                                    + "' in a future release. Specify --future to switch to the"
                                    + " future behavior.");
        }

        private @Nullable Clone clone(Keywords top, String kind) {
            if (!top.has(kind)) {
                return null;
            }
            Keywords parts = Keywords.group(top.flat(kind), INNER, "options");
            List<String> options = parts.flat("options");
            String id = null;
            if (!options.isEmpty() && !options.getFirst().contains("=")) {
                id = options.removeFirst();
            }
            if (future) {
                if (!options.isEmpty()) {
                    throw PcsFailure.usage(
                            "Specifying instance attributes for a "
                                    + kind
                                    + " is not supported. Use 'meta' after '"
                                    + kind
                                    + "' if you want to specify meta attributes.");
                }
                if (parts.has("op")) {
                    throw PcsFailure.usage(
                            "op settings must be defined on the base resource, not the " + kind);
                }
                return new Clone(id, KeyValues.parse(parts.flat("meta")));
            }
            if (!options.isEmpty()) {
                deprecated(
                        "Configuring "
                                + kind
                                + " meta attributes without specifying the 'meta' keyword after"
                                + " the '"
                                + kind
                                + "' keyword is deprecated and will be removed in a future"
                                + " release.");
            }
            if (parts.has("op")) {
                deprecated(
                        "Specifying 'op' after '"
                                + kind
                                + "' now defines operations for the base resource. In a future"
                                + " release, this will be removed and operations will have to be"
                                + " specified before '"
                                + kind
                                + "'.");
                operations.addAll(parts.each("op"));
            }
            if (parts.has("meta")) {
                deprecated(
                        "Specifying 'meta' after '"
                                + kind
                                + "' now defines meta attributes for the base resource. In a future"
                                + " release, this will define meta attributes for the "
                                + kind
                                + ".");
                meta.addAll(parts.flat("meta"));
            }
            return new Clone(id, KeyValues.parse(options));
        }

        private @Nullable String bundle(Keywords top) {
            if (!top.has("bundle")) {
                return null;
            }
            Keywords parts = Keywords.group(top.flat("bundle"), INNER, "options");
            if (future) {
                refuse(parts, "bundle");
            } else {
                if (parts.has("meta")) {
                    deprecated(
                            "Specifying 'meta' after 'bundle' now defines meta options for the base"
                                    + " resource. In a future release, this will be removed and"
                                    + " meta options will have to be specified before 'bundle'.");
                    meta.addAll(parts.flat("meta"));
                }
                if (parts.has("op")) {
                    deprecated(
                            "Specifying 'op' after 'bundle' now defines operations for the base"
                                    + " resource. In a future release, this will be removed and"
                                    + " operations will have to be specified before 'bundle'.");
                    operations.addAll(parts.each("op"));
                }
            }
            if (parts.flat("options").size() != 1) {
                throw PcsFailure.usage("you have to specify exactly one bundle");
            }
            return parts.flat("options").getFirst();
        }

        private static void refuse(Keywords parts, String what) {
            if (parts.has("meta")) {
                throw PcsFailure.usage(
                        "meta options must be defined on the base resource, not the " + what);
            }
            if (parts.has("op")) {
                throw PcsFailure.usage(
                        "op settings must be defined on the base resource, not the " + what);
            }
        }

        private void deprecated(String message) {
            run.console()
                    .deprecated(message + " Specify --future to switch to the future behavior.");
        }
    }
}
