package org.holdfast.simulator;

import org.holdfast.kernel.NodeId;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.layer.ClusterLayer;

/** The world of one life of a simulated node, as the stack on its cluster layer sees it. */
public interface NodeContext {

    /** The node. */
    NodeId self();

    /** Which life this is; grows with every boot of any node. */
    int life();

    /** Monotonic time. */
    long nowNanos();

    /** The node's randomness in this life. */
    SeededRandom random();

    /** The cluster layer, for questions; inputs go through {@link #input}. */
    ClusterLayer clusterLayer();

    /** Gives the cluster layer an input, after the present step. */
    void input(ClusterInput input);

    /** Plans something in this life; it does not happen if the node dies or while it is paused. */
    void after(long delayNanos, Runnable action);

    /** Writes a line to the run's trace, if there is one. */
    void trace(String line);
}
