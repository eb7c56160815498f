package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code pcs node attribute|utilization}. */
final class NodeAttributes {

    private NodeAttributes() {}

    static void attribute(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        if (arguments.size() <= 1) {
            show(run, arguments, "instance_attributes", "Attributes", "attribute", true);
            return;
        }
        options.allowOnly("-f", "--force", "--name", "--output-format");
        if (options.has("--name") || options.has("--output-format")) {
            throw PcsFailure.usage();
        }
        String node = arguments.getFirst();
        Map<String, String> values = KeyValues.parse(arguments.subList(1, arguments.size()));
        Item element = find(run.cib(), node);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getValue().isEmpty()
                    && !options.force()
                    && (element == null
                            || element.nvpair("instance_attributes", entry.getKey()) == null)) {
                run.console()
                        .error(
                                "attribute: '"
                                        + entry.getKey()
                                        + "' doesn't exist for node: '"
                                        + node
                                        + "'");
                throw PcsFailure.exit(2);
            }
        }
        if (element == null) {
            run.console().error("unable to set attribute " + values.keySet().iterator().next());
            throw PcsFailure.exit(1);
        }
        set(run.cib(), element, "instance_attributes", values);
        run.cib().push();
    }

    static void utilization(PcsRun run, List<String> arguments) {
        PcsOptions options = run.options();
        if (arguments.size() <= 1) {
            show(run, arguments, "utilization", "Utilization", "utilization", false);
            return;
        }
        options.allowOnly("-f", "--name", "--output-format");
        if (options.has("--name") || options.has("--output-format")) {
            throw PcsFailure.usage();
        }
        warnUtilization(run);
        String node = arguments.getFirst();
        Map<String, String> values = KeyValues.parse(arguments.subList(1, arguments.size()));
        Item element = find(run.cib(), node);
        if (element == null) {
            throw PcsFailure.error("Unable to find a node: " + node);
        }
        checkUtilization(values);
        set(run.cib(), element, "utilization", values);
        run.cib().push();
    }

    static void checkUtilization(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!value.isEmpty() && !Words.isInteger(value)) {
                throw PcsFailure.error(
                        "Value of utilization attribute must be integer: '"
                                + name
                                + "="
                                + value
                                + "'");
            }
        });
    }

    static void warnUtilization(PcsRun run) {
        Item config = run.cib().section("crm_config");
        String strategy =
                config.all("nvpair").stream()
                        .filter(pair -> "placement-strategy".equals(pair.get("name")))
                        .map(pair -> pair.get("value", ""))
                        .findFirst()
                        .orElse("default");
        if (strategy.equals("default")) {
            run.console()
                    .warn(
                            "Utilization attributes configuration has no effect until cluster"
                                    + " property option 'placement-strategy' is set to one of the"
                                    + " values: 'balanced', 'minimal', 'utilization'");
        }
    }

    private static @org.jspecify.annotations.Nullable Item find(CibEditor cib, String name) {
        for (Item node : cib.section("nodes").items("node")) {
            if (name.equals(node.get("uname"))) {
                return node;
            }
        }
        return null;
    }

    private static void set(CibEditor cib, Item node, String tag, Map<String, String> values) {
        Item set = node.first(tag);
        if (set == null) {
            String id =
                    tag.equals("utilization")
                            ? "nodes-" + node.id() + "-utilization"
                            : "nodes-" + node.id();
            set = node.append(new Item(tag, "id", cib.uniqueId(id)));
        }
        Item target = set;
        values.forEach((name, value) -> cib.updateSet(target, Map.of(name, value)));
        if (target.items("nvpair").isEmpty() && tag.equals("utilization")) {
            target.detach();
        }
    }

    private static void show(
            PcsRun run,
            List<String> arguments,
            String tag,
            String label,
            String command,
            boolean withForce) {
        PcsOptions options = run.options();
        if (withForce) {
            options.allowOnly("-f", "--force", "--name", "--output-format");
        } else {
            options.allowOnly("-f", "--name", "--output-format");
        }
        if (options.force()) {
            throw PcsFailure.usage();
        }
        String format = options.outputFormat("text", "cmd", "json");
        boolean filtered = !arguments.isEmpty() || options.has("--name");
        if (!format.equals("text") && filtered) {
            throw PcsFailure.usage("filtering is not supported with --output-format=cmd|json");
        }
        List<Item> nodes = run.cib().section("nodes").items("node");
        List<String> lines = new ArrayList<>();
        if (format.equals("cmd")) {
            nodes.forEach(node -> asCommand(node, tag, command, lines));
            if (!lines.isEmpty()) {
                run.console().print(String.join(";\n", lines));
            }
            return;
        }
        if (!arguments.isEmpty()) {
            nodes =
                    nodes.stream()
                            .filter(n -> arguments.getFirst().equals(n.get("uname")))
                            .toList();
            if (nodes.isEmpty()) {
                throw PcsFailure.usage("Unable to find a node: " + arguments.getFirst());
            }
        }
        if (tag.equals("utilization")) {
            warnUtilization(run);
        }
        nodes.forEach(node -> asText(node, tag, label, options.value("--name"), lines));
        lines.forEach(run.console()::print);
    }

    private static void asCommand(Item node, String tag, String command, List<String> lines) {
        Item set = node.first(tag);
        if (set == null || set.items("nvpair").isEmpty()) {
            return;
        }
        StringBuilder line =
                new StringBuilder("pcs -- node ")
                        .append(command)
                        .append(' ')
                        .append(Shell.quote(node.get("uname", "")));
        set.items("nvpair")
                .forEach(pair ->
                        line.append(' ')
                                .append(
                                        Shell.quote(
                                                pair.get("name", "")
                                                        + "="
                                                        + pair.get("value", ""))));
        lines.add(line.toString());
    }

    private static void asText(
            Item node,
            String tag,
            String label,
            @org.jspecify.annotations.Nullable String only,
            List<String> lines) {
        Item set = node.first(tag);
        if (set == null) {
            return;
        }
        Item shown = new Item(tag, "id", set.id());
        for (Item pair : set.items("nvpair")) {
            if (only == null || only.equals(pair.get("name"))) {
                shown.append(
                        new Item(
                                "nvpair",
                                "name",
                                pair.get("name", ""),
                                "value",
                                pair.get("value", "")));
            }
        }
        if (shown.items().isEmpty()) {
            return;
        }
        lines.add("Node: " + node.get("uname", ""));
        if (!node.get("description", "").isEmpty()) {
            lines.add("  Description: " + node.get("description"));
        }
        ResourceConfig.setLines(shown, label).forEach(line -> lines.add("  " + line));
    }
}
