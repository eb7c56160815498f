package org.holdfast.totem.ring;

import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.MergeDetect;
import org.holdfast.wire.totem.OrfToken;

/** How one state of the ring reacts. Edges between states are {@link Ring}'s {@code to} methods. */
sealed interface RingState permits OperationalState, GatherState, CommitState, RecoveryState {

    /** The name in logs. */
    String name();

    void onToken(OrfToken token);

    /** A message of the ring that this state works in. */
    void onMessage(Mcast message);

    /** A message of another ring, from a configured node. */
    void onForeignMessage(Mcast message);

    /** Another ring calls. */
    void onMergeDetect(MergeDetect merge);

    void onJoin(MembJoin join);

    void onCommitToken(CommitToken token);

    /** A node of this ring wants to send and thinks that the token is held. */
    void onHoldCancel();

    /** No token for the token timeout. */
    void onTokenLoss();

    /** Nothing came back for the retransmit timeout. */
    void onTokenRetransmit();

    /** More ring numbers are durable: perhaps those that a forming ring waits for. */
    void onNumbersDurable();

    /** This node has something to send. */
    void onLocalMessage();

    /** Gives the user what is in order by now. */
    default void deliver() {
        // Only a ring in force delivers by itself.
    }
}
