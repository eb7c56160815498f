package org.holdfast.manager;

import java.util.SortedMap;
import org.holdfast.cib.document.Element;
import org.holdfast.kernel.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a manager must know before its first step.
 *
 * @param self this node
 * @param pid this process's number in CPG addresses; differs from the one before a restart
 * @param nodes every configured node and its name, this one included; the driver may add nodes
 *     between two steps when the node list changes
 * @param clusterName the cluster's name from corosync.conf, or ""
 * @param incarnation a number that is higher after every start of this node (wall time will do)
 * @param seed seeds the manager's own random numbers
 * @param processors of this node, at least 1; a node runs twice as many actions at once unless the
 *     property {@code node-action-limit} says otherwise
 * @param cibOnDisk the CIB that was last made durable, or null on a node's very first start
 */
public record ManagerConfig(
        NodeId self,
        int pid,
        SortedMap<NodeId, String> nodes,
        String clusterName,
        long incarnation,
        long seed,
        int processors,
        @Nullable Element cibOnDisk) {

    /** This node's name. */
    public String selfName() {
        return nodeName(self);
    }

    /** A node's name; its number when it is not configured. */
    public String nodeName(NodeId node) {
        String name = nodes.get(node);
        return name == null ? node.toString() : name;
    }
}
