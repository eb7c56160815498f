package org.holdfast.totem;

import java.util.List;
import org.holdfast.kernel.NodeId;

/**
 * All that the cluster layer of one node needs to know from corosync.conf.
 *
 * @param self this node's id; it is in the list
 * @param nodes the node list
 * @param totem the ring's tunables
 * @param quorum the quorum rules
 * @param configVersion {@code totem.config_version}, 0 when not given
 */
public record ClusterConfig(
        NodeId self,
        List<ClusterNode> nodes,
        TotemConfig totem,
        QuorumConfig quorum,
        long configVersion) {

    /** Most nodes that a ring may have (PROCESSOR_COUNT_MAX). */
    public static final int NODES_MAX = 384;

    /** Copies the list and checks that this node is in it once. */
    public ClusterConfig {
        nodes = List.copyOf(nodes);
        if (nodes.size() > NODES_MAX) {
            throw new IllegalArgumentException("more than " + NODES_MAX + " nodes");
        }
        if (nodes.stream().map(ClusterNode::id).distinct().count() != nodes.size()) {
            throw new IllegalArgumentException("two nodes have one nodeid");
        }
        if (nodes.stream().noneMatch(node -> node.id().equals(self))) {
            throw new IllegalArgumentException("node " + self + " is not in the node list");
        }
    }
}
