package org.holdfast.simulator;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterEffect;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.GroupMember;

/** One node's part of {@link GroupLoad}, for one life. */
final class GroupStack implements NodeStack {

    private final GroupLoad load;
    private final NodeContext context;
    private final Synchrony.Member member;
    private int counter;
    private long lastMessage;
    private long partingsSeen;
    private boolean leaving;

    GroupStack(GroupLoad load, NodeContext context) {
        this.load = load;
        this.context = context;
        this.member = load.synchrony().newMember(context.self(), context.life());
    }

    Synchrony.Member member() {
        return member;
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
            member.sends(message);
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

    /** How many members it was told have left. */
    long partingsSeen() {
        return partingsSeen;
    }

    String unfinished(List<Long> last) {
        if (!member.awaitingOwn().isEmpty()) {
            return "node %s has not delivered %d of its own messages, such as %s"
                    .formatted(
                            node(),
                            member.awaitingOwn().size(),
                            GroupLoad.describe(member.awaitingOwn().iterator().next()));
        }
        for (long message : last) {
            if (message != 0 && !member.hasDelivered(message)) {
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
            case ClusterEffect.MembershipChanged changed -> member.enters(changed.ringId());
            case ClusterEffect.GroupConfiguration configuration -> {
                partingsSeen += configuration.left().size();
                if (configuration.members().contains(new GroupMember(node(), pid()))) {
                    member.joins();
                }
            }
            default -> {
                // Quorum is checked for all workloads.
            }
        }
    }

    private void onMessage(ClusterEffect.GroupMessage message) {
        byte[] payload = message.payload();
        ByteBuffer buffer = ByteBuffer.wrap(payload);
        long id = payload.length >= GroupLoad.HEADER_BYTES ? buffer.getLong() : 0;
        if (!Arrays.equals(payload, GroupLoad.payload(id, payload.length))) {
            throw new InvariantBroken("node " + node() + " got a damaged message " + id);
        }
        context.trace("delivers " + GroupLoad.describe(id) + ", " + payload.length + " bytes");
        member.delivers(id);
    }

    @Override
    public void onShutdownRequested() {
        leaving = true;
        member.leaves();
        context.input(new ClusterInput.Leave());
    }

    @Override
    public void onDeath() {
        load.died(context.life());
    }
}
