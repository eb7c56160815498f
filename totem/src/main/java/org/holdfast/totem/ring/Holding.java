package org.holdfast.totem.ring;

import org.holdfast.wire.totem.OrfToken;

/**
 * Who keeps the token of a quiet ring for a while instead of letting it spin, and from when on.
 *
 * <p>Among real nodes it is the representative, after {@code seqno_unchanged_const} rotations that
 * changed nothing, and the others believe so as long. If all members say that they can, it is the
 * node that sent the last message, as soon as everybody has it: who sends often sends again, and
 * then finds the token at hand.
 */
final class Holding {

    /** Real nodes believe that the token is held only after seqno_unchanged_const visits. */
    private static final int EARLY_VISITS = 2;

    private final Ring ring;
    private final Rotation rotation;

    Holding(Ring ring, Rotation rotation) {
        this.ring = ring;
        this.rotation = rotation;
    }

    /** Whether this node may keep a token that has come round so often without a new message. */
    boolean mayHold(OrfToken token, int unchangedVisits) {
        if (!isHolder(token.sequence())) {
            return false;
        }
        if (ring.user().senderHolds()) {
            return unchangedVisits > 0
                    && token.aru() == token.sequence()
                    && token.requests().isEmpty();
        }
        return unchangedVisits > representativesVisits()
                || ring.members().size() == 1 && unchangedVisits > 0;
    }

    /**
     * Whether another node is about to keep the token, or does. A node that is wrong about that
     * asks for a token that is on its way, which does no harm, or waits for the hold time.
     */
    boolean isBelievedHeld(OrfToken token, int unchangedVisits) {
        int visits = ring.user().senderHolds() ? 1 : representativesVisits();
        return !isHolder(token.sequence()) && unchangedVisits >= visits;
    }

    /** A sequence number has one sender, so no two nodes hold by turns. */
    private boolean isHolder(int sequence) {
        return ring.user().senderHolds() && sequence != ring.firstSequence()
                ? rotation.hasSentLast(sequence)
                : ring.isRepresentative();
    }

    private int representativesVisits() {
        int configured = ring.config().seqnoUnchangedConst();
        return ring.user().allAskEarly() ? Math.min(EARLY_VISITS, configured) : configured;
    }
}
