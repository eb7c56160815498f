package org.holdfast.totem.ring;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;
import org.jspecify.annotations.Nullable;

/** The commit token goes round and collects where each member stands in its old ring. */
final class CommitState implements RingState {

    private final Ring ring;
    private final CommitToken token;

    /** A token that has come round before our ring id was durable. */
    private @Nullable CommitToken early;

    private boolean sent;

    /**
     * Takes part in a new ring.
     *
     * @param received the commit token, with this node's entry still empty
     */
    CommitState(Ring ring, CommitToken received) {
        this.ring = ring;
        this.token = fillIn(received);
    }

    @Override
    public String name() {
        return "COMMIT";
    }

    void enter() {
        ring.timers().cancel(ClusterTimer.JOIN);
        ring.timers().cancel(ClusterTimer.CONSENSUS);
        ring.timers().set(ClusterTimer.TOKEN_LOSS, ring.config().tokenTimeoutMillis());
        onNumbersDurable();
    }

    /** The members of the ring that forms. */
    List<NodeId> newMembers() {
        return token.nodes();
    }

    private CommitToken fillIn(CommitToken received) {
        int own = received.memberIndex();
        RingLog old = ring.log();
        List<CommitToken.Member> members = new ArrayList<>(received.members());
        members.set(
                own,
                new CommitToken.Member(
                        ring.self(),
                        old.ringId(),
                        old.aru(),
                        old.delivered(),
                        old.aru() == old.highest() ? 1 : 0));
        // Whoever has less than another member of the same old ring has not received everything.
        int highAru = old.aru();
        for (int i = 0; i <= own; i++) {
            if (members.get(i).oldRingId().equals(old.ringId())) {
                highAru = Sequences.later(highAru, members.get(i).aru());
            }
        }
        for (int i = 0; i <= own; i++) {
            CommitToken.Member member = members.get(i);
            if (member.oldRingId().equals(old.ringId())
                    && Sequences.before(member.aru(), highAru)) {
                members.set(
                        i,
                        new CommitToken.Member(
                                member.node(),
                                member.oldRingId(),
                                member.aru(),
                                member.highDelivered(),
                                0));
            }
        }
        return new CommitToken(
                FrameHeader.from(ring.self()),
                received.tokenSequence() + 1,
                received.ringId(),
                received.retransmitFlag(),
                own + 1,
                members);
    }

    @Override
    public void onNumbersDurable() {
        if (sent || !ring.isDurable(token.ringId())) {
            return;
        }
        sent = true;
        ring.sendCommitToken(token);
        if (early != null) {
            onCommitToken(early);
        }
    }

    @Override
    public void onCommitToken(CommitToken received) {
        if (!received.ringId().equals(token.ringId())
                || received.memberIndex() != received.members().size()
                || !received.nodes().equals(token.nodes())) {
            return;
        }
        if (sent) {
            ring.toRecovery(received);
        } else {
            early = received;
        }
    }

    @Override
    public void onJoin(MembJoin join) {
        if (!newMembers().contains(join.from())) {
            onStranger(join);
            return;
        }
        boolean after = Long.compareUnsigned(join.ringSequence(), ring.ringId().sequence()) >= 0;
        if (after || knowsMore(join)) {
            ring.stats().count(Counter.FORMATION_BROKEN_BY_JOIN);
            ring.learnFrom(join);
            ring.toGather(GatherReason.JOIN_IN_COMMIT);
            ring.reconsider(join);
        }
    }

    /** Nobody counts on a ring of this node alone, so it need not come to be first. */
    private void onStranger(MembJoin join) {
        if (newMembers().size() > 1) {
            ring.strangers().keepEarly(join);
        } else if (!join.isLeave()
                && !join.failed().contains(ring.self())
                && ring.learnFrom(join)) {
            ring.stats().count(Counter.FORMATION_BROKEN_BY_JOIN);
            ring.toGather(GatherReason.JOIN_IN_COMMIT);
            ring.reconsider(join);
        }
    }

    /**
     * A member that waits for a node that is not in this ring will not pass its commit token on:
     * better to begin again now than after the token timeout. Corosync waits.
     */
    private boolean knowsMore(MembJoin join) {
        for (NodeId node : join.processors()) {
            if (!join.failed().contains(node)
                    && !newMembers().contains(node)
                    && !ring.opinion().hasFailed(node)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onTokenLoss() {
        ring.stats().count(Counter.COMMIT_TOKEN_LOST);
        ring.toGather(GatherReason.TOKEN_LOST_IN_COMMIT);
    }

    @Override
    public void onTokenRetransmit() {
        if (sent) {
            ring.resendToken();
        }
    }

    @Override
    public void onToken(OrfToken orfToken) {
        // This node is not ready for it; it will be sent again.
    }

    @Override
    public void onMessage(Mcast message) {
        ring.stats().count(Counter.RX_MSG_DROPPED);
    }

    @Override
    public void onForeignMessage(Mcast message) {
        ring.stats().count(Counter.RX_MSG_DROPPED);
    }

    @Override
    public void onMergeDetect(MergeDetect merge) {
        // After this ring has formed.
    }

    @Override
    public void onHoldCancel() {
        // Nothing is held.
    }

    @Override
    public void onLocalMessage() {
        // It waits for the new ring.
    }
}
