package org.holdfast.node;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.holdfast.corosyncconf.ClusterConf;
import org.holdfast.corosyncconf.ConfiguredNode;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;

/**
 * A usable configuration, with names resolved.
 *
 * @param conf the file by type
 * @param self this node
 * @param cluster what the cluster layer needs
 * @param ownAddress this node's address on the ring
 * @param peers the other nodes' addresses
 * @param names every node's name
 * @param remarks what an administrator should know about the file
 */
record NodeConfiguration(
        ClusterConf conf,
        ConfiguredNode self,
        ClusterConfig cluster,
        InetSocketAddress ownAddress,
        Map<NodeId, InetSocketAddress> peers,
        SortedMap<NodeId, String> names,
        List<LogEvent> remarks) {

    /** With more that an administrator should know. */
    NodeConfiguration withRemarks(List<LogEvent> more) {
        List<LogEvent> all = new ArrayList<>(remarks);
        all.addAll(more);
        return new NodeConfiguration(conf, self, cluster, ownAddress, peers, names, all);
    }
}
