package org.holdfast.node;

import java.util.SortedMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.RingSocket;

/** The cluster layer as those see it who answer questions about it. */
interface ClusterAccess {

    /** The layer, to look at. */
    ClusterLayer layer();

    /** Gives the layer one input and carries out what it wants. */
    void step(ClusterInput input);

    /** How often each node came into a ring of this one. */
    SortedMap<NodeId, Integer> joins();

    /** What the ring's socket has counted. */
    RingSocket.Counters counters();
}
