package org.holdfast.totem.ring;

import java.util.List;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;
import org.jspecify.annotations.Nullable;

/** Nodes exchange opinions until all that are left hold the same one. */
final class GatherState implements RingState {

    private final Ring ring;
    private final TreeSet<NodeId> agreeing = new TreeSet<>();
    private final @Nullable NodeId caller;

    /**
     * Begins.
     *
     * @param caller the node of another ring whose sign of life was the reason, or null
     */
    GatherState(Ring ring, @Nullable NodeId caller) {
        this.ring = ring;
        this.caller = caller;
    }

    @Override
    public String name() {
        return "GATHER";
    }

    /** Announces this node's opinion. */
    void enter() {
        ring.opinion().add(ring.self());
        agreeing.add(ring.self());
        ring.timers().cancel(ClusterTimer.TOKEN_RETRANSMIT);
        ring.timers().cancel(ClusterTimer.TOKEN_LOSS);
        ring.timers().cancel(ClusterTimer.TOKEN_WARNING);
        ring.timers().cancel(ClusterTimer.TOKEN_HOLD);
        ring.timers().cancel(ClusterTimer.MERGE_DETECT);
        ring.timers().set(ClusterTimer.CONSENSUS, ring.config().consensusMillis());
        sendJoin();
        formIfAgreed();
    }

    /** Time to repeat the opinion. */
    void sendJoin() {
        ring.sendJoin();
        ring.timers().set(ClusterTimer.JOIN, ring.config().joinMillis());
    }

    @Override
    public void onJoin(MembJoin join) {
        if (!countIfAgreeing(join) && ring.learnFrom(join)) {
            ring.toGather(GatherReason.MERGE_IN_JOIN);
            ring.reconsider(join);
        }
    }

    /** Counts the sender as agreeing if it says what this node says. */
    boolean countIfAgreeing(MembJoin join) {
        if (!ring.opinion().sameAs(join.processors(), join.failed())) {
            return false;
        }
        if (!join.isLeave()) {
            agreeing.add(join.from());
        }
        formIfAgreed();
        return true;
    }

    /** If all candidates agree, the lowest of them makes the new ring's commit token. */
    private void formIfAgreed() {
        List<NodeId> candidates = ring.opinion().candidates();
        if (!agreeing.containsAll(candidates)) {
            return;
        }
        if (ring.opinion().hasFailedToReceive()) {
            // The others go on without us; what we make is a ring of our own.
            ring.opinion().clearFailedToReceive();
            ring.opinion().reset(List.of(ring.self()));
            ring.toCommit(ring.createCommitToken(List.of(ring.self())));
        } else if (!candidates.isEmpty() && candidates.getFirst().equals(ring.self())) {
            ring.toCommit(ring.createCommitToken(candidates));
        }
    }

    @Override
    public void onCommitToken(CommitToken token) {
        if (token.nodes().equals(ring.opinion().candidates())
                && Long.compareUnsigned(token.ringId().sequence(), ring.ringId().sequence()) > 0
                && token.memberIndex() < token.members().size()
                && token.members().get(token.memberIndex()).node().equals(ring.self())) {
            ring.toCommit(token);
        }
    }

    /** Not all agreed in time: those that did not are given up. */
    void onConsensusTimeout() {
        ring.stats().count(Counter.CONSENSUS_TIMEOUTS);
        ring.stats().gatherAgain();
        if (agreeing.containsAll(ring.opinion().candidates())) {
            agreeing.clear();
            agreeing.add(ring.self());
            ring.timers().set(ClusterTimer.TOKEN_LOSS, ring.config().tokenTimeoutMillis());
            return;
        }
        giveUpSilent();
        ring.toGather(GatherReason.CONSENSUS_TIMEOUT);
    }

    private void giveUpSilent() {
        for (NodeId node : ring.opinion().processors()) {
            if (!agreeing.contains(node)) {
                ring.opinion().fail(node);
                if (node.equals(caller)) {
                    ring.strangers().onNoAnswer(node);
                }
            }
        }
    }

    @Override
    public void onTokenLoss() {
        ring.stats().count(Counter.GATHER_TOKEN_LOST);
        if (!agreeing.containsAll(ring.opinion().candidates())) {
            giveUpSilent();
        }
        ring.toGather(GatherReason.CONSENSUS_WITHOUT_COMMIT);
    }

    @Override
    public void onMessage(Mcast message) {
        // The old ring's last messages: each one that arrives need not be recovered.
        ring.keepForRecovery(message);
    }

    @Override
    public void onForeignMessage(Mcast message) {
        if (!ring.opinion().knows(message.from())) {
            ring.stats().count(Counter.FOREIGN_MESSAGE);
            ring.opinion().add(message.from());
            ring.toGather(GatherReason.FOREIGN_MESSAGE_IN_GATHER);
        }
    }

    @Override
    public void onMergeDetect(MergeDetect merge) {
        if (!ring.opinion().knows(merge.from())) {
            ring.opinion().add(merge.from());
            ring.toGather(GatherReason.MERGE_IN_GATHER);
        }
    }

    @Override
    public void onToken(OrfToken token) {
        // The old ring is over.
    }

    @Override
    public void onHoldCancel() {
        // The old ring is over.
    }

    @Override
    public void onTokenRetransmit() {
        // No token is this node's to send.
    }

    @Override
    public void onNumbersDurable() {
        // They are needed in COMMIT.
    }

    @Override
    public void onLocalMessage() {
        // It waits for the next ring.
    }
}
