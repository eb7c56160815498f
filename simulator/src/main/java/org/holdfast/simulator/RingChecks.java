package org.holdfast.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of every ring, of who comes along from one to the next, and of quorum, whatever
 * runs above.
 */
final class RingChecks {

    private final SimulatedCluster.Settings settings;
    private final Map<String, List<NodeId>> membersOfRing = new TreeMap<>();
    private final Map<String, SortedMap<NodeId, Entry>> entriesOfRing = new TreeMap<>();
    private final SortedMap<NodeId, RingId> ringOfNode = new TreeMap<>();
    private final SortedMap<NodeId, RingId> lastRingEver = new TreeMap<>();
    private final SortedMap<NodeId, List<NodeId>> quorateClaims = new TreeMap<>();

    /**
     * How a node came into a ring.
     *
     * @param from the ring before, null for a node that has just booted
     * @param along who came along from there, itself included
     */
    private record Entry(@Nullable RingId from, List<NodeId> along) {}

    RingChecks(SimulatedCluster.Settings settings) {
        this.settings = settings;
    }

    /** A node's life ends, with all that it claims. */
    void ended(NodeId node) {
        ringOfNode.remove(node);
        quorateClaims.remove(node);
    }

    void observe(NodeId node, ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.MembershipChanged changed -> enters(node, changed);
            case ClusterEffect.QuorumChanged changed -> checkQuorum(node, changed);
            default -> {
                // Messages are the workload's.
            }
        }
    }

    /** Whether the node last told its programs that they are in a quorate component. */
    boolean claimsQuorum(NodeId node) {
        return quorateClaims.containsKey(node);
    }

    // ---- rings -------------------------------------------------------------------------------

    private void enters(NodeId node, ClusterEffect.MembershipChanged changed) {
        checkOneMembershipPerRing(changed.ringId(), changed.members());
        if (!changed.members().contains(node)) {
            throw new InvariantBroken("node " + node + " is in a ring without itself: " + changed);
        }
        if (!changed.ringId().representative().equals(changed.members().getFirst())) {
            throw new InvariantBroken("ring not named after its lowest member: " + changed);
        }
        checkMonotony(node, changed.ringId());
        checkTransition(node, changed);
        ringOfNode.put(node, changed.ringId());
    }

    private void checkOneMembershipPerRing(RingId ringId, List<NodeId> members) {
        List<NodeId> before = membersOfRing.putIfAbsent(ringId.toString(), members);
        if (before != null && !before.equals(members)) {
            throw new InvariantBroken(
                    "ring id " + ringId + " used twice: for " + before + " and " + members);
        }
    }

    /** A node's rings have growing numbers, whatever it forgot when it crashed. */
    private void checkMonotony(NodeId node, RingId ringId) {
        RingId before = lastRingEver.put(node, ringId);
        if (before != null && Long.compareUnsigned(ringId.sequence(), before.sequence()) <= 0) {
            throw new InvariantBroken(
                    "node %s went from ring %s back to %s".formatted(node, before, ringId));
        }
    }

    /**
     * The transitional configuration: just those members of the new ring that come from the same
     * old one.
     */
    private void checkTransition(NodeId node, ClusterEffect.MembershipChanged changed) {
        RingId from = ringOfNode.get(node);
        List<NodeId> along = new ArrayList<>(changed.members());
        along.removeAll(changed.joined());
        List<NodeId> old =
                from == null ? List.of() : membersOfRing.getOrDefault(from.toString(), List.of());
        if (from != null && !along.contains(node) || !old.containsAll(along)) {
            throw transition(node, changed, "comes from ring " + from + " of " + old);
        }
        List<NodeId> left = new ArrayList<>(old);
        left.removeAll(changed.members());
        if (!left.equals(changed.left())) {
            throw transition(node, changed, "but " + left + " have left");
        }
        SortedMap<NodeId, Entry> entries =
                entriesOfRing.computeIfAbsent(changed.ringId().toString(), _ -> new TreeMap<>());
        entries.forEach((other, entry) -> {
            boolean same = from != null && from.equals(entry.from());
            if (along.contains(other) != same || same && !along.equals(entry.along())) {
                throw transition(
                        node,
                        changed,
                        "comes from ring %s, node %s from %s with %s"
                                .formatted(from, other, entry.from(), entry.along()));
            }
        });
        entries.put(node, new Entry(from, along));
    }

    private static InvariantBroken transition(
            NodeId node, ClusterEffect.MembershipChanged changed, String why) {
        return new InvariantBroken(
                "transitional configuration of node %s in %s: %s".formatted(node, changed, why));
    }

    // ---- quorum ------------------------------------------------------------------------------

    private void checkQuorum(NodeId node, ClusterEffect.QuorumChanged changed) {
        if (!changed.ringId().equals(ringOfNode.get(node))) {
            throw new InvariantBroken(
                    "node %s speaks of quorum in ring %s, but is in %s"
                            .formatted(node, changed.ringId(), ringOfNode.get(node)));
        }
        quorateClaims.remove(node);
        if (!changed.quorate() || settings.quorum().twoNode()) {
            // Two nodes without a third have fencing against each other.
            return;
        }
        checkMajority(node, changed);
        quorateClaims.forEach((other, members) -> {
            if (members.stream().noneMatch(changed.members()::contains)) {
                throw new InvariantBroken(
                        "two quorate components: node %s with %s and node %s with %s"
                                .formatted(node, changed.members(), other, members));
            }
        });
        quorateClaims.put(node, changed.members());
    }

    /** Two majorities of the same votes share a node, so they cannot both be a component. */
    private void checkMajority(NodeId node, ClusterEffect.QuorumChanged changed) {
        int twice = 2 * changed.members().size();
        boolean enough =
                settings.quorum().autoTieBreaker()
                        ? twice >= settings.nodes()
                        : twice > settings.nodes();
        if (!enough && settings.quorum().device().isEmpty()) {
            throw new InvariantBroken(
                    "node %s is quorate with %s of %d nodes"
                            .formatted(node, changed.members(), settings.nodes()));
        }
    }
}
