package org.holdfast.scheduler.unpack;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;

/** Nodes that resources of the configuration make: remote nodes and guest nodes. */
public final class RemoteNodes {

    private RemoteNodes() {}

    /**
     * Creates the nodes before resources are read.
     *
     * @return the resources section's elements with the connections of guest nodes behind them
     */
    static List<Element> create(Cluster cluster, Element section) {
        List<Element> all = new ArrayList<>(section.elements());
        for (String name : addConnections(all)) {
            createNode(cluster, name);
        }
        return all;
    }

    /**
     * Adds the connections of guest nodes behind resources.
     *
     * @return names of the remote and guest nodes
     */
    static List<String> addConnections(List<Element> all) {
        List<String> names = new ArrayList<>();
        // Connections that are added here are visited too, and known by then.
        for (int i = 0; i < all.size(); i++) {
            Element xml = all.get(i);
            if (ResourceReader.isConnection(xml)) {
                names.add(xml.id());
            } else if (xml.name().equals("primitive")) {
                addConnection(xml, all, names);
            } else if (xml.name().equals("group")) {
                for (Element member : xml.elements()) {
                    addConnection(member, all, names);
                }
            }
        }
        return names;
    }

    private static void createNode(Cluster cluster, String name) {
        if (!name.isEmpty() && cluster.nodeNamed(name) == null) {
            NodeReader.create(cluster, name, name, Node.Variant.REMOTE, 0);
        }
    }

    /** Adds the guest's connection and name if the resource's meta-attributes make it one. */
    private static void addConnection(Element xml, List<Element> all, List<String> names) {
        String name = null;
        String server = null;
        String port = null;
        String connectTimeout = "60s";
        String allowMigrate = null;
        String managed = null;
        for (Element set : xml.elements("meta_attributes")) {
            for (Element pair : set.elements()) {
                String value = pair.get("value");
                switch (pair.getOr("name", "")) {
                    case "remote-node" -> name = value;
                    case "remote-addr" -> server = value;
                    case "remote-port" -> port = value;
                    case "remote-connect-timeout" -> connectTimeout = value;
                    case "remote-allow-migrate" -> allowMigrate = value;
                    case "is-managed" -> managed = value;
                    default -> {}
                }
            }
        }
        if (name != null) {
            names.add(name);
            all.add(
                    ImplicitXml.connection(
                            name, xml.id(), allowMigrate, managed, connectTimeout, server, port));
        }
    }

    /** Ties a connection to its node once all resources are read. */
    public static void link(Cluster cluster, Resource resource) {
        if (!resource.is(ResourceFlag.IS_REMOTE_CONNECTION)) {
            return;
        }
        Node node = cluster.nodeNamed(resource.id);
        if (node == null) {
            return;
        }
        node.remote = resource;
        if (resource.launcher == null) {
            NodeReader.applyStartupFencing(cluster, node);
        } else {
            node.attributes.put("#kind", "container");
        }
    }

    /** Finds what launches a resource: its guest's or bundle's container. */
    static void linkLauncher(Cluster cluster, Resource resource) {
        if (!resource.children.isEmpty()) {
            for (Resource child : resource.children) {
                linkLauncher(cluster, child);
            }
            return;
        }
        String id = resource.meta("container");
        if (id == null || id.equals(resource.id)) {
            return;
        }
        Resource launcher = cluster.resource(id);
        if (launcher == null) {
            cluster.configError("Resource " + resource.id + ": Unknown container " + id);
            return;
        }
        resource.launcher = launcher;
        launcher.launched.add(resource);
    }
}
