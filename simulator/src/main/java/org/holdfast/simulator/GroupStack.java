package org.holdfast.simulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupMember;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** One node's part of {@link GroupLoad}, for one life. */
final class GroupStack implements NodeStack {

    private final GroupLoad load;
    private final NodeContext context;
    private final Set<Long> delivered = new HashSet<>();
    private final SortedMap<Long, Integer> lastCounters = new TreeMap<>();
    private final Set<Long> awaitingOwn = new HashSet<>();
    private List<Long> inThisRing = new ArrayList<>();
    private @Nullable RingId ringId;
    private boolean joined;
    private boolean joinedBeforeThisRing;
    private int counter;
    private long lastMessage;
    private boolean leaving;

    GroupStack(GroupLoad load, NodeContext context) {
        this.load = load;
        this.context = context;
    }

    NodeId node() {
        return context.self();
    }

    int pid() {
        return 1000 + context.life();
    }

    @Override
    public void start() {
        context.input(new ClusterInput.JoinGroup(GroupLoad.GROUP, pid()));
        planNext();
    }

    private void planNext() {
        context.after(
                load.randomGapNanos(context.random()),
                () -> {
                    if (load.isSending() && !leaving) {
                        int burst = context.random().chance(0.1) ? 20 : 1;
                        for (int i = 0; i < burst; i++) {
                            send(load.randomBytes(context.random()));
                        }
                        planNext();
                    }
                });
    }

    private void send(int bytes) {
        if (context.clusterLayer().canMulticast(40 * bytes)) {
            long message = GroupLoad.messageId(node().value(), context.life(), ++counter);
            lastMessage = message;
            awaitingOwn.add(message);
            context.trace("sends " + GroupLoad.describe(message) + ", " + bytes + " bytes");
            context.input(
                    new ClusterInput.Multicast(
                            GroupLoad.GROUP, pid(), GroupLoad.payload(message, bytes)));
        }
    }

    void sendLastMessage() {
        context.after(1, () -> send(GroupLoad.HEADER_BYTES));
    }

    long lastMessage() {
        return lastMessage;
    }

    String unfinished(List<Long> last) {
        if (!awaitingOwn.isEmpty()) {
            return "node %s has not delivered %d of its own messages, such as %s"
                    .formatted(
                            node(),
                            awaitingOwn.size(),
                            GroupLoad.describe(awaitingOwn.iterator().next()));
        }
        for (long message : last) {
            if (message != 0 && !delivered.contains(message)) {
                return "node %s has not delivered %s"
                        .formatted(node(), GroupLoad.describe(message));
            }
        }
        return "";
    }

    @Override
    public void onClusterEffect(ClusterEffect effect) {
        switch (effect) {
            case ClusterEffect.GroupMessage message -> onMessage(message);
            case ClusterEffect.MembershipChanged changed -> onRing(changed.ringId());
            case ClusterEffect.GroupConfiguration configuration ->
                    joined |= configuration.members().contains(new GroupMember(node(), pid()));
            default -> {
                // Quorum is checked for all workloads.
            }
        }
    }

    private void onRing(RingId next) {
        RingId before = ringId;
        if (before != null && joinedBeforeThisRing && !leaving) {
            load.checkSameBetween(
                    before, next, inThisRing, "node " + node() + " (life " + context.life() + ")");
        }
        ringId = next;
        inThisRing = load.order(next).newList();
        joinedBeforeThisRing = joined;
    }

    private void onMessage(ClusterEffect.GroupMessage message) {
        byte[] payload = message.payload();
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        long id = payload.length >= GroupLoad.HEADER_BYTES ? buffer.getLong() : 0;
        if (!Arrays.equals(payload, GroupLoad.payload(id, payload.length))) {
            throw new InvariantBroken("node " + node() + " got a damaged message " + id);
        }
        context.trace("delivers " + GroupLoad.describe(id) + ", " + payload.length + " bytes");
        if (!delivered.add(id)) {
            throw new InvariantBroken(
                    "node " + node() + " delivered twice: " + GroupLoad.describe(id));
        }
        long sender = id >>> 32;
        int number = (int) id;
        Integer last = lastCounters.put(sender, number);
        if (last != null && number <= last) {
            throw new InvariantBroken(
                    "node %s delivered %s after number %d of the same sender"
                            .formatted(node(), GroupLoad.describe(id), last));
        }
        if (last != null
                && number != last + 1
                && joinedBeforeThisRing
                && isOfThisRing(sender, last)) {
            throw new InvariantBroken(
                    "node %s delivered %s, but number %d before it"
                            .formatted(node(), GroupLoad.describe(id), last));
        }
        awaitingOwn.remove(id);
        inThisRing.add(id);
        if (ringId == null) {
            throw new InvariantBroken("node " + node() + " delivered a message without a ring");
        }
    }

    /** Whether the sender's previous message was delivered in this ring, so that none may lack. */
    private boolean isOfThisRing(long sender, int number) {
        return inThisRing.contains(sender << 32 | number & 0xFFFF_FFFFL);
    }

    @Override
    public void onShutdownRequested() {
        leaving = true;
        context.input(new ClusterInput.Leave());
    }

    @Override
    public void onDeath() {
        load.died(context.life());
    }
}
