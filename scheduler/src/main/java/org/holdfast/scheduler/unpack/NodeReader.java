package org.holdfast.scheduler.unpack;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;

/** Reads the configured nodes. */
public final class NodeReader {

    private NodeReader() {}

    /** Reads the {@code nodes} section. */
    static void read(Cluster cluster) {
        Element section = cluster.cib.path("configuration", "nodes");
        if (section == null) {
            return;
        }
        for (Element xml : section.elements("node")) {
            String id = xml.get("id");
            if (id == null) {
                cluster.configError("Ignoring <node> entry in configuration without id");
                continue;
            }
            String type = xml.getOr("type", "member");
            boolean remote = Values.same(type, "remote");
            if (!remote && !Values.same(type, "member")) {
                cluster.configError(
                        "Ignoring node "
                                + xml.getOr("uname", "without name")
                                + " with unrecognized type '"
                                + type
                                + "'");
                return;
            }
            Node node =
                    create(
                            cluster,
                            id,
                            xml.getOr("uname", id),
                            remote ? Node.Variant.REMOTE : Node.Variant.CLUSTER,
                            cluster.score(xml.get("score"), 0));
            applyStartupFencing(cluster, node);
            NodeAttributes.read(cluster, xml, node, false);
        }
    }

    /** Enters a new node, offline and unheard of. */
    public static Node create(
            Cluster cluster, String id, String name, Node.Variant variant, int score) {
        if (cluster.nodeNamed(name) != null) {
            cluster.configWarning("More than one node entry has name '" + name + "'");
        }
        Node node = new Node(cluster.nodes.size(), id, name, variant);
        node.baseScore = score;
        if (node.isPacemakerRemote()) {
            cluster.haveRemoteNodes = true;
            node.attributes.put("#kind", "remote");
        } else {
            node.attributes.put("#kind", "cluster");
        }
        cluster.addNode(node);
        return node;
    }

    /** A node that was never heard of may still run something, unless configured otherwise. */
    static void applyStartupFencing(Cluster cluster, Node node) {
        if (node.isPacemakerRemote() && node.remote == null) {
            return;
        }
        node.unclean = cluster.options.startupFencing();
    }
}
