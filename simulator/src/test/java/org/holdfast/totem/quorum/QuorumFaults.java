package org.holdfast.totem.quorum;

import java.util.List;
import java.util.Optional;
import org.holdfast.kernel.NodeId;
import org.holdfast.simulator.faults.Historical;
import org.holdfast.simulator.faults.Instead;
import org.holdfast.totem.QuorumRefusal;
import org.holdfast.wire.totem.RingId;

/** Faults in votequorum. */
public final class QuorumFaults {

    private QuorumFaults() {}

    /** The tie-breaker does not ask whether the other side could be quorate. */
    @Historical(
            numbers = 29,
            check = "FaultScenariosTest.aTieBreakerInAnOddClusterMakesNoSecondQuorum",
            caughtBy = "is quorate with [1, 2] of 5 nodes")
    static final class TieBreakerInAnOddCluster {
        @Instead(
                of = List.class,
                name = "size",
                in = Votequorum.class,
                within = "tieBreakerDecidesForUs")
        static int size(List<?> members) {
            return 0;
        }
    }

    /** Expected votes may be set below those that are there. */
    @Historical(
            numbers = 30,
            check = "FaultScenariosTest.expectedVotesBelowTheTotalAreRefused",
            caughtBy = "is quorate with [4, 5] of 5 nodes")
    static final class ExpectedVotesBelowTheTotal {
        @Instead(of = Votequorum.class, name = "checkExpectedVotes")
        static Optional<QuorumRefusal> checkExpectedVotes(Votequorum votequorum, int votes) {
            return Optional.empty();
        }

        @Instead(
                of = Voters.class,
                name = "membersVotes",
                in = Votequorum.class,
                within = "recalculate")
        static int membersVotes(Voters voters) {
            return 0;
        }
    }

    /** A device's vote for one ring counts in the next one, too. */
    @Historical(
            numbers = 31,
            check = "FaultScenariosTest.aDeviceThatServesTheOtherSideHasNoVoteHere",
            caughtBy = "two quorate components")
    static final class OldVoteOfTheDeviceCounts {
        @Instead(of = QuorumDevice.class, name = "isAwaited")
        static boolean isAwaited(QuorumDevice device) {
            return false;
        }
    }

    /** A device that is silent keeps its vote. */
    @Historical(
            numbers = 31,
            check = "FaultScenariosTest.aDeviceThatIsSilentLosesItsVote",
            caughtBy = "no end of quorum")
    static final class SilentDeviceKeepsItsVote {
        @Instead(of = QuorumDevice.class, name = "onTimer")
        static void onTimer(QuorumDevice device) {
            // Nothing.
        }
    }

    /** Programs are told of quorum, not of its end. */
    @Historical(
            numbers = 33,
            check = "FaultScenariosTest.theSmallerSideLosesQuorumInTime",
            caughtBy = "end of quorum")
    static final class SmallerSideIsNotTold {
        @Instead(of = Votequorum.Port.class, name = "quorum")
        static void quorum(
                Votequorum.Port port, RingId ringId, boolean quorate, List<NodeId> members) {
            if (quorate) {
                port.quorum(ringId, true, members);
            }
        }
    }
}
