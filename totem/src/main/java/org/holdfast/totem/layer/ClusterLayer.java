package org.holdfast.totem.layer;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.EffectSink;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.QuorumStatus;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * The cluster layer of one node: ring, groups, sync, quorum. Deterministic: the same inputs at the
 * same times give the same effects.
 *
 * <p>Not thread-safe: one driver calls {@link #step} and carries the effects out, in order, before
 * the next step.
 */
public final class ClusterLayer {

    private final ClusterConfig config;
    private final RingId lastRingId;

    /**
     * Prepares a node; nothing happens before {@link ClusterInput.Start}.
     *
     * @param config the configuration
     * @param persistedRingId the ring id that was made durable last, or null on a new node
     * @param seed for the little randomness that the protocol has
     */
    public ClusterLayer(ClusterConfig config, @Nullable RingId persistedRingId, long seed) {
        this.config = config;
        this.lastRingId = persistedRingId != null ? persistedRingId : new RingId(config.self(), 0);
    }

    /**
     * Takes one input.
     *
     * @param nowNanos monotonic time; never less than at the step before
     * @param input what happened
     * @param out receives what must be done, in order
     */
    public void step(long nowNanos, ClusterInput input, EffectSink<ClusterEffect> out) {}

    /** The configuration in force. */
    public ClusterConfig config() {
        return config;
    }

    /** The ring in force, or the one before while a new one forms. */
    public RingId ringId() {
        return lastRingId;
    }

    /** The members of the ring in force, ascending. */
    public List<NodeId> members() {
        return List.of();
    }

    /** Whether this node's partition has quorum. */
    public boolean quorate() {
        return quorumStatus().quorate();
    }

    /** What corosync-quorumtool shows. */
    public QuorumStatus quorumStatus() {
        return new QuorumStatus(false, lastRingId, 0, 0, 0, 0, false, List.of());
    }

    /** All groups of all nodes and their members, as corosync-cpgtool shows them. */
    public SortedMap<GroupName, List<GroupMember>> groups() {
        return new TreeMap<>();
    }

    /**
     * Whether a message of this size would be taken now.
     *
     * @param payloadBytes size of the payload
     */
    public boolean canMulticast(int payloadBytes) {
        return true;
    }
}
