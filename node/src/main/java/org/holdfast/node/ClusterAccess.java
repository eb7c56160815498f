package org.holdfast.node;

import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.transport.RingSocket;

/** The cluster layer as those see it who answer questions about it. */
interface ClusterAccess {

    /** The layer, to look at. */
    ClusterLayer layer();

    /** Gives the layer one input and carries out what it wants. */
    void step(ClusterInput input);

    /** What the ring's socket has counted. */
    RingSocket.Counters counters();
}
