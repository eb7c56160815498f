package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code pcs property config|defaults|describe}. */
final class PropertyConfig {

    private PropertyConfig() {}

    static void config(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("-f", "--all", "--defaults", "--output-format");
        List<String> exclusive = List.of("--all", "--defaults", "--output-format");
        if (!arguments.isEmpty() && exclusive.stream().anyMatch(options::has)) {
            throw PcsFailure.usage("cannot specify properties when using " + Words.list(exclusive));
        }
        options.exclusive("--all", "--defaults", "--output-format");
        String format = options.outputFormat("text", "cmd", "json");
        Console console = run.console();
        if (options.has("--defaults")) {
            console.deprecated(
                    "Option --defaults is deprecated and will be removed. Please use command 'pcs"
                            + " property defaults' instead.");
            defaults(run, List.of(), true).forEach(console::print);
            return;
        }
        Item set = run.cib().section("crm_config").first("cluster_property_set");
        if (!arguments.isEmpty() || options.has("--all")) {
            withDefaults(run, set, arguments).forEach(console::print);
        } else if (format.equals("cmd")) {
            List<String> lines = asCommand(set);
            if (!lines.isEmpty()) {
                console.print(String.join(" \\\n", lines));
            }
        } else if (format.equals("json")) {
            console.print(PropertyJson.of(set));
        } else if (set != null) {
            ResourceConfig.setLines(set, "Cluster Properties").forEach(console::print);
        }
    }

    static void defaults(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("--full");
        if (!arguments.isEmpty() && options.has("--full")) {
            throw PcsFailure.usage("cannot specify properties when using '--full'");
        }
        Map<String, PropertyCatalog.Property> known = PropertyCatalog.load(run.agents());
        Set<String> extra = new TreeSet<>(arguments);
        extra.removeIf(name -> known.containsKey(name) && hasDefault(known, name));
        if (!extra.isEmpty()) {
            throw PcsFailure.usage(
                    "No default value for "
                            + Words.plural(extra, "property")
                            + ": "
                            + Words.list(extra));
        }
        defaults(run, arguments, options.has("--full")).forEach(run.console()::print);
    }

    private static boolean hasDefault(Map<String, PropertyCatalog.Property> known, String name) {
        PropertyCatalog.Property property = known.get(name);
        return property != null && property.fallback() != null;
    }

    private static List<String> defaults(PcsRun run, List<String> names, boolean advanced) {
        List<String> lines = new ArrayList<>();
        for (PropertyCatalog.Property property : PropertyCatalog.load(run.agents()).values()) {
            boolean wanted =
                    names.isEmpty()
                            ? advanced || !property.advanced()
                            : names.contains(property.name());
            if (wanted && property.fallback() != null) {
                lines.add(ResourceConfig.pair(property.name(), property.fallback()));
            }
        }
        return lines;
    }

    private static List<String> withDefaults(PcsRun run, @Nullable Item set, List<String> names) {
        Map<String, String> shown = new TreeMap<>();
        for (PropertyCatalog.Property property : PropertyCatalog.load(run.agents()).values()) {
            if (property.fallback() != null) {
                shown.put(
                        property.name(),
                        ResourceConfig.pair(property.name(), property.fallback()) + " (default)");
            }
        }
        if (set != null) {
            for (Item pair : set.items("nvpair")) {
                String name = pair.get("name", "");
                shown.put(name, ResourceConfig.pair(name, pair.get("value", "")));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("Cluster Properties:" + (set == null ? "" : " " + set.id()));
        shown.forEach((name, text) -> {
            if (names.isEmpty() || names.contains(name)) {
                lines.add("  " + text);
            }
        });
        return lines;
    }

    private static List<String> asCommand(@Nullable Item set) {
        List<String> lines = new ArrayList<>();
        if (set == null) {
            return lines;
        }
        for (Item pair : set.items("nvpair")) {
            if (!PropertyCatalog.READ_ONLY.contains(pair.get("name", ""))) {
                lines.add("  " + Shell.quote(pair.get("name", "") + "=" + pair.get("value", "")));
            }
        }
        if (!lines.isEmpty()) {
            lines.addFirst("pcs property set --force --");
        }
        return lines;
    }

    static void describe(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        options.allowOnly("--full", "--output-format");
        if (!arguments.isEmpty() && options.has("--full")) {
            throw PcsFailure.usage("cannot specify properties when using '--full'");
        }
        options.outputFormat("text", "json");
        Map<String, PropertyCatalog.Property> known = PropertyCatalog.load(run.agents());
        Set<String> extra = new TreeSet<>(arguments);
        extra.removeAll(known.keySet());
        if (!extra.isEmpty()) {
            throw PcsFailure.usage(
                    "No description for "
                            + Words.plural(extra, "property")
                            + ": "
                            + Words.list(extra));
        }
        for (PropertyCatalog.Property property : known.values()) {
            boolean wanted =
                    arguments.isEmpty()
                            ? options.has("--full") || !property.advanced()
                            : arguments.contains(property.name());
            if (wanted) {
                describe(property).forEach(run.console()::print);
            }
        }
    }

    private static List<String> describe(PropertyCatalog.Property property) {
        List<String> lines = new ArrayList<>();
        StringBuilder head = new StringBuilder(property.name());
        if (!property.deprecatedBy().isEmpty()) {
            head.append(" (deprecated by ")
                    .append(String.join(", ", property.deprecatedBy()))
                    .append(")");
        } else if (property.deprecated()) {
            head.append(" (deprecated)");
        }
        if (property.advanced()) {
            head.append(" (advanced use only)");
        }
        lines.add(head.toString());
        lines.add("  Description: " + description(property));
        if (!property.values().isEmpty()) {
            lines.add("  Allowed values: " + Words.list(property.values()));
        } else {
            lines.add("  Type: " + property.type());
        }
        if (property.fallback() != null && !property.fallback().isEmpty()) {
            lines.add("  Default: " + property.fallback());
        }
        return lines;
    }

    private static String description(PropertyCatalog.Property property) {
        String brief = property.shortText();
        String full = property.longText();
        if (full.isEmpty() || full.equals(brief)) {
            return brief.isEmpty() ? "No description available" : brief.replace('\n', ' ');
        }
        String first = brief.isEmpty() || brief.endsWith(".") ? brief : brief + ".";
        String all = first.isEmpty() || full.startsWith(first) ? full : first + " " + full;
        return all.replace('\n', ' ').strip();
    }
}
