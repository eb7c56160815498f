package org.holdfast.tools.resource;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.cib.result.ExitCode;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.model.ScoredNode;
import org.holdfast.tools.crm.frame.Output;
import org.holdfast.tools.crm.frame.XmlNode;
import org.holdfast.tools.crm.frame.XmlOutput;
import org.holdfast.tools.status.NodeLists;
import org.jspecify.annotations.Nullable;

/** Says why a resource may not be running, as far as the configuration tells. */
final class Reasons {

    private final Cluster cluster;
    private final Output out;
    private final @Nullable XmlOutput xml;

    Reasons(Session session) {
        this.cluster = session.cluster();
        this.out = session.out();
        this.xml = out.xml();
    }

    /** Answers {@code --why}. */
    int show(@Nullable Resource resource, @Nullable Node node) {
        XmlNode root = xml == null ? null : xml.push("reason");
        if (resource != null && node != null) {
            boolean running = nodes(resource).contains(node);
            if (root != null && running) {
                root.set("running_on", node.name);
            }
            say(resource, (running ? "running" : "not running") + " on host " + node.name);
            check(resource, node);
        } else if (resource != null) {
            boolean running = !nodes(resource).isEmpty();
            if (root != null) {
                root.set("running", Boolean.toString(running));
            }
            say(resource, running ? "running" : "not running");
            check(resource, null);
        } else {
            all(node);
        }
        if (xml != null) {
            xml.pop();
        }
        return ExitCode.OK;
    }

    private void all(@Nullable Node node) {
        if (xml != null) {
            xml.push("resources");
        }
        for (Resource resource : node == null ? cluster.resources : node.running) {
            boolean running = node != null || !nodes(resource).isEmpty();
            if (xml != null) {
                xml.push("resource")
                        .set("id", resource.id)
                        .set("running", Boolean.toString(running))
                        .set("host", node == null ? null : node.name);
            }
            say(
                    resource,
                    (running ? "running" : "not running")
                            + (node == null ? "" : " on host " + node.name));
            check(resource, node);
            if (xml != null) {
                xml.pop();
            }
        }
        if (xml != null) {
            xml.pop();
        }
    }

    private void say(Resource resource, String what) {
        if (xml == null) {
            out.listItem("reason", "Resource " + resource.id + " is " + what);
        }
    }

    private static List<Node> nodes(Resource resource) {
        List<Node> nodes = new ArrayList<>();
        resource.collectNodes(nodes, Resource.Place.CURRENT);
        return nodes;
    }

    /** Shows what in the configuration may keep a resource from running, on a node or anywhere. */
    void check(Resource resource, @Nullable Node node) {
        String name = resource.top(false).id;
        Role target = Role.parse(resource.meta.get("target-role"));
        boolean stopped = target == Role.STOPPED;
        boolean unpromotable =
                target == Role.UNPROMOTED && resource.top(false).is(ResourceFlag.PROMOTABLE);
        String managed = resource.meta.get("is-managed");
        boolean unmanaged = managed != null && !Values.isTrue(managed);
        Node lock = resource.lockNode;
        boolean unhealthy = node == null ? allUnhealthy(resource) : isUnhealthy(node);
        if (xml != null) {
            xml.add("check")
                    .set("id", name)
                    .set("remain_stopped", stopped ? "true" : null)
                    .set("promotable", unpromotable ? "false" : null)
                    .set("unmanaged", unmanaged ? "true" : null)
                    .set("locked-to", lock == null ? null : lock.name)
                    .set("unhealthy", unhealthy ? "true" : null);
            return;
        }
        item(stopped, "Configuration specifies '" + name + "' should remain stopped");
        item(unpromotable, "Configuration specifies '" + name + "' should not be promoted");
        item(
                unmanaged,
                "Configuration prevents cluster from stopping or starting unmanaged '"
                        + name
                        + "'");
        if (lock != null) {
            item(true, "'" + name + "' is locked to node " + lock.name + " due to shutdown");
        }
        item(
                unhealthy,
                "'"
                        + name
                        + "' cannot run on unhealthy nodes due to node-health-strategy='"
                        + cluster.options.nodeHealthStrategy()
                        + "'");
    }

    private void item(boolean applies, String text) {
        if (applies) {
            out.listItem("check", text);
        }
    }

    private boolean allUnhealthy(Resource resource) {
        for (ScoredNode allowed : resource.allowed) {
            if (!isUnhealthy(allowed.node)) {
                return false;
            }
        }
        return !resource.allowed.isEmpty();
    }

    private boolean isUnhealthy(Node node) {
        return switch (cluster.options.nodeHealthStrategy()) {
            case "migrate-on-red" -> NodeLists.health(cluster, node) < 0;
            case "only-green" -> NodeLists.health(cluster, node) <= 0;
            default -> false;
        };
    }
}
