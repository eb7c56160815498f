package org.holdfast.simulator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.wire.totem.RingId;

/** What must hold of every ring and of quorum, whatever runs above. */
final class RingChecks {

    private final Map<String, List<NodeId>> membersOfRing = new TreeMap<>();
    private final SimulatedCluster.Settings settings;

    RingChecks(SimulatedCluster.Settings settings) {
        this.settings = settings;
    }

    void observe(SimulatedNode node, ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.MembershipChanged changed -> {
                checkOneMembershipPerRing(changed.ringId(), changed.members());
                if (!changed.members().contains(node.id())) {
                    throw new InvariantBroken(
                            "node " + node.id() + " is in a ring without itself: " + changed);
                }
            }
            case ClusterEffect.QuorumChanged changed -> checkMajority(node, changed);
            default -> {
                // Messages are the workload's.
            }
        }
    }

    private void checkOneMembershipPerRing(RingId ringId, List<NodeId> members) {
        List<NodeId> before = membersOfRing.putIfAbsent(ringId.toString(), members);
        if (before != null && !before.equals(members)) {
            throw new InvariantBroken(
                    "ring id " + ringId + " used twice: for " + before + " and " + members);
        }
    }

    /** Two majorities of the same votes share a node, so they cannot both be a component. */
    private void checkMajority(SimulatedNode node, ClusterEffect.QuorumChanged changed) {
        boolean majority = 2 * changed.members().size() > settings.nodes();
        if (changed.quorate() && !majority && !settings.quorum().twoNode()) {
            throw new InvariantBroken(
                    "node %s is quorate with %s of %d nodes"
                            .formatted(node.id(), changed.members(), settings.nodes()));
        }
    }
}
