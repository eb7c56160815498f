package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.ring.RingStats.Counter;
import org.junit.jupiter.api.Test;

/**
 * Faults that real Corosync once had, provoked on purpose. Numbers in comments are Corosync's
 * commits.
 */
class RingScenariosTest {

    /** 4ee84c51: a second copy of the commit token in RECOVERY started the ring twice. */
    @Test
    void doubledCommitTokensDoNotDisturbAFormingRing() {
        Scenario scenario = new Scenario(3);
        scenario.quality(0, 1.0, 0);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(3000);

        assertThat(scenario.count(1, Counter.RECOVERY_TOKEN_LOST)).isZero();
        assertThat(scenario.count(1, Counter.OPERATIONAL_TOKEN_LOST)).isZero();
        scenario.finish();
    }

    /** cfbb021e: a join that names its receiver failed made two rings loop for ever. */
    @Test
    void aNodeThatHearsNobodyDoesNotKeepTheOthersFromTheirRing() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.cluster.network().setCut(1, 3, true);
        scenario.cluster.network().setCut(2, 3, true);
        scenario.runUntilRing(5000, 1, 2);
        long gathersBefore = scenario.count(1, Counter.GATHER_ENTERED);
        scenario.runMillis(10_000);

        assertThat(scenario.count(1, Counter.GATHER_ENTERED) - gathersBefore)
                .as("node 1 looks for new rings all the time")
                .isLessThan(30);
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.finish();
    }

    /** d9914003: joins were ignored in OPERATIONAL, so a joiner waited for the token timeout. */
    @Test
    void aJoinerIsTakenInWellBeforeTheTokenTimeout() {
        Scenario scenario = new Scenario(3);
        scenario.node(1).boot();
        scenario.node(2).boot();
        scenario.runUntilRing(1000, 1, 2);
        scenario.node(3).boot();

        assertThat(scenario.runUntilRing(1000, 1, 2, 3)).isLessThan(Scenario.TOKEN_MILLIS / 2);
        scenario.finish();
    }

    /** 3675dace: the lowest node restarted before the token timeout and used its ring id again. */
    @Test
    void aRepresentativeThatRestartsAtOnceUsesNoRingIdTwice() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        for (int i = 0; i < 20; i++) {
            scenario.node(1).crash();
            scenario.runMillis(10 + i);
            scenario.node(1).boot();
            scenario.runUntilRing(10_000, 1, 2, 3);
        }
        scenario.finish();
    }

    /** d99fba72: four of five stopped and started together, and an old ring id came back. */
    @Test
    void fourOfFiveRestartTogetherAndNoRingIdComesBack() {
        Scenario scenario = new Scenario(5);
        scenario.bootAll().runUntilRing(2000, 1, 2, 3, 4, 5);
        for (int i = 0; i < 5; i++) {
            for (int node = 1; node <= 4; node++) {
                scenario.node(node).shutDown();
            }
            scenario.runUntil("all have left", 2000, () -> scenario.cluster.up().size() == 1);
            scenario.runMillis(300L * i);
            scenario.bootAll();
            scenario.runUntilRing(10_000, 1, 2, 3, 4, 5);
        }
        scenario.finish();
    }

    /** 6aa47fde, 107ef199: a ring broken off in RECOVERY left a wrong ring id behind. */
    @Test
    void aRingBrokenOffInEveryStateIsFollowedByAWholeOne() {
        for (String state : new String[] {"GATHER", "COMMIT", "RECOVERY"}) {
            Scenario scenario = new Scenario(4);
            scenario.bootAll().runUntilRing(2000, 1, 2, 3, 4);
            scenario.runMillis(500);
            scenario.node(4).crash();
            scenario.runUntil(state, 5000, () -> scenario.layer(2).ringState().equals(state));
            scenario.node(3).crash();
            scenario.runUntilRing(10_000, 1, 2);
            scenario.bootAll();
            scenario.runUntilRing(10_000, 1, 2, 3, 4);
            scenario.finish();
        }
    }

    /** 9b3782e4: a sequence of stops and starts of three nodes never reached consensus. */
    @Test
    void anyOrderOfStopsAndStartsOfThreeNodesReachesConsensus() {
        int[][] orders = {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}};
        for (int[] order : orders) {
            Scenario scenario = new Scenario(3);
            scenario.bootAll().runUntilRing(1000, 1, 2, 3);
            for (int node : order) {
                scenario.node(node).shutDown();
                scenario.runMillis(700);
            }
            for (int node : order) {
                scenario.node(node).boot();
                scenario.runMillis(70);
            }
            scenario.runUntilRing(5000, 1, 2, 3);
            scenario.finish();
        }
    }

    /** e45bbcc9: the leave message named no node, so the others waited for the token timeout. */
    @Test
    void aLeaverIsGoneAtOnce() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.node(3).shutDown();

        assertThat(scenario.runUntilRing(1000, 1, 2)).isLessThan(200);
        scenario.finish();
    }

    /** d4db2ea5: a node that had marked itself FAILED TO RECEIVE found an empty set and aborted. */
    @Test
    void aNodeThatReceivesNoMessagesLeavesTheRingAndComesBack() {
        Scenario scenario =
                new Scenario(
                        3, TotemConfig.builder().failToReceiveConst(20), QuorumConfig.majority());
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.cluster.network().setBytesMax(3, 200);
        scenario.runUntil(
                "FAILED TO RECEIVE",
                20_000,
                () -> scenario.count(3, Counter.FAILED_TO_RECEIVE) > 0);
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.finish();
    }

    /** f135b680: the token of a quiet ring was held while a message was still missing somewhere. */
    @Test
    void aMessageThatOneNodeMissesOnAQuietRingArrivesSoon() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.cluster.network().setBytesMax(3, 60);
        scenario.runMillis(60);
        scenario.cluster.network().mendAll();

        scenario.finish();
        assertThat(scenario.count(3, Counter.FAILED_TO_RECEIVE)).isZero();
    }

    /** b8878d2e: copies of the token put its loss off for ever. */
    @Test
    void aTokenThatIsLostAtOneNodeIsNoticedInTime() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.cluster.network().setCut(2, 3, true);

        long lost =
                scenario.runUntil(
                        "a new look for members",
                        5000,
                        () ->
                                scenario.count(3, Counter.OPERATIONAL_TOKEN_LOST) > 0
                                        || scenario.count(1, Counter.OPERATIONAL_TOKEN_LOST) > 0);
        assertThat(lost).isLessThan(Scenario.TOKEN_MILLIS + 300);
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.finish();
    }

    /** adf8d6db: RECOVERY locked up when more than 206 messages had to be sent again. */
    @Test
    void hundredsOfMessagesAreRecovered() {
        Scenario scenario =
                new Scenario(
                        3,
                        TotemConfig.builder().failToReceiveConst(100_000).missCountConst(1000),
                        QuorumConfig.majority());
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        // Node 3 gets tokens, but hardly any message, and does not ask for them either.
        scenario.cluster.network().setBytesMax(3, 150);
        scenario.runMillis(8000);
        scenario.cluster.network().mendAll();
        scenario.node(2).crash();
        scenario.runUntilRing(10_000, 1, 3);

        assertThat(scenario.count(1, Counter.RECOVERY_ORIGINATED)).isGreaterThan(206);
        scenario.finish();
    }

    /** e448603f, 23e17953: a paused node must learn that the others went on without it. */
    @Test
    void aPausedNodeComesBackIntoARingOfAll() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        for (int millis : new int[] {300, 900, 1500, 4000}) {
            scenario.node(2).setPaused(true);
            scenario.runMillis(millis);
            scenario.node(2).setPaused(false);
            scenario.runMillis(1000);
            scenario.runUntilRing(10_000, 1, 2, 3);
        }
        scenario.finish();
    }

    /** A node that is paused again and again costs the others less and less. */
    @Test
    void aFlakyNodeDoesNotDragTheOthersThroughEndlessMembershipChanges() {
        Scenario scenario = new Scenario(4);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3, 4);
        long before = scenario.count(1, Counter.OPERATIONAL_ENTERED);
        for (int i = 0; i < 60; i++) {
            scenario.node(4).setPaused(true);
            scenario.runMillis(2600);
            scenario.node(4).setPaused(false);
            scenario.runMillis(400);
        }

        // Twice in every of 60 turns otherwise.
        assertThat(scenario.count(1, Counter.OPERATIONAL_ENTERED) - before).isBetween(5L, 32L);
        assertThat(scenario.count(1, Counter.HELD_OFF)).isPositive();
        scenario.runUntilRing(400_000, 1, 2, 3, 4);
        scenario.finish();
    }

    /** 1d9f444f and its like: long node lists. */
    @Test
    void thirtyTwoNodesFormOneRing() {
        Scenario scenario = new Scenario(32);
        scenario.bootAll();
        Integer[] all = new Integer[32];
        for (int i = 0; i < 32; i++) {
            all[i] = i + 1;
        }
        scenario.runUntilRing(20_000, all);
        scenario.runMillis(200);
        scenario.node(7).crash();
        scenario.runUntil(
                "ring of 31",
                20_000,
                () -> scenario.layer(1).members().size() == 31 && scenario.layer(1).isReady());
        scenario.finish();
    }

    @Test
    void reorderedAndDoubledDatagramsCauseNoNewRing() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.quality(0, 0.3, 0.5);
        long gathers = scenario.count(1, Counter.GATHER_ENTERED);
        scenario.runMillis(5000);

        assertThat(scenario.count(1, Counter.GATHER_ENTERED)).isEqualTo(gathers);
        scenario.finish();
    }

    /** Corosync lets the token spin 33 times for a lone message; ours stops after a few rounds. */
    @Test
    void aLoneMessageOnAQuietRingCostsFewRotations() {
        Scenario scenario =
                new Scenario(
                        3, TotemConfig.builder(), QuorumConfig.majority(), Integer.MAX_VALUE / 4);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        for (int sender = 1; sender <= 3; sender++) {
            scenario.runMillis(1000);
            scenario.runUntil(
                    "held token",
                    1000,
                    () -> scenario.cluster.time().nowNanos() / 1_000_000 % 180 == 90);
            long before = scenario.count(1, Counter.ORF_TOKEN_RX);
            ((GroupStack) scenario.node(sender).stack()).sendLastMessage();
            scenario.runMillis(60);
            long rotations = scenario.count(1, Counter.ORF_TOKEN_RX) - before;

            assertThat(rotations).as("rotations for node " + sender).isBetween(1L, 5L);
        }
        scenario.finish();
    }

    /** Corosync's token waits at the representative; ours where the last message came from. */
    @Test
    void whoSendsAgainOnAQuietRingNeedNotAskForTheToken() {
        Scenario scenario =
                new Scenario(
                        3, TotemConfig.builder(), QuorumConfig.majority(), Integer.MAX_VALUE / 4);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        for (int sender = 1; sender <= 3; sender++) {
            scenario.runMillis(1000);
            ((GroupStack) scenario.node(sender).stack()).sendLastMessage();
            scenario.runMillis(1000);
            long asked = scenario.count(sender, Counter.TOKEN_HOLD_CANCEL_TX);
            long held = scenario.count(sender, Counter.TOKEN_HELD);
            scenario.runMillis(1000);
            assertThat(scenario.count(sender, Counter.TOKEN_HELD)).isGreaterThan(held);
            ((GroupStack) scenario.node(sender).stack()).sendLastMessage();
            scenario.runMillis(60);
            assertThat(scenario.count(sender, Counter.TOKEN_HOLD_CANCEL_TX)).isEqualTo(asked);
        }
        scenario.finish();
    }

    @Test
    void twoNodesOfWhichOneDiesKeepQuorum() {
        Scenario scenario = new Scenario(2, TotemConfig.builder(), QuorumConfig.ofTwoNodes());
        scenario.node(1).boot();
        scenario.runMillis(3000);
        assertThat(scenario.layer(1).quorate()).as("alone, waiting for all").isFalse();
        scenario.node(2).boot();
        scenario.runUntilRing(1000, 1, 2);
        assertThat(scenario.layer(1).quorate()).isTrue();
        scenario.node(2).crash();
        scenario.runUntilRing(10_000, 1);
        assertThat(scenario.layer(1).quorate()).isTrue();
        scenario.finish();
    }
}
