package org.holdfast.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.SeededRandom;
import org.holdfast.totem.GroupMember;
import org.holdfast.totem.GroupName;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.wire.totem.RingId;

/**
 * Every node joins a group and sends numbered messages of all sizes. {@link Synchrony} judges what
 * is delivered; contents are checked here, and equal group views at the end.
 */
public final class GroupLoad implements Workload {

    static final GroupName GROUP = GroupName.ofPacemaker("load");

    static final int HEADER_BYTES = 16;

    private final Synchrony synchrony = new Synchrony();
    private final SortedMap<Integer, GroupStack> living = new TreeMap<>();
    private final int meanGapMillis;
    private final int bytesMax;
    private boolean sending = true;
    private boolean lastRoundSent;

    /**
     * Describes the load.
     *
     * @param meanGapMillis between two messages of one node
     * @param bytesMax the longest message
     */
    public GroupLoad(int meanGapMillis, int bytesMax) {
        this.meanGapMillis = meanGapMillis;
        this.bytesMax = bytesMax;
    }

    static long messageId(int node, int life, int counter) {
        return (long) node << 56 | (long) life << 32 | counter & 0xFFFF_FFFFL;
    }

    static String describe(long message) {
        return "%d of node %d (life %d)"
                .formatted((int) message, message >>> 56, message >>> 32 & 0xFF_FFFF);
    }

    /** A message whose every byte follows from its id. */
    static byte[] payload(long message, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.max(HEADER_BYTES, bytes));
        buffer.putLong(message).putInt(buffer.capacity());
        SeededRandom filler = new SeededRandom(message);
        while (buffer.remaining() >= Long.BYTES) {
            buffer.putLong(filler.nextLong());
        }
        return buffer.array();
    }

    @Override
    public NodeStack boot(NodeContext context) {
        GroupStack stack = new GroupStack(this, context);
        living.put(context.life(), stack);
        return stack;
    }

    void died(int life) {
        living.remove(life);
    }

    boolean isSending() {
        return sending;
    }

    int randomBytes(SeededRandom random) {
        return switch (random.nextInt(20)) {
            case 0 -> (int) random.nextBetween(HEADER_BYTES, bytesMax);
            case 1, 2, 3, 4 -> (int) random.nextBetween(HEADER_BYTES, Math.min(bytesMax, 3000));
            default -> (int) random.nextBetween(HEADER_BYTES, Math.min(bytesMax, 200));
        };
    }

    long randomGapNanos(SeededRandom random) {
        return random.nextBetween(1, 2L * meanGapMillis) * 1_000_000L;
    }

    Synchrony synchrony() {
        return synchrony;
    }

    @Override
    public void checkAfterEvent(SimulatedCluster cluster) {
        // Every check is made where the event happens.
    }

    @Override
    public void onFaultsStopped(SimulatedCluster cluster) {
        sending = false;
    }

    @Override
    public String unfinished(SimulatedCluster cluster) {
        String ring = ringUnfinished(cluster);
        if (!ring.isEmpty()) {
            return ring;
        }
        if (!lastRoundSent) {
            lastRoundSent = true;
            living.values().forEach(GroupStack::sendLastMessage);
            return "the last messages have just been sent";
        }
        List<Long> last = living.values().stream().map(GroupStack::lastMessage).toList();
        for (GroupStack stack : living.values()) {
            String open = stack.unfinished(last);
            if (!open.isEmpty()) {
                return open;
            }
        }
        return "";
    }

    private String ringUnfinished(SimulatedCluster cluster) {
        List<SimulatedNode> up = cluster.up();
        RingId ringId = null;
        List<GroupMember> expected = new ArrayList<>();
        for (GroupStack stack : living.values()) {
            expected.add(new GroupMember(stack.node(), stack.pid()));
        }
        expected.sort(null);
        for (SimulatedNode node : up) {
            ClusterLayer layer = node.clusterLayer();
            if (layer == null || !layer.isReady()) {
                return "node " + node.id() + " has no ring that is ready";
            }
            if (ringId == null) {
                ringId = layer.ringId();
            }
            if (!layer.ringId().equals(ringId) || layer.members().size() != up.size()) {
                return "node %s is in ring %s of %s, not all are in one"
                        .formatted(node.id(), layer.ringId(), layer.members());
            }
            boolean all = up.size() == cluster.nodes().size();
            boolean majority = 2 * up.size() > cluster.nodes().size();
            QuorumConfig quorum = cluster.settings().quorum();
            // A node that left just when the faults ended stays away: what the rest may do then
            // depends on what they saw before.
            boolean dependsOnPast = quorum.twoNode() || quorum.waitForAll().orElse(false);
            if (layer.quorate() != majority && (all || !dependsOnPast)) {
                return "node %s: quorate is %s with %d of %d nodes"
                        .formatted(node.id(), layer.quorate(), up.size(), cluster.nodes().size());
            }
            List<GroupMember> seen = layer.groups().getOrDefault(GROUP, List.of());
            if (!seen.equals(expected)) {
                return "node %s sees group members %s, there are %s"
                        .formatted(node.id(), seen, expected);
            }
        }
        return "";
    }

    @Override
    public void checkAtEnd(SimulatedCluster cluster) {
        synchrony.checkAtEnd(living.values().stream().map(GroupStack::member).toList());
    }
}
