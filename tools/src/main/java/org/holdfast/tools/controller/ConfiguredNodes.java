package org.holdfast.tools.controller;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.xpath.XPath;
import org.jspecify.annotations.Nullable;

/** The nodes that a configuration names. */
final class ConfiguredNodes {

    /**
     * A node.
     *
     * @param type cluster, guest or remote
     * @param name its name
     * @param id its id; guest and remote nodes have their name as id
     */
    record Configured(String type, @Nullable String name, @Nullable String id) {}

    private static final String PRIMITIVES = "//cib//configuration//primitive";

    private ConfiguredNodes() {}

    /** The nodes of some types, in the order of the types. */
    static List<Configured> of(Element cib, @Nullable String types) {
        List<String> wanted =
                types == null || types.isEmpty() ? List.of("all") : List.of(types.split(",", -1));
        boolean all = wanted.contains("all");
        List<Configured> nodes = new ArrayList<>();
        if (all || wanted.contains("cluster")) {
            String path = "//cib/configuration/nodes/node[not(@type) or @type='member']";
            for (Element node : XPath.elements(cib, path)) {
                nodes.add(new Configured("cluster", node.get("uname"), node.get("id")));
            }
        }
        if (all || wanted.contains("guest")) {
            String path = PRIMITIVES + "//meta_attributes//nvpair[@name='remote-node']";
            for (Element pair : XPath.elements(cib, path)) {
                String name = pair.get("value");
                nodes.add(new Configured("guest", name, name));
            }
        }
        if (all || wanted.contains("remote")) {
            String path = PRIMITIVES + "[@type='remote'][@provider='pacemaker']";
            for (Element primitive : XPath.elements(cib, path)) {
                String name = primitive.get("id");
                nodes.add(new Configured("remote", name, name));
            }
        }
        return nodes;
    }
}
