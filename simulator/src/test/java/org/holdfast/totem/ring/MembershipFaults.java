package org.holdfast.totem.ring;

import java.lang.reflect.Field;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.holdfast.kernel.NodeId;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.simulator.faults.Instead.Place;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** Faults in how rings form. */
public final class MembershipFaults {

    private MembershipFaults() {}

    static Object read(Object object, String field) {
        try {
            return fieldOf(object, field).get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    static void write(Object object, String field, Object value) {
        try {
            fieldOf(object, field).set(object, value);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Field fieldOf(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** Each copy of the complete commit token makes the representative send a first token. */
    @Historical(
            numbers = 1,
            check = "FaultScenariosTest.aCopyOfTheCommitTokenDoesNotDisturbTheFirstToken",
            caughtBy = "tokens lost in RECOVERY")
    static final class CopyOfTheCommitTokenStartsTheRingAgain {
        @Instead(
                of = RecoveryState.class,
                name = "originated",
                within = "onCommitToken",
                place = Place.FIELD)
        static boolean originated(RecoveryState state) {
            return false;
        }
    }

    /** A node that has given us up drags us into a ring that it will not share. */
    @Historical(
            numbers = 2,
            check = "FaultScenariosTest.aJoinThatNamesUsFailedDoesNotBreakTheRing",
            caughtBy = "rings broken")
    static final class JoinThatNamesUsFailedIsFollowed {
        @Instead(
                of = MembJoin.class,
                name = "failed",
                in = OperationalState.class,
                within = "onJoin")
        static java.util.List<NodeId> failed(MembJoin join) {
            return java.util.List.of();
        }
    }

    /** Who is in a ring does not hear joins. */
    @Historical(
            numbers = 3,
            check = "RingScenariosTest.aJoinerIsTakenInWellBeforeTheTokenTimeout",
            caughtBy = "no ring of [1, 2")
    static final class JoinIsNotHeardInOperational {
        @Instead(of = RingState.class, name = "onJoin", in = Ring.class)
        static void onJoin(RingState state, MembJoin join) {
            if (!(state instanceof OperationalState)) {
                state.onJoin(join);
            }
        }
    }

    /** What was made durable is not read. */
    @Historical(
            numbers = {4, 5},
            check = "RingScenariosTest.aRepresentativeThatRestartsAtOnceUsesNoRingIdTwice",
            caughtBy = "back to")
    static final class RestartForgetsTheRingId {
        @Instead(of = RingId.class, name = "sequence", in = Ring.class, within = "<init>")
        static long sequence(RingId persisted) {
            return 0;
        }
    }

    /** The commit token is sent on before the ring id is durable. */
    @Historical(
            numbers = 5,
            check = "FaultScenariosTest.aRingIdThatACrashForgotIsNotUsedAgain",
            caughtBy = "back to")
    static final class RingIdIsUsedBeforeItIsDurable {
        @Instead(of = DurableNumbers.class, name = "cover")
        static boolean cover(DurableNumbers numbers, long sequence) {
            return true;
        }
    }

    /** A token that is lost in RECOVERY puts the old ring id back: late commit tokens fit again. */
    @Historical(
            numbers = 6,
            check = "FaultScenariosTest.aLateCommitTokenOfABrokenRingIsNotTaken",
            caughtBy = "took part in the broken ring again")
    static final class LostRecoveryPutsTheOldRingIdBack {
        @Instead(
                of = Ring.class,
                name = "toGather",
                in = RecoveryState.class,
                within = "onTokenLoss")
        static void toGather(Ring ring, GatherReason reason) {
            write(ring, "ringId", ring.log().ringId());
            ring.toGather(reason);
        }
    }

    /** The id of an attempt that failed stands for the ring whose messages we have. */
    @Historical(numbers = 7, check = "Seeds.play", caughtBy = "transitional configuration")
    static final class FailedAttemptCountsAsTheOldRing {
        private static @Nullable Ring asked;

        @Instead(of = Ring.class, name = "log", in = CommitState.class, within = "fillIn")
        static RingLog log(Ring ring) {
            asked = ring;
            return ring.log();
        }

        @Instead(of = RingLog.class, name = "ringId", in = CommitState.class, within = "fillIn")
        static RingId ringId(RingLog log) {
            return asked != null && !asked.members().isEmpty() ? asked.ringId() : log.ringId();
        }
    }

    /** Two nodes are either the same or the second is greater. */
    @Historical(
            numbers = 8,
            check = "RingScenariosTest.anyOrderOfStopsAndStartsOfThreeNodesReachesConsensus",
            caughtBy = "no ring of")
    static final class NodesAreOnlyComparedForEquality {
        private static final Map<Opinion, TreeSet<NodeId>> SETS = new IdentityHashMap<>();

        @Instead(of = Opinion.class, name = "processors", place = Place.FIELD)
        static TreeSet<NodeId> processors(Opinion opinion) {
            return SETS.computeIfAbsent(
                    opinion, _ -> new TreeSet<>((one, other) -> one.equals(other) ? 0 : 1));
        }
    }

    /** The leave message does not say who leaves. */
    @Historical(
            numbers = 9,
            check = "RingScenariosTest.aLeaverIsGoneAtOnce",
            caughtBy = "no ring of [1, 2] within 1000 ms")
    static final class LeaveNamesNobody {
        @Instead(of = Opinion.class, name = "fail", in = Ring.class, within = "leave")
        static void fail(Opinion opinion, NodeId self) {
            // The message's list of failed nodes stays empty.
        }

        @Instead(of = MembJoin.class, name = "isLeave", in = Opinion.class)
        static boolean isLeave(MembJoin join) {
            return false;
        }
    }

    /** A node that has given itself up finds nobody to agree with. */
    @Historical(
            numbers = 10,
            check = "RingScenariosTest.aNodeThatReceivesNoMessagesLeavesTheRingAndComesBack",
            caughtBy = "no ring of")
    static final class FailedToReceiveLeavesNobody {
        @Instead(of = Opinion.class, name = "hasFailedToReceive", in = GatherState.class)
        static boolean hasFailedToReceive(Opinion opinion) {
            return false;
        }
    }

    /** After a pause everything is thrown away, not only joins. */
    @Historical(
            numbers = 22,
            check = "FaultScenariosTest.aPausedNodeUsesWhatLiesInItsSocket",
            caughtBy = "rings broken")
    static final class PauseFlushesEverything {
        @Instead(of = Ring.class, name = "receive")
        static void receive(Ring ring, byte[] frame) {
            if (!((PauseWatch) read(ring, "pauseWatch")).isFlushing()) {
                ring.receive(frame);
            }
        }
    }

    /** Other nodes' lists are learned without a bound. */
    @Historical(
            numbers = 28,
            check = "FaultScenariosTest.joinsThatNameVeryManyNodesDoNotKeepOthersApart",
            caughtBy = "sent a datagram of")
    static final class OpinionsGrowWithoutBound {
        @Instead(of = Opinion.class, name = "hasRoomFor")
        static boolean hasRoomFor(
                Opinion opinion,
                java.util.Collection<NodeId> processors,
                java.util.Collection<NodeId> failed) {
            return true;
        }
    }
}
