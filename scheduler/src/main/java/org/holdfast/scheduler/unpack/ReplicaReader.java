package org.holdfast.scheduler.unpack;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.document.Element;
import org.holdfast.cib.value.XmlIds;
import org.holdfast.scheduler.model.Bundle;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.NodeTable;
import org.holdfast.scheduler.model.Primitive;
import org.holdfast.scheduler.model.ProbeMode;
import org.holdfast.scheduler.model.Replica;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Score;
import org.holdfast.scheduler.model.ScoredNode;
import org.jspecify.annotations.Nullable;

/** Creates the implicit resources of a bundle's replicas: container, address, connection. */
final class ReplicaReader {

    private static final String REMOTE_DAEMON = "/usr/sbin/pacemaker-remoted";

    /** Score of the replica's own node for what is inside. */
    private static final int OWN_NODE_SCORE = 500;

    private final Bundle bundle;
    private final Cluster cluster;

    ReplicaReader(Bundle bundle) {
        this.bundle = bundle;
        this.cluster = bundle.cluster;
    }

    boolean create(Replica replica) {
        if (!createContainer(replica) || !createAddress(replica)) {
            return false;
        }
        Resource inside = replica.child;
        if (inside != null && !createConnection(replica, inside)) {
            return false;
        }
        if (inside != null && replica.ipAddress != null) {
            inside.meta.put("external-ip", replica.ipAddress);
        }
        if (replica.remote != null) {
            replica.remote.set(ResourceFlag.REMOTE_NESTING_ALLOWED);
        }
        return true;
    }

    private boolean createContainer(Replica replica) {
        String id =
                XmlIds.sanitized(bundle.id + "-" + bundle.containerAgent + "-" + replica.offset);
        String setId = bundle.id + "-attributes-" + replica.offset;
        List<String> mountPoints = new ArrayList<>();
        String options = runOptions(replica, mountPoints);
        String command =
                bundle.containerCommand == null && replica.child != null
                        ? REMOTE_DAEMON
                        : bundle.containerCommand;
        Element container =
                ImplicitXml.primitive(id, "heartbeat", bundle.containerAgent)
                        .child(
                                ImplicitXml.set(
                                        "instance_attributes",
                                        setId,
                                        "image",
                                        bundle.image,
                                        "allow_pull",
                                        "true",
                                        "force_kill",
                                        "false",
                                        "reuse",
                                        "false",
                                        "run_opts",
                                        options,
                                        "mount_points",
                                        String.join(",", mountPoints),
                                        "run_cmd",
                                        command,
                                        "monitor_cmd",
                                        "/bin/true"))
                        .child(monitoring(id))
                        .build();
        replica.container = add(container);
        if (replica.container == null) {
            return false;
        }
        replica.container.set(ResourceFlag.REPLICA_CONTAINER);
        return true;
    }

    private String runOptions(Replica replica, List<String> mountPoints) {
        StringBuilder options = new StringBuilder();
        if (bundle.containerAgent.equals("docker")) {
            options.append(" --restart=no");
        }
        if (bundle.ipRangeStart != null) {
            options.append(" -h ").append(bundle.id).append('-').append(replica.offset);
        }
        options.append(" -e PCMK_stderr=1");
        if (bundle.containerNetwork != null) {
            options.append(" --net=").append(bundle.containerNetwork);
        }
        options.append(" -e PCMK_remote_port=")
                .append(bundle.controlPort == null ? BundleReader.REMOTE_PORT : bundle.controlPort);
        for (Bundle.Mount mount : bundle.mounts) {
            String source = mount.source();
            if (mount.subdirectory()) {
                source += "/" + bundle.id + "-" + replica.offset;
                mountPoints.add(source);
            }
            options.append(" -v ").append(source).append(':').append(mount.target());
            if (mount.options() != null) {
                options.append(':').append(mount.options());
            }
        }
        for (Bundle.Port port : bundle.ports) {
            if (replica.ipAddress != null) {
                options.append(" -p ").append(replica.ipAddress).append(':');
                options.append(port.source()).append(':').append(port.target());
            } else if (!"host".equals(bundle.containerNetwork)) {
                options.append(" -p ").append(port.source()).append(':').append(port.target());
            }
        }
        // Empty options leave their blank: it is part of the digest of running containers.
        if (bundle.launcherOptions != null) {
            options.append(' ').append(bundle.launcherOptions);
        }
        return options.append(' ').append(bundle.containerHostOptions).toString();
    }

    private boolean createAddress(Replica replica) {
        String address = replica.ipAddress;
        if (bundle.ipRangeStart == null || address == null) {
            return true;
        }
        String id = XmlIds.sanitized(bundle.id + "-ip-" + address);
        Element xml =
                ImplicitXml.primitive(id, "heartbeat", "IPaddr2")
                        .child(
                                ImplicitXml.set(
                                        "instance_attributes",
                                        bundle.id + "-attributes-" + replica.offset,
                                        "ip",
                                        address,
                                        "nic",
                                        bundle.hostNetwork,
                                        "cidr_netmask",
                                        bundle.hostNetmask == null ? "32" : bundle.hostNetmask))
                        .child(monitoring(id))
                        .build();
        replica.ip = add(xml);
        return replica.ip != null;
    }

    private boolean createConnection(Replica replica, Resource inside) {
        String name = bundle.id + "-" + replica.offset;
        if (cluster.resource(name) != null) {
            name = "pcmk-internal-" + inside.id + "-remote-" + replica.offset;
        }
        Element xml =
                ImplicitXml.connection(
                        name,
                        replica.containerOf().id,
                        null,
                        null,
                        null,
                        // Without an own address the container's host is the place to connect to.
                        replica.ipAddress == null ? "#uname" : replica.ipAddress,
                        bundle.controlPort == null ? BundleReader.REMOTE_PORT : bundle.controlPort);
        Node node = bundleNode(name);
        for (Resource resource : cluster.resources) {
            AllowedNodes.disallow(resource, node);
        }
        ScoredNode own = ScoredNode.of(node);
        own.score = OWN_NODE_SCORE;
        own.probeMode = ProbeMode.EXCLUSIVE;
        replica.node = own;
        inside.allowed = new NodeTable(cluster.nodes.size());
        inside.allowed.put(own.copy());
        ScoredNode banned = own.copy();
        banned.score = Score.MINUS_INFINITY;
        if (inside.parent != null) {
            inside.parent.allowed.put(banned);
        }
        Primitive remote = add(xml);
        if (remote == null) {
            return false;
        }
        for (ScoredNode entry : remote.allowed) {
            if (entry.node.isPacemakerRemote()) {
                entry.score = Score.MINUS_INFINITY;
            }
        }
        replica.remote = remote;
        node.remote = remote;
        remote.launcher = replica.container;
        node.attributes.put("#kind", "container");
        return true;
    }

    private Node bundleNode(String name) {
        Node node = cluster.nodeNamed(name);
        if (node == null) {
            node = NodeReader.create(cluster, name, name, Node.Variant.REMOTE, 0);
        }
        node.baseScore = Score.MINUS_INFINITY;
        node.baseProbeMode = ProbeMode.NEVER;
        return node;
    }

    private static Element monitoring(String id) {
        return Element.builder("operations")
                .child(ImplicitXml.operation(id, "monitor", "60s", null))
                .build();
    }

    private @Nullable Primitive add(Element xml) {
        Resource created = ResourceReader.read(cluster, xml, bundle);
        if (created instanceof Primitive primitive) {
            bundle.children.add(primitive);
            return primitive;
        }
        return null;
    }
}
