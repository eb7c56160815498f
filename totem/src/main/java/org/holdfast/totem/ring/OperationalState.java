package org.holdfast.totem.ring;

import org.holdfast.kernel.LogEvent.Level;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.TokenHoldCancel;
import org.holdfast.wire.totem.TotemCodec;
import org.jspecify.annotations.Nullable;

/** A ring is in force: the token goes round, messages are ordered and delivered. */
final class OperationalState implements RingState {

    private final Ring ring;
    private final Rotation rotation;
    private final RingLog log;
    private final Holding holding;
    private int lastSequence;
    private int unchangedVisits;

    /** The token of a quiet ring, ready to be sent on. */
    private @Nullable OrfToken held;

    private boolean believedHeld;

    /**
     * Whether the token has come once more, so that all members are OPERATIONAL, too. Until then
     * strangers have to wait: they call again soon, but a real Corosync aborts if a member's join
     * message overtakes the token with which it would have left RECOVERY (its issue 371).
     */
    private boolean allAreIn;

    OperationalState(Ring ring, Rotation rotation) {
        this.ring = ring;
        this.rotation = rotation;
        this.log = rotation.log();
        this.holding = new Holding(ring, rotation);
        this.lastSequence = log.highest();
    }

    @Override
    public String name() {
        return "OPERATIONAL";
    }

    @Override
    public void onToken(OrfToken token) {
        if (!rotation.accepts(token)) {
            return;
        }
        held = null;
        ring.timers().cancel(ClusterTimer.TOKEN_HOLD);
        noteActivity(token);
        rotation.seen(token);
        rotation.release(token.aru());
        visit(token, holding.mayHold(token, unchangedVisits));
        if (!allAreIn) {
            allAreIn = true;
            ring.strangers().takeEarly();
        }
    }

    private void visit(OrfToken token, boolean hold) {
        TokenDraft draft = rotation.exchange(token, ring.userSource());
        if (rotation.hasFailedToReceive(draft)) {
            failToReceive();
            return;
        }
        draft.tokenSequence = token.tokenSequence() + 1;
        OrfToken next = draft.finish(ring.self());
        boolean passOn =
                !hold
                        || draft.sequence != token.sequence()
                        || ring.config().cancelTokenHoldOnRetransmit()
                                && (!draft.requests.isEmpty() || draft.resent > 0);
        if (passOn) {
            ring.sendToken(next);
        } else {
            hold(next);
        }
        ring.restartTokenTimers();
    }

    private void noteActivity(OrfToken token) {
        if (token.sequence() == lastSequence) {
            if (!ring.timers().isSet(ClusterTimer.MERGE_DETECT)) {
                ring.timers().set(ClusterTimer.MERGE_DETECT, ring.config().mergeMillis());
            }
            unchangedVisits++;
        } else {
            ring.timers().cancel(ClusterTimer.MERGE_DETECT);
            unchangedVisits = 0;
        }
        lastSequence = token.sequence();
        believedHeld = holding.isBelievedHeld(token, unchangedVisits);
    }

    private void hold(OrfToken token) {
        held = token;
        ring.rememberToken(token);
        ring.timers().set(ClusterTimer.TOKEN_HOLD, ring.config().holdMillis());
        ring.stats().count(Counter.TOKEN_HELD);
    }

    /** The hold time is over: one more round. */
    void onHoldEnded() {
        OrfToken token = held;
        if (token != null) {
            held = null;
            ring.sendToken(token);
        }
    }

    @Override
    public void deliver() {
        while (log.delivered() != log.aru()) {
            int sequence = log.delivered() + 1;
            Mcast message = log.get(sequence);
            log.markDelivered(sequence);
            // What recovery sent again has been delivered as part of the old ring.
            if (message != null && !message.encapsulated()) {
                ring.user().deliver(message);
            }
        }
    }

    private void failToReceive() {
        ring.port().log(Level.ERROR, "FAILED TO RECEIVE");
        ring.stats().count(Counter.FAILED_TO_RECEIVE);
        ring.opinion().markFailedToReceive(ring.self());
        ring.toGather(GatherReason.FAILED_TO_RECEIVE);
    }

    @Override
    public void onMessage(Mcast message) {
        log.add(message);
    }

    @Override
    public void onForeignMessage(Mcast message) {
        ring.stats().count(Counter.FOREIGN_MESSAGE);
        if (!allAreIn) {
            return;
        }
        ring.opinion().add(message.from());
        ring.toGather(GatherReason.FOREIGN_MESSAGE_IN_OPERATIONAL, message.from());
    }

    @Override
    public void onMergeDetect(MergeDetect merge) {
        if (!allAreIn) {
            return;
        }
        ring.opinion().add(merge.from());
        ring.toGather(GatherReason.MERGE_IN_OPERATIONAL, merge.from());
    }

    @Override
    public void onJoin(MembJoin join) {
        boolean outOfDate =
                ring.members().contains(join.from())
                        && Long.compareUnsigned(join.ringSequence(), ring.ringId().sequence()) < 0;
        // A copy of the leave message that the present ring is the answer to.
        boolean gone = join.isLeave() && !ring.members().contains(join.from());
        boolean early = !allAreIn && !ring.members().contains(join.from());
        if (early) {
            ring.strangers().keepEarly(join);
        }
        // A node that has given us up must not drag us into a ring that it will not share.
        if (outOfDate || gone || early || join.failed().contains(ring.self())) {
            ring.stats().count(Counter.JOIN_IGNORED);
            return;
        }
        boolean learned = ring.learnFrom(join);
        ring.toGather(learned ? GatherReason.MERGE_IN_JOIN : GatherReason.JOIN_IN_OPERATIONAL);
        // It counts at once, not only when the sender repeats it.
        ring.reconsider(join);
    }

    @Override
    public void onCommitToken(CommitToken token) {
        // Of a ring that this node has not agreed to.
    }

    @Override
    public void onHoldCancel() {
        unchangedVisits = 0;
        if (held != null) {
            release();
        }
    }

    /** Takes the held token once more, sends what there is, and passes it on. */
    private void release() {
        OrfToken token = held;
        if (token == null) {
            return;
        }
        held = null;
        ring.timers().cancel(ClusterTimer.TOKEN_HOLD);
        TokenDraft draft = rotation.exchange(token, ring.userSource());
        OrfToken next = draft.finish(ring.self());
        ring.sendToken(next);
        ring.restartTokenTimers();
    }

    @Override
    public void onTokenLoss() {
        ring.port()
                .log(
                        Level.NOTICE,
                        "A processor failed, forming new configuration: token timed out (%dms), waiting %dms for consensus."
                                .formatted(
                                        ring.config().tokenTimeoutMillis(),
                                        ring.config().consensusMillis()));
        ring.stats().count(Counter.OPERATIONAL_TOKEN_LOST);
        ring.toGather(GatherReason.TOKEN_LOST_IN_OPERATIONAL);
    }

    @Override
    public void onTokenRetransmit() {
        held = null;
        ring.resendToken();
    }

    @Override
    public void onNumbersDurable() {
        // A later ring's.
    }

    @Override
    public void onLocalMessage() {
        if (held != null) {
            unchangedVisits = 0;
            release();
        } else if (believedHeld) {
            believedHeld = false;
            ring.stats().count(Counter.TOKEN_HOLD_CANCEL_TX);
            ring.port()
                    .sendToAll(
                            TotemCodec.encode(
                                    new TokenHoldCancel(
                                            FrameHeader.from(ring.self()), ring.ringId())));
        }
    }
}
