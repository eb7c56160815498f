package org.holdfast.tools.pcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A bundle's own settings as text. */
final class BundleText {

    private static final List<String> CONTAINER =
            List.of(
                    "image",
                    "replicas",
                    "replicas-per-host",
                    "promoted-max",
                    "run-command",
                    "network",
                    "options");
    private static final List<String> NETWORK =
            List.of("ip-range-start", "control-port", "host-interface", "host-netmask", "add-host");
    private static final List<String> PORT = List.of("port", "internal-port", "range");
    private static final List<String> STORAGE =
            List.of("source-dir", "source-dir-root", "target-dir", "options");

    private BundleText() {}

    static List<String> lines(Item bundle) {
        List<String> lines = new ArrayList<>();
        for (Item container : bundle.items("docker", "podman", "rkt")) {
            List<String> pairs = pairs(container, CONTAINER);
            lines.add(
                    container.tag().substring(0, 1).toUpperCase(Locale.ROOT)
                            + container.tag().substring(1)
                            + ": "
                            + String.join(" ", pairs));
        }
        Item network = bundle.first("network");
        if (network != null) {
            List<String> pairs = pairs(network, NETWORK);
            if (!pairs.isEmpty()) {
                lines.add("Network: " + String.join(" ", pairs));
            }
            List<Item> ports = network.items("port-mapping");
            if (!ports.isEmpty()) {
                lines.add("Port Mapping:");
                ports.forEach(
                        port -> lines.add("  " + String.join(" ", pairs(port, PORT)) + id(port)));
            }
        }
        Item storage = bundle.first("storage");
        if (storage != null && !storage.items("storage-mapping").isEmpty()) {
            lines.add("Storage Mapping:");
            storage.items("storage-mapping")
                    .forEach(mapping ->
                            lines.add(
                                    "  "
                                            + String.join(" ", pairs(mapping, STORAGE))
                                            + id(mapping)));
        }
        return lines;
    }

    private static String id(Item item) {
        return item.id().isEmpty() ? "" : " (" + item.id() + ")";
    }

    private static List<String> pairs(Item item, List<String> names) {
        List<String> pairs = new ArrayList<>();
        for (String name : names) {
            String value = item.get(name, "");
            if (name.equals("promoted-max") && value.isEmpty()) {
                value = item.get("masters", "");
            }
            if (name.equals("add-host") && !value.isEmpty()) {
                value = value.equals("true") || value.equals("1") ? "1" : "0";
            }
            if (!value.isEmpty()) {
                pairs.add(ResourceConfig.pair(name, value));
            }
        }
        return pairs;
    }
}
