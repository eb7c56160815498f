package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.wire.totem.RingId;
import org.junit.jupiter.api.Test;

/**
 * The judge is judged: each bad history is rejected for its reason, and the good one that is
 * nearest to it is accepted.
 */
class SynchronyTest {

    private static final RingId FIRST = ring(4);
    private static final RingId SECOND = ring(8);
    private static final RingId THIRD = ring(12);

    private final Synchrony judge = new Synchrony();
    private final Synchrony.Member one = judge.newMember(new NodeId(1), 1);
    private final Synchrony.Member two = judge.newMember(new NodeId(2), 2);
    private final Synchrony.Member three = judge.newMember(new NodeId(3), 3);

    private static RingId ring(int sequence) {
        return new RingId(new NodeId(1), sequence);
    }

    private static long message(int node, int number) {
        return GroupLoad.messageId(node, node, number);
    }

    /** All are members of the group and come into the first ring. */
    private void begin() {
        for (Synchrony.Member member : List.of(one, two, three)) {
            member.joins();
            member.enters(FIRST);
        }
    }

    private void allSend(int count) {
        for (int number = 1; number <= count; number++) {
            one.sends(message(1, number));
            two.sends(message(2, number));
            three.sends(message(3, number));
        }
    }

    private static void deliver(Synchrony.Member member, long... messages) {
        for (long message : messages) {
            member.delivers(message);
        }
    }

    private void atEnd(Synchrony.Member... living) {
        judge.checkAtEnd(List.of(living));
    }

    private static void rejected(Runnable history, String why) {
        assertThatThrownBy(history::run)
                .isInstanceOf(InvariantBroken.class)
                .hasMessageContaining(why);
    }

    // ---- agreed order ------------------------------------------------------------------------

    @Test
    void sameOrderIsAccepted() {
        begin();
        allSend(1);
        deliver(one, message(1, 1), message(2, 1), message(3, 1));
        deliver(two, message(1, 1), message(2, 1), message(3, 1));
        atEnd(one, two);
    }

    @Test
    void otherOrderIsRejected() {
        begin();
        allSend(1);
        deliver(one, message(1, 1), message(2, 1), message(3, 1));
        deliver(two, message(2, 1), message(1, 1), message(3, 1));
        rejected(() -> atEnd(), "total order");
    }

    @Test
    void aPrefixOfACrashedNodeIsAccepted() {
        begin();
        allSend(1);
        deliver(one, message(1, 1), message(2, 1), message(3, 1));
        deliver(two, message(1, 1));
        atEnd(one);
    }

    // ---- same set between configurations -------------------------------------------------------

    @Test
    void sameSetBeforeTheSameNextRingIsAccepted() {
        begin();
        allSend(2);
        deliver(one, message(1, 1), message(2, 1));
        one.enters(SECOND);
        deliver(two, message(1, 1), message(2, 1));
        two.enters(SECOND);
        atEnd();
    }

    @Test
    void aMessageThatOneLacksBeforeTheSameNextRingIsRejected() {
        begin();
        allSend(2);
        deliver(one, message(1, 1), message(2, 1));
        one.enters(SECOND);
        deliver(two, message(1, 1));
        rejected(() -> two.enters(SECOND), "virtual synchrony");
    }

    @Test
    void whoGoesToAnotherRingMayLackIt() {
        begin();
        allSend(2);
        deliver(one, message(1, 1), message(2, 1));
        one.enters(SECOND);
        deliver(two, message(1, 1));
        two.enters(THIRD);
        atEnd();
    }

    @Test
    void theSameMessageOnOtherSidesOfARingChangeIsRejected() {
        begin();
        allSend(1);
        deliver(one, message(1, 1));
        two.enters(SECOND);
        rejected(() -> deliver(two, message(1, 1)), "another node in ring");
    }

    // ---- self-delivery -----------------------------------------------------------------------

    @Test
    void ownMessagesAreAwaitedUntilTheyCome() {
        begin();
        one.sends(message(1, 1));
        assertThat(one.awaitingOwn()).containsExactly(message(1, 1));

        deliver(one, message(1, 1));
        assertThat(one.awaitingOwn()).isEmpty();
    }

    // ---- integrity ---------------------------------------------------------------------------

    @Test
    void twiceIsRejected() {
        begin();
        allSend(2);
        deliver(one, message(2, 1), message(2, 2));
        rejected(() -> deliver(one, message(2, 1)), "twice");
    }

    @Test
    void twiceInTwoRingsIsRejected() {
        begin();
        allSend(1);
        deliver(one, message(2, 1));
        one.enters(SECOND);
        rejected(() -> deliver(one, message(2, 1)), "twice");
    }

    @Test
    void whatNobodySentIsRejected() {
        begin();
        allSend(1);
        rejected(() -> deliver(one, message(2, 9)), "what nobody sent");
    }

    @Test
    void deliveryBeforeTheFirstRingIsRejected() {
        allSend(1);
        rejected(() -> deliver(one, message(2, 1)), "without a ring");
    }

    // ---- order of each sender ----------------------------------------------------------------

    @Test
    void aSendersNumbersInOrderAreAccepted() {
        begin();
        allSend(3);
        deliver(one, message(2, 1), message(3, 1), message(2, 2), message(2, 3));
        atEnd();
    }

    @Test
    void aSendersLaterMessageFirstIsRejected() {
        begin();
        allSend(3);
        deliver(one, message(2, 3));
        rejected(() -> deliver(one, message(2, 2)), "of the same sender");
    }

    @Test
    void aHoleWithinARingIsRejected() {
        begin();
        allSend(3);
        one.enters(SECOND);
        deliver(one, message(2, 1));
        rejected(() -> deliver(one, message(2, 3)), "but number 1 before it");
    }

    @Test
    void aHoleOverARingChangeIsAccepted() {
        begin();
        allSend(3);
        deliver(one, message(2, 1));
        one.enters(SECOND);
        deliver(one, message(2, 3));
        atEnd();
    }

    // ---- at the end --------------------------------------------------------------------------

    @Test
    void theLivingMustHaveTheSameInTheLastRing() {
        begin();
        allSend(1);
        deliver(one, message(1, 1), message(2, 1));
        deliver(two, message(1, 1));
        rejected(() -> atEnd(one, two), "at the end in ring");
    }

    @Test
    void whoJoinedTheGroupInTheLastRingMayLackItsBeginning() {
        one.joins();
        one.enters(FIRST);
        two.enters(FIRST);
        allSend(1);
        deliver(one, message(1, 1), message(2, 1));
        two.joins();
        deliver(two, message(2, 1));
        atEnd(one, two);
    }
}
