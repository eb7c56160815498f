package org.holdfast.tools.status;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.scheduler.config.ResourceParameters;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** The section with node attributes. */
public final class AttributeList {

    private static final List<String> HIDDEN =
            List.of("fail-count-", "last-failure-", "shutdown", "terminate", "standby", "#");

    private AttributeList() {}

    /** Shows attributes of nodes that are online; whether there were any. */
    public static boolean show(Cluster cluster, StatusLists out, StatusView view, boolean spacer) {
        OpenList list = new OpenList(out, spacer);
        for (Node node : cluster.nodes) {
            Map<String, String> shown = shown(node);
            if (!node.online || shown.isEmpty() || !view.nodes().shows(node.name)) {
                continue;
            }
            list.begin("Node Attributes");
            out.begin("Node: " + NodeLists.displayName(node, view));
            shown.forEach((name, value) -> out.item(line(node, name, value)));
            out.end();
        }
        return list.end();
    }

    /** The attributes that are not internal, sorted. */
    public static Map<String, String> shown(Node node) {
        Map<String, String> shown = new TreeMap<>();
        node.attributes.forEach((name, value) -> {
            if (HIDDEN.stream().noneMatch(name::startsWith)) {
                shown.put(name, value);
            }
        });
        return shown;
    }

    private static String line(Node node, String name, String value) {
        String line = padded(name, 32) + "\t: " + padded(value, 10);
        Integer expected = expectedConnectivity(node, node.running, name);
        if (expected == null) {
            return line;
        }
        long actual = Values.number(value, 0);
        if (actual <= 0) {
            return line + "\t: Connectivity is lost";
        }
        return actual < expected
                ? line + "\t: Connectivity is degraded (Expected=" + expected + ")"
                : line;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** What a ping resource that sets the attribute should set it to; null if none does. */
    public static @Nullable Integer expectedConnectivity(
            Node node, List<Resource> resources, String attribute) {
        for (Resource resource : resources) {
            Integer inner = expectedConnectivity(node, resource.children, attribute);
            if (inner != null) {
                return inner;
            }
            String type = resource.meta("type");
            if (!Values.same(type, "ping") && !Values.same(type, "pingd")) {
                continue;
            }
            Map<String, String> parameters = ResourceParameters.of(resource, node);
            if (parameters.getOrDefault("name", "pingd").equalsIgnoreCase(attribute)) {
                String hosts = parameters.get("host_list");
                int count = hosts == null ? 0 : hosts.split(" ", -1).length;
                String multiplier = parameters.get("multiplier");
                int factor = Values.isNumber(multiplier) ? (int) Values.number(multiplier, 1) : 1;
                return count * factor;
            }
        }
        return null;
    }
}
