package org.holdfast.cib.upgrade;

import java.util.ArrayList;
import java.util.List;

/** Ping nodes, master resources and the masters attribute of bundles. */
final class LegacyKinds {

    private LegacyKinds() {}

    static void apply(Draft cib) {
        cib.inTree("docker", "podman", "rkt").forEach(LegacyKinds::renameMasters);
        List<Draft> pingNodes = new ArrayList<>();
        for (Draft node : cib.inTree("node")) {
            if ("ping".equals(node.get("type"))) {
                node.set("type", "member");
                pingNodes.add(node);
            }
        }
        for (Draft constraints : cib.inTree("constraints")) {
            pingNodes.forEach(node -> constraints.append(ban(node)));
        }
        replaceMasters(cib);
    }

    private static void renameMasters(Draft container) {
        if (container.has("masters")) {
            container.exchange("masters", "promoted-max", container.getOrEmpty("masters"));
        }
    }

    /** What was a ping node is a member on which nothing may run and nothing is probed. */
    private static Draft ban(Draft node) {
        String name = node.getOrEmpty("uname");
        return Draft.of(
                "rsc_location",
                "id",
                From3To4.PREFIX + "ping-node-ban-" + name,
                "rsc-pattern",
                ".*",
                "node",
                name,
                "score",
                "-INFINITY",
                "resource-discovery",
                "never");
    }

    private static void replaceMasters(Draft parent) {
        for (Draft child : parent.elements()) {
            if (child.is("master")) {
                parent.replace(child, List.of(promotableClone(child)));
            } else {
                replaceMasters(child);
            }
        }
    }

    private static Draft promotableClone(Draft master) {
        Draft clone = master.renamed("clone");
        String metaId = From3To4.PREFIX + "promotable-legacy-" + master.id() + "-meta_attributes";
        Draft meta = Draft.of("meta_attributes", "id", metaId, "score", "INFINITY");
        meta.append(
                Draft.of(
                        "nvpair",
                        "id",
                        metaId + "-promotable",
                        "name",
                        "promotable",
                        "value",
                        "true"));
        clone.prepend(meta);
        return clone;
    }
}
