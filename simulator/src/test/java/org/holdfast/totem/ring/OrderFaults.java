package org.holdfast.totem.ring;

import static org.holdfast.totem.ring.MembershipFaults.read;
import static org.holdfast.totem.ring.MembershipFaults.write;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.holdfast.kernel.NodeId;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.simulator.faults.Instead.Place;
import org.holdfast.totem.TotemConfig;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RingId;
import org.jspecify.annotations.Nullable;

/** Faults in the token's work and in recovery. */
public final class OrderFaults {

    private OrderFaults() {}

    /** A quiet ring's token is held although somebody asks for a message. */
    @Historical(
            numbers = 12,
            check = "FaultScenariosTest.aMissedMessageReleasesTheHeldToken",
            caughtBy = "no delivery")
    static final class TokenIsHeldWhileMessagesAreMissed {
        @Instead(
                of = TotemConfig.class,
                name = "cancelTokenHoldOnRetransmit",
                in = OperationalState.class)
        static boolean cancelTokenHoldOnRetransmit(TotemConfig config) {
            return false;
        }
    }

    /** Who sent last holds the token although somebody misses the message. */
    @Historical(
            numbers = 12,
            check = "FaultScenariosTest.aMissedMessageKeepsTheTokenOfItsSenderGoing",
            caughtBy = "no delivery")
    static final class SenderHoldsWhileMessagesAreMissed {
        @Instead(of = Holding.class, name = "mayHold", in = OperationalState.class)
        static boolean mayHold(Holding holding, OrfToken token, int unchangedVisits) {
            boolean isHolder = ((Rotation) read(holding, "rotation")).hasSentLast(token.sequence());
            return isHolder && unchangedVisits > 0;
        }
    }

    /** Copies of the token count as visits at which nothing was received. */
    @Historical(
            numbers = 13,
            check = "FaultScenariosTest.copiesOfTheTokenAreNoVisits",
            caughtBy = "FAILED TO RECEIVE")
    static final class CopiesOfTheTokenCountAsVisits {
        @Instead(
                of = Rotation.class,
                name = "accepts",
                in = OperationalState.class,
                within = "onToken")
        static boolean accepts(Rotation rotation, OrfToken token) {
            boolean accepted = rotation.accepts(token);
            if (!accepted) {
                write(rotation, "sameAruVisits", (Integer) read(rotation, "sameAruVisits") + 1);
            }
            return accepted;
        }
    }

    /** A copy of the token puts its loss off. */
    @Historical(
            numbers = 14,
            check = "FaultScenariosTest.copiesOfTheTokenDoNotPutItsLossOff",
            caughtBy = "no token loss")
    static final class CopiesOfTheTokenRestartItsTimer {
        @Instead(
                of = Rotation.class,
                name = "accepts",
                in = OperationalState.class,
                within = "onToken")
        static boolean accepts(Rotation rotation, OrfToken token) {
            boolean accepted = rotation.accepts(token);
            if (!accepted) {
                ((Ring) read(rotation, "ring")).restartTokenTimers();
            }
            return accepted;
        }
    }

    /** What lies beyond a gap of the old ring is not sent again. */
    @Historical(
            numbers = 15,
            check = "Seeds.play",
            caughtBy = {"delivered", "damaged"})
    static final class RecoveryStopsAtAGap {
        private static final Map<RingLog, Integer> FIRST_GAPS = new IdentityHashMap<>();

        @Instead(
                of = RingLog.class,
                name = "get",
                in = RecoveryState.class,
                within = "queueRetransmissions")
        static @Nullable Mcast get(RingLog log, int sequence) {
            Mcast found = log.get(sequence);
            if (found == null) {
                FIRST_GAPS.merge(log, sequence, Sequences::earlier);
            }
            Integer gap = FIRST_GAPS.get(log);
            return gap != null && Sequences.before(gap, sequence) ? null : found;
        }
    }

    /** Recovery counts what it has sent, and stops at 206. */
    @Historical(
            numbers = 16,
            check = "RingScenariosTest.hundredsOfMessagesAreRecovered",
            caughtBy = "no ring of [1, 3]")
    static final class RecoveryStopsAfter206Messages {
        private static final Map<PacketSource, Integer> SENT = new IdentityHashMap<>();

        @Instead(of = PacketSource.class, name = "backlogPackets", in = Rotation.class)
        static int backlogPackets(PacketSource source) {
            boolean stuck = source instanceof RecoveryState && SENT.getOrDefault(source, 0) >= 206;
            return stuck ? 0 : source.backlogPackets();
        }

        @Instead(of = PacketSource.class, name = "nextPacket", in = Rotation.class)
        static Mcast nextPacket(PacketSource source) {
            SENT.merge(source, 1, Integer::sum);
            return source.nextPacket();
        }
    }

    /** Nobody takes the retransmit flag down. */
    @Historical(
            numbers = 17,
            check = "RingScenariosTest.hundredsOfMessagesAreRecovered",
            caughtBy = "no ring of [1, 3]")
    static final class RetransmitFlagStaysUp {
        @Instead(of = RecoveryState.class, name = "flagIsOurs", place = Place.FIELD)
        static boolean flagIsOurs(RecoveryState state) {
            return false;
        }
    }

    /** The old ring's messages end at its first gap. */
    @Historical(
            numbers = 18,
            check = "Seeds.play",
            caughtBy = {"delivered", "damaged"})
    static final class NothingIsDeliveredBeyondAGap {
        @Instead(of = OldRing.class, name = "deliverBeyondGap")
        static void deliverBeyondGap(OldRing old, List<NodeId> along) {
            // Lost.
        }
    }

    /** Everybody in the new ring counts as having come along. */
    @Historical(numbers = 20, check = "Seeds.play", caughtBy = "transitional configuration")
    static final class WhoComesFromElsewhereComesAlong {
        @Instead(
                of = RingId.class,
                name = "equals",
                in = RecoveryState.class,
                within = "membersOfOurOldRing")
        static boolean equals(RingId theirs, Object ours) {
            return true;
        }
    }

    /** Sequence numbers are compared as plain numbers. */
    @Historical(
            numbers = 21,
            check = "FaultScenariosTest.sequenceNumbersWrap",
            caughtBy = "no ring of")
    static final class SequencesDoNotWrap {
        @Instead(of = Sequences.class, name = "before")
        static boolean before(int a, int b) {
            return Integer.compareUnsigned(a, b) < 0;
        }

        @Instead(of = Sequences.class, name = "atMost")
        static boolean atMost(int a, int b) {
            return Integer.compareUnsigned(a, b) <= 0;
        }
    }

    /** What the token knows and the node does not is missed at once. */
    @Historical(
            numbers = 23,
            check = "FaultScenariosTest.messagesBehindTheTokenAreNotAskedForAgain",
            caughtBy = "messages asked for again")
    static final class MissedAtTheFirstToken {
        @Instead(of = RingLog.class, name = "countMiss")
        static int countMiss(RingLog log, int sequence) {
            return Byte.MAX_VALUE;
        }
    }
}
