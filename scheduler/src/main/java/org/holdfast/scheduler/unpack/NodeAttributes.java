package org.holdfast.scheduler.unpack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.AttributeSets;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.jspecify.annotations.Nullable;

/** Node attributes: the built-in ones, permanent and transient. */
public final class NodeAttributes {

    private NodeAttributes() {}

    /**
     * Adds attributes and utilization of an element to a node.
     *
     * @param xml the node's element or its transient attributes; null for the built-in ones only
     * @param overwrite whether new values replace those that are there (transient ones do)
     */
    public static void read(Cluster cluster, @Nullable Element xml, Node node, boolean overwrite) {
        Map<String, String> attributes = node.attributes;
        attributes.put("#uname", node.name);
        attributes.put("#id", node.id);
        if (cluster.dc == null && node.id.equalsIgnoreCase(cluster.cib.get("dc-uuid"))) {
            cluster.dc = node;
            attributes.put("#is_dc", "true");
        } else if (node != cluster.dc) {
            attributes.put("#is_dc", "false");
        }
        String clusterName = cluster.options.get("cluster-name");
        if (clusterName != null) {
            attributes.put("#cluster-name", clusterName);
        }
        if (overwrite) {
            Map<String, String> fresh = new LinkedHashMap<>();
            AttributeSets.collect(cluster, xml, "instance_attributes", cluster.ruleInput, fresh);
            attributes.putAll(fresh);
        } else {
            AttributeSets.collect(
                    cluster, xml, "instance_attributes", cluster.ruleInput, attributes);
        }
        AttributeSets.collect(cluster, xml, "utilization", cluster.ruleInput, node.utilization);
        if (!attributes.containsKey("#site-name")) {
            String site = attributes.getOrDefault("site-name", clusterName);
            if (site != null) {
                attributes.put("#site-name", site);
            }
        }
    }

    /**
     * A node attribute as a resource sees it: with {@code container-attribute-target=host} a
     * bundle's or guest's node answers for its host.
     *
     * @param target value of the resource's {@code container-attribute-target}
     * @param place CURRENT or ASSIGNED: which host counts
     */
    public static @Nullable String value(
            Node node, String name, @Nullable String target, Resource.Place place) {
        if (!node.isGuest() || !"host".equalsIgnoreCase(target)) {
            return node.attribute(name);
        }
        Resource container = node.remote == null ? null : node.remote.launcher;
        if (container == null) {
            return null;
        }
        Node host =
                switch (place) {
                    case ASSIGNED -> container.assignedNode();
                    case CURRENT, PENDING ->
                            container.active.isEmpty() ? null : container.active.getFirst();
                };
        return host == null ? null : host.attribute(name);
    }
}
