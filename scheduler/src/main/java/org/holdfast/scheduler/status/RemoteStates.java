package org.holdfast.scheduler.status;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.config.Values;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Node;
import org.holdfast.scheduler.model.Resource;
import org.holdfast.scheduler.model.ResourceFlag;
import org.holdfast.scheduler.model.Role;
import org.holdfast.scheduler.unpack.NodeAttributes;
import org.jspecify.annotations.Nullable;

/** States of remote and guest nodes, which follow from their connections and containers. */
final class RemoteStates {

    private RemoteStates() {}

    /** Finds out whether a remote or guest node is online. */
    static void readOnline(Node node) {
        Resource connection = node.remote;
        if (connection == null) {
            node.online = false;
            return;
        }
        Resource launcher = connection.launcher;
        if (connection.role == Role.STARTED) {
            node.online = true;
            if (connection.nextRole == Role.STOPPED) {
                node.shutdown = true;
            }
        }
        if (launcher != null && launcher.is(ResourceFlag.FAILED)) {
            node.online = false;
            node.remoteReset = true;
        } else if (connection.is(ResourceFlag.FAILED)) {
            node.online = false;
        } else if (connection.role == Role.STOPPED
                || (launcher != null && launcher.role == Role.STOPPED)) {
            node.online = false;
            node.remoteReset = false;
        } else if (isOnUncleanHost(connection, launcher)) {
            node.online = false;
            node.remoteReset = true;
        }
    }

    private static boolean isOnUncleanHost(Resource connection, @Nullable Resource launcher) {
        if (launcher == null || connection.active.size() != 1) {
            return false;
        }
        Node host = connection.active.getFirst();
        return !host.online && host.unclean;
    }

    /** Reads what a remote node's state says besides its history. */
    static void readAttributes(Cluster cluster, Node node, Element state) {
        node.remoteMaintenance = Values.atLeast(state.get("node_in_maintenance"), 0) != 0;
        if (!node.remoteReset) {
            node.unclean = false;
            node.seen = true;
        }
        NodeAttributes.read(cluster, state.first("transient_attributes"), node, true);
        if (NodeStates.isShutdownRequested(node)) {
            node.shutdown = true;
        }
        if (Values.isTrue(node.attribute("standby"))) {
            node.standby = true;
        }
        Resource connection = node.remote;
        if (Values.isTrue(node.attribute("maintenance"))
                || (connection != null && !connection.isManaged())) {
            node.maintenance = true;
        }
        String discovery = node.attribute("resource-discovery-enabled");
        if (discovery == null || Values.isTrue(discovery)) {
            return;
        }
        cluster.configWarningOnce(
                "Support for the resource-discovery-enabled node attribute is deprecated and will"
                        + " be removed (and behave as 'true') in a future release.");
        if (node.isRemote() && !cluster.options.fencingEnabled()) {
            cluster.configWarning(
                    "Ignoring resource-discovery-enabled attribute on Pacemaker Remote node "
                            + node
                            + " because fencing is disabled");
        } else {
            node.probesAllowed = false;
        }
    }
}
