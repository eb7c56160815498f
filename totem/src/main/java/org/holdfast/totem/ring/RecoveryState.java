package org.holdfast.totem.ring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;

/** The new ring's token goes round, but only the old ring's messages are sent, wrapped. */
final class RecoveryState implements RingState, PacketSource {

    /** Visits with the flag down after which nobody can have anything left to resend. */
    private static final int QUIET_VISITS_TO_INSTALL = 2;

    /** Visits with the flag down from which on acknowledgements count. */
    private static final int QUIET_VISITS_TO_COUNT = 3;

    /** Acknowledged visits after which everybody knows that everybody has everything. */
    private static final int ROTATIONS_TO_OPERATIONAL = 2;

    private final Ring ring;
    private final CommitToken commitToken;
    private final Rotation rotation;
    private final List<NodeId> transitional;
    private final OldRing oldRing;

    /** What this node still has to send, by its number in the old ring. */
    private final SequencedMap<Integer, Mcast> retransmissions = new LinkedHashMap<>();

    private boolean originated;
    private boolean flagIsOurs;
    private int quietVisits;
    private int installSequence;
    private int acknowledgedVisits;

    RecoveryState(Ring ring, CommitToken complete) {
        this.ring = ring;
        this.commitToken =
                new CommitToken(
                        FrameHeader.from(ring.self()),
                        complete.tokenSequence() + 1,
                        complete.ringId(),
                        complete.retransmitFlag(),
                        complete.memberIndex(),
                        complete.members());
        this.rotation = new Rotation(ring, new RingLog(complete.ringId(), ring.firstSequence()));
        this.installSequence = ring.firstSequence();
        this.oldRing = new OldRing(ring.log(), ring.user(), ring.stats());
        this.transitional = membersOfOurOldRing(complete);
    }

    @Override
    public String name() {
        return "RECOVERY";
    }

    void enter() {
        queueRetransmissions();
        ring.sendCommitToken(commitToken);
        ring.restartTokenTimers();
    }

    List<NodeId> newMembers() {
        return commitToken.nodes();
    }

    /** Those that come along from the ring that this node was in. */
    List<NodeId> transitional() {
        return transitional;
    }

    Rotation rotation() {
        return rotation;
    }

    OldRing oldRing() {
        return oldRing;
    }

    private List<NodeId> membersOfOurOldRing(CommitToken token) {
        List<NodeId> found = new ArrayList<>();
        for (CommitToken.Member member : token.members()) {
            if (ring.members().contains(member.node())
                    && member.oldRingId().equals(ring.log().ringId())) {
                found.add(member.node());
            }
        }
        return found;
    }

    private void queueRetransmissions() {
        RingLog old = ring.log();
        boolean somebodyMissesSome = false;
        int low = old.highest();
        for (CommitToken.Member member : commitToken.members()) {
            if (transitional.contains(member.node())) {
                somebodyMissesSome |= member.received() == 0;
                low = Sequences.earlier(low, member.aru());
            }
        }
        if (!somebodyMissesSome) {
            return;
        }
        low = Sequences.later(low, old.released());
        for (int sequence = low + 1; Sequences.atMost(sequence, old.highest()); sequence++) {
            Mcast message = old.get(sequence);
            if (message != null && !isResentByAnother(sequence)) {
                retransmissions.put(sequence, Mcast.encapsulate(ring.self(), message));
            }
        }
        ring.stats().count(Counter.RECOVERY_ORIGINATED, retransmissions.size());
    }

    /**
     * Whether one who comes before this node has the message for certain. It resends all that it
     * has and somebody misses, as every member does, so once is enough; and if all did it, the
     * copies of many nodes would be more than the new ring's log holds.
     */
    private boolean isResentByAnother(int sequence) {
        for (CommitToken.Member member : commitToken.members()) {
            if (member.node().equals(ring.self())) {
                return false;
            }
            if (transitional.contains(member.node()) && Sequences.atMost(sequence, member.aru())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int backlogPackets() {
        return retransmissions.size();
    }

    @Override
    public Mcast nextPacket() {
        return Objects.requireNonNull(retransmissions.pollFirstEntry()).getValue();
    }

    @Override
    public void onCommitToken(CommitToken token) {
        // Only one that has been to every member since this node sent it on: a copy of the first
        // round would start the ring before the others are in RECOVERY.
        boolean secondRoundDone =
                token.ringId().equals(commitToken.ringId())
                        && token.tokenSequence()
                                >= commitToken.tokenSequence() + newMembers().size() - 1;
        if (!secondRoundDone || originated || !ring.isRepresentative()) {
            return;
        }
        originated = true;
        flagIsOurs = !retransmissions.isEmpty();
        ring.sendToken(
                new OrfToken(
                        FrameHeader.from(ring.self()),
                        ring.firstSequence(),
                        0,
                        ring.firstSequence() - 1,
                        ring.self().value(),
                        commitToken.ringId(),
                        0,
                        0,
                        flagIsOurs ? 1 : 0,
                        List.of()));
        ring.restartTokenTimers();
    }

    @Override
    public void onToken(OrfToken token) {
        if (!rotation.accepts(token)) {
            return;
        }
        rotation.seen(token);
        oldRing.takeRecovered(rotation.log());
        // Or the copies of many nodes that all lack a message could be more than the log holds.
        rotation.release(token.aru());
        TokenDraft draft = rotation.exchange(token, this);
        if (rotation.hasFailedToReceive(draft)) {
            ring.stats().count(Counter.FAILED_TO_RECEIVE);
            ring.opinion().markFailedToReceive(ring.self());
            ring.toGather(GatherReason.FAILED_TO_RECEIVE);
            return;
        }
        draft.tokenSequence = token.tokenSequence() + 1;
        raiseOrLowerFlag(draft);
        boolean done = isDone(draft);
        ring.sendToken(draft.finish(ring.self()));
        ring.restartTokenTimers();
        if (done) {
            ring.toOperational();
        }
    }

    private void raiseOrLowerFlag(TokenDraft draft) {
        if (!retransmissions.isEmpty()) {
            if (!draft.retransmitFlag) {
                draft.retransmitFlag = true;
                flagIsOurs = true;
            }
        } else if (draft.retransmitFlag && flagIsOurs) {
            draft.retransmitFlag = false;
            flagIsOurs = false;
        }
    }

    private boolean isDone(TokenDraft draft) {
        quietVisits = draft.retransmitFlag ? 0 : quietVisits + 1;
        if (quietVisits == QUIET_VISITS_TO_INSTALL) {
            installSequence = draft.sequence;
        }
        boolean everybodyHasAll =
                quietVisits >= QUIET_VISITS_TO_COUNT
                        && Sequences.atMost(installSequence, draft.aru);
        acknowledgedVisits = everybodyHasAll ? acknowledgedVisits + 1 : 0;
        return acknowledgedVisits == ROTATIONS_TO_OPERATIONAL;
    }

    @Override
    public void onMessage(Mcast message) {
        Mcast resent = rotation.log().add(message) ? oldRing.messageIn(message) : null;
        if (resent != null) {
            // The new ring brings it to all; once is enough.
            retransmissions.remove(resent.sequence());
        }
    }

    @Override
    public void onJoin(MembJoin join) {
        if (newMembers().contains(join.from())
                && Long.compareUnsigned(join.ringSequence(), ring.ringId().sequence()) >= 0) {
            ring.stats().count(Counter.FORMATION_BROKEN_BY_JOIN);
            ring.learnFrom(join);
            ring.toGather(GatherReason.JOIN_IN_RECOVERY);
        } else if (!newMembers().contains(join.from())) {
            ring.strangers().keepEarly(join);
        }
    }

    @Override
    public void onTokenLoss() {
        ring.stats().count(Counter.RECOVERY_TOKEN_LOST);
        ring.toGather(GatherReason.TOKEN_LOST_IN_RECOVERY);
    }

    @Override
    public void onTokenRetransmit() {
        ring.resendToken();
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
    public void onNumbersDurable() {
        // This ring's id is durable already.
    }

    @Override
    public void onLocalMessage() {
        // It waits for the new ring.
    }
}
