package org.holdfast.simulator;

import org.holdfast.totem.ClusterEffect;

/**
 * What runs on the cluster layer of one simulated node, for one life of it: from start to crash or
 * stop. A restarted node gets a new one.
 *
 * <p>Calls come one at a time. Everything that the stack does to the world goes through its {@link
 * NodeContext}.
 */
public interface NodeStack {

    /** The node has booted; the cluster layer starts after this call. */
    void start();

    /**
     * The cluster layer has something for it: {@link ClusterEffect.GroupMessage}, {@link
     * ClusterEffect.GroupConfiguration}, {@link ClusterEffect.MembershipChanged}, {@link
     * ClusterEffect.QuorumChanged}, {@link ClusterEffect.ReloadRequested}, {@link
     * ClusterEffect.Killed} or {@link ClusterEffect.Stopped}.
     */
    void onClusterEffect(ClusterEffect effect);

    /** The node shall leave in order; the stack asks the context to leave when it is ready. */
    void onShutdownRequested();

    /** The node is dead: nothing of this life happens any more. */
    void onDeath();
}
