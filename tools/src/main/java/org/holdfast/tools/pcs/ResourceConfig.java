package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code pcs resource config} and {@code pcs stonith config}, as text. */
final class ResourceConfig {

    private static final String[] OP_ORDER = {"start-delay", "interval-origin"};

    private ResourceConfig() {}

    static void run(PcsRun run, List<String> arguments) {
        print(run, arguments, false);
    }

    static void stonith(PcsRun run, List<String> arguments) {
        print(run, arguments, true);
    }

    private static void print(PcsRun run, List<String> arguments, boolean stonith) {
        PcsOptions options = run.options();
        options.allowOnly("-f", "--show-secrets", "--output-format");
        options.outputFormat("text", "cmd", "json");
        List<Item> top = run.cib().resources().items(CibEditor.RESOURCE_TAGS);
        List<Item> shown = new ArrayList<>();
        String label = stonith ? "stonith device" : "resource";
        if (arguments.isEmpty()) {
            for (Item item : inPrintOrder(top)) {
                if (StonithCheck.isStonith(item) == stonith) {
                    shown.add(item);
                }
            }
        } else {
            Set<String> missing = new LinkedHashSet<>();
            List<Item> found = new ArrayList<>();
            for (String id : new LinkedHashSet<>(arguments)) {
                Item item = run.cib().resource(id);
                boolean wanted =
                        item != null
                                && (!stonith || StonithCheck.isStonith(item))
                                && (stonith || !StonithCheck.isStonith(item));
                if (item == null || !wanted) {
                    missing.add(id);
                } else {
                    found.add(item);
                }
            }
            missing.forEach(id -> run.console().warn("Unable to find " + label + " '" + id + "'"));
            if (found.isEmpty()) {
                throw PcsFailure.usage("No " + label + " found");
            }
            shown.addAll(
                    inPrintOrder(
                            found.stream()
                                    .sorted(java.util.Comparator.comparing(Item::id))
                                    .toList()));
        }
        List<String> lines = new ArrayList<>();
        for (Item item : shown) {
            lines.addAll(text(item));
        }
        if (!lines.isEmpty()) {
            run.console().print(String.join("\n", lines));
        }
    }

    private static List<Item> inPrintOrder(List<Item> items) {
        List<Item> ordered = new ArrayList<>();
        for (String tag : List.of("primitive", "group", "clone", "bundle")) {
            for (Item item : items) {
                if (item.is(tag) || (tag.equals("clone") && item.is("master"))) {
                    ordered.add(item);
                }
            }
        }
        return ordered;
    }

    static List<String> text(Item item) {
        List<String> inner = new ArrayList<>();
        String description = item.get("description", "");
        if (!description.isEmpty()) {
            inner.add("Description: " + description);
        }
        if (item.is("bundle")) {
            inner.addAll(BundleText.lines(item));
        }
        inner.addAll(set(item, "instance_attributes", "Attributes"));
        inner.addAll(
                item.is("master")
                        ? masterMeta(item)
                        : set(item, "meta_attributes", "Meta Attributes"));
        if (item.is("primitive")) {
            inner.addAll(set(item, "utilization", "Utilization"));
            inner.addAll(operations(item));
        }
        for (Item child : item.items("primitive", "group")) {
            inner.addAll(text(child));
        }
        List<String> lines = new ArrayList<>();
        lines.add(heading(item));
        inner.forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static List<String> masterMeta(Item item) {
        Item copy = new Item("meta_attributes");
        Item own = item.first("meta_attributes");
        if (own != null) {
            copy.set("id", own.id());
            own.items("nvpair")
                    .forEach(pair ->
                            copy.append(
                                    new Item(
                                            "nvpair",
                                            "name",
                                            pair.get("name", ""),
                                            "value",
                                            pair.get("value", ""))));
        }
        copy.append(new Item("nvpair", "name", "promotable", "value", "true"));
        return setLines(copy, "Meta Attributes");
    }

    private static String heading(Item item) {
        return switch (item.tag()) {
            case "primitive" ->
                    "Resource: "
                            + item.id()
                            + " (class="
                            + item.get("class", "")
                            + (item.has("provider") ? " provider=" + item.get("provider") : "")
                            + " type="
                            + item.get("type", "")
                            + ")";
            case "group" -> "Group: " + item.id();
            case "bundle" -> "Bundle: " + item.id();
            default -> "Clone: " + item.id();
        };
    }

    private static List<String> set(Item item, String tag, String label) {
        Item set = item.first(tag);
        return set == null || set.items("nvpair").isEmpty() ? List.of() : setLines(set, label);
    }

    static List<String> setLines(Item set, String label) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(label).append(':');
        if (!set.id().isEmpty()) {
            head.append(' ').append(set.id());
        }
        TreeMap<String, String> options = new TreeMap<>(set.attributes());
        options.remove("id");
        options.remove("id-ref");
        options.forEach((name, value) -> head.append(' ').append(pair(name, value)));
        lines.add(head.toString());
        List<String> pairs = new ArrayList<>();
        set.items("nvpair").stream()
                .sorted(
                        java.util.Comparator.comparing((Item pair) -> pair.get("name", ""))
                                .thenComparing(pair -> pair.get("value", "")))
                .forEach(pair ->
                        pairs.add("  " + pair(pair.get("name", ""), pair.get("value", ""))));
        lines.addAll(pairs);
        Item rule = set.first("rule");
        if (rule != null) {
            RuleText.lines(rule, false).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    static String pair(String name, String value) {
        return quote(name) + "=" + quote(value);
    }

    /** Quotes a text that has a space or an equals sign. */
    static String quote(String text) {
        if (!text.contains(" ") && !text.contains("=")) {
            return text;
        }
        if (!text.contains("\"")) {
            return "\"" + text + "\"";
        }
        if (!text.contains("'")) {
            return "'" + text + "'";
        }
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private static List<String> operations(Item primitive) {
        Item list = primitive.first("operations");
        if (list == null || list.items("op").isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("Operations:"));
        for (Item op : list.items("op")) {
            lines.add("  " + op.get("name", "") + ":" + (op.id().isEmpty() ? "" : " " + op.id()));
            lines.add("    " + String.join(" ", operation(op)));
        }
        return lines;
    }

    /** An operation's settings, in the order in which pcs shows them. */
    static List<String> operation(Item op) {
        List<String> parts = new ArrayList<>();
        parts.add(pair("interval", op.get("interval", "")));
        for (String name : OP_ORDER) {
            if (!op.get(name, "").isEmpty()) {
                parts.add(pair(name, op.get(name, "")));
                break;
            }
        }
        add(parts, "timeout", op.get("timeout"));
        for (String name : List.of("enabled", "record-pending")) {
            if (op.has(name)) {
                parts.add(pair(name, isXsdTrue(op.get(name, "")) ? "1" : "0"));
            }
        }
        add(parts, "role", role(op.get("role", "")));
        add(parts, "on-fail", op.get("on-fail"));
        for (Item set : op.items("instance_attributes")) {
            for (Item pair : set.items("nvpair")) {
                if ("OCF_CHECK_LEVEL".equals(pair.get("name"))) {
                    add(parts, "OCF_CHECK_LEVEL", pair.get("value"));
                    return parts;
                }
            }
        }
        return parts;
    }

    static String role(String role) {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "" -> "";
            case "master" -> "Promoted";
            case "slave" -> "Unpromoted";
            default -> Operations.capitalize(role);
        };
    }

    private static boolean isXsdTrue(String value) {
        return value.equals("true") || value.equals("1");
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(pair(name, value));
        }
    }
}
