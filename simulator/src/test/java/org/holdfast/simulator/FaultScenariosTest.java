package org.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.holdfast.kernel.NodeId;
import org.holdfast.testkit.SimulatedNetwork;
import org.holdfast.totem.ClusterInput;
import org.holdfast.totem.DeviceRequest;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.totem.layer.ClusterLayer;
import org.holdfast.totem.ring.RingStats.Counter;
import org.holdfast.wire.totem.CommitToken;
import org.holdfast.wire.totem.FrameHeader;
import org.holdfast.wire.totem.Mcast;
import org.holdfast.wire.totem.MembJoin;
import org.holdfast.wire.totem.OrfToken;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.totem.TotemCodec;
import org.junit.jupiter.api.Test;

/**
 * More faults that rings once had, each led step by step to the point where it would show. {@code
 * HistoricalFaultsTest} puts the faults in.
 */
class FaultScenariosTest {

    private static final int HARDLY_EVER = Integer.MAX_VALUE / 4;

    private static Scenario quiet(int nodes, TotemConfig.Builder totem) {
        return new Scenario(nodes, totem, QuorumConfig.majority(), HARDLY_EVER);
    }

    private static void sendFrom(Scenario scenario, int node) {
        ((GroupStack) scenario.node(node).stack()).sendLastMessage();
    }

    private static long sum(Scenario scenario, Counter counter) {
        return scenario.cluster.up().stream()
                .mapToLong(node -> scenario.count(node.id().value(), counter))
                .sum();
    }

    /** Cuts all links between the first nodes and the others. */
    private static void cutAfter(Scenario scenario, int last) {
        int nodes = scenario.cluster.nodes().size();
        for (int one = 1; one <= last; one++) {
            for (int other = last + 1; other <= nodes; other++) {
                scenario.cluster.network().setCut(one, other, true);
                scenario.cluster.network().setCut(other, one, true);
            }
        }
    }

    // ---- formation ---------------------------------------------------------------------------

    /**
     * Corosync's issue 371: it aborts when the join message of a member that already is
     * OPERATIONAL, and has met a stranger there, overtakes the token in its socket.
     */
    @Test
    void strangersWaitUntilAllMembersAreIn() {
        Scenario scenario = quiet(4, TotemConfig.builder());
        Mcast stranger = Mcast.allocate(new NodeId(4), false, 20);
        stranger.number(new RingId(new NodeId(4), 999), 1, 1);
        List<RingId> entering = new ArrayList<>();
        scenario.cluster
                .network()
                .setLoss((from, _, datagram) -> {
                    if (from == 2
                            && entering.isEmpty()
                            && TotemCodec.decode(datagram) instanceof OrfToken token
                            && scenario.layer(2).members().size() == 3
                            && scenario.layer(2).ringState().equals("OPERATIONAL")
                            && scenario.layer(1).ringState().equals("RECOVERY")) {
                        entering.add(token.ringId());
                        scenario.cluster
                                .time()
                                .after(1, () -> scenario.node(2).arrive(stranger.frame()));
                    }
                    return false;
                });
        for (int node = 1; node <= 3; node++) {
            scenario.node(node).boot();
        }
        scenario.runUntilRing(5000, 1, 2, 3);

        assertThat(entering).containsExactly(scenario.layer(1).ringId());
    }

    /** 4ee84c51: the first token was sent again, in the place of the one to retransmit. */
    @Test
    void aCopyOfTheCommitTokenDoesNotDisturbTheFirstToken() {
        Scenario scenario = new Scenario(3);
        List<byte[]> complete = new ArrayList<>();
        boolean[] lost = {false};
        scenario.cluster
                .network()
                .setLoss((from, to, datagram) -> {
                    switch (TotemCodec.decode(datagram)) {
                        case CommitToken _ when to == 1 -> complete.add(datagram.clone());
                        case OrfToken token
                                when from == 1 && token.tokenSequence() == 3 && !lost[0] -> {
                            lost[0] = true;
                            byte[] copy = complete.getLast();
                            scenario.cluster
                                    .time()
                                    .after(1_000_000, () -> scenario.node(1).arrive(copy));
                            return true;
                        }
                        default -> {
                            // Arrives.
                        }
                    }
                    return false;
                });
        scenario.bootAll().runMillis(5000);

        assertThat(lost[0]).isTrue();
        assertThat(sum(scenario, Counter.RECOVERY_TOKEN_LOST))
                .as("tokens lost in RECOVERY")
                .isZero();
        scenario.runUntilRing(1000, 1, 2, 3);
        scenario.finish();
    }

    /** d99fba72 and its like: a ring id is used only when it is durable. */
    @Test
    void aRingIdThatACrashForgotIsNotUsedAgain() {
        Scenario scenario =
                new Scenario(
                        new SimulatedCluster.Settings(
                                1,
                                TotemConfig.builder().build(1),
                                QuorumConfig.majority(),
                                0,
                                20_000_000,
                                false),
                        20);
        for (int i = 0; i < 5; i++) {
            scenario.bootAll().runUntilRing(1000, 1);
            scenario.node(1).crash();
        }
        scenario.bootAll().runUntilRing(1000, 1);
        scenario.finish();
    }

    /** 6aa47fde: a commit token of a ring that broke in RECOVERY was accepted later. */
    @Test
    void aLateCommitTokenOfABrokenRingIsNotTaken() {
        Scenario scenario = new Scenario(3);
        List<byte[]> commitTokens = new ArrayList<>();
        boolean[] allIsLost = {false};
        scenario.cluster
                .network()
                .setLoss((_, to, datagram) -> {
                    switch (TotemCodec.decode(datagram)) {
                        case CommitToken token when to == 2 && token.memberIndex() == 1 ->
                                commitTokens.add(datagram.clone());
                        case OrfToken _ -> {
                            return true;
                        }
                        default -> {
                            // Arrives, while anything does.
                        }
                    }
                    return allIsLost[0];
                });
        scenario.bootAll();
        scenario.runUntil("RECOVERY", 1000, () -> scenario.layer(2).ringState().equals("RECOVERY"));
        allIsLost[0] = true;
        scenario.runUntil("GATHER", 2000, () -> scenario.layer(2).ringState().equals("GATHER"));
        long before = scenario.count(2, Counter.COMMIT_ENTERED);
        scenario.node(2).arrive(commitTokens.getLast());
        scenario.runMillis(1);

        assertThat(scenario.count(2, Counter.COMMIT_ENTERED))
                .as("took part in the broken ring again")
                .isEqualTo(before);
        scenario.cluster.network().setLoss((_, _, _) -> false);
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.finish();
    }

    /** cfbb021e: a join of a node that has given us up was followed, for ever. */
    @Test
    void aJoinThatNamesUsFailedDoesNotBreakTheRing() {
        Scenario scenario = new Scenario(3);
        scenario.node(1).boot();
        scenario.node(2).boot();
        scenario.runUntilRing(1000, 1, 2);
        long gathers = sum(scenario, Counter.GATHER_ENTERED);
        NodeId third = new NodeId(3);
        List<NodeId> others = List.of(new NodeId(1), new NodeId(2));
        MembJoin join =
                new MembJoin(FrameHeader.from(third), third, others, others, Scenario.TOKEN_MILLIS);
        for (int i = 0; i < 20; i++) {
            scenario.node(1 + i % 2).arrive(TotemCodec.encode(join));
            scenario.runMillis(100);
        }

        assertThat(sum(scenario, Counter.GATHER_ENTERED)).as("rings broken").isEqualTo(gathers);
        scenario.finish();
    }

    /** 1d9f444f and its like: lists of more nodes than there is room for. */
    @Test
    void joinsThatNameVeryManyNodesDoNotKeepOthersApart() {
        Scenario scenario =
                new Scenario(3, TotemConfig.builder().netMtuBytes(9000), QuorumConfig.majority());
        scenario.node(1).boot();
        scenario.node(2).boot();
        int lists = 4;
        for (int list = 0; list < lists; list++) {
            List<NodeId> many = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                many.add(new NodeId(1000 * (list + 1) + i));
            }
            NodeId third = new NodeId(3);
            MembJoin join = new MembJoin(FrameHeader.from(third), third, many, List.of(), 0);
            for (int node = 1; node <= 2; node++) {
                scenario.node(node).arrive(TotemCodec.encode(join));
            }
        }
        scenario.runUntilRing(10_000, 1, 2);

        assertThat(scenario.count(1, Counter.RX_MSG_DROPPED))
                .as("lists that were too long")
                .isLessThan(lists);
        scenario.finish();
    }

    /** CVE-2026-35092, CVE-2026-35091: lengths of joins and commit tokens. */
    @Test
    void datagramsThatLieAboutTheirLengthAreDropped() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        long gathers = scenario.count(1, Counter.GATHER_ENTERED);
        long dropped = sum(scenario, Counter.RX_MSG_DROPPED);
        NodeId liar = new NodeId(3);
        List<NodeId> nodes = List.of(new NodeId(1), new NodeId(2), liar);
        byte[] join =
                TotemCodec.encode(new MembJoin(FrameHeader.from(liar), liar, nodes, List.of(), 0));
        byte[] commit =
                TotemCodec.encode(
                        new CommitToken(
                                FrameHeader.from(liar),
                                1,
                                new RingId(liar, 4000),
                                0,
                                1,
                                nodes.stream()
                                        .map(node ->
                                                new CommitToken.Member(
                                                        node, new RingId(node, 4), 0, 0, 0))
                                        .toList()));
        for (int node = 1; node <= 3; node++) {
            scenario.node(node).arrive(withLittleEndian(join, FrameHeader.BYTES + 4, 380));
            scenario.node(node).arrive(withLittleEndian(commit, FrameHeader.BYTES + 24, 380));
        }
        scenario.runMillis(100);

        assertThat(sum(scenario, Counter.RX_MSG_DROPPED) - dropped).isEqualTo(6);
        assertThat(scenario.count(1, Counter.GATHER_ENTERED)).isEqualTo(gathers);
        scenario.finish();
    }

    private static byte[] withLittleEndian(byte[] original, int at, int value) {
        byte[] bytes = original.clone();
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        return bytes;
    }

    // ---- order -------------------------------------------------------------------------------

    /** e48ddf99: messages were missed although they lay in the socket's queue. */
    @Test
    void messagesInTheSocketAreNotAskedForAgain() {
        Scenario scenario =
                new Scenario(3, TotemConfig.builder().missCountConst(0), QuorumConfig.majority());
        scenario.cluster
                .network()
                .setQuality(new SimulatedNetwork.Quality(0, 0, 0, 50_000, 50_000));
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(3000);

        assertThat(sum(scenario, Counter.RETRANSMIT_REQUESTED))
                .as("messages asked for again")
                .isZero();
        scenario.finish();
    }

    /** e448603f, 99faa3b8: after a pause only joins are out of date. */
    @Test
    void aPausedNodeUsesWhatLiesInItsSocket() {
        Scenario scenario = quiet(3, TotemConfig.builder().missCountConst(0));
        scenario.cluster
                .network()
                .setQuality(new SimulatedNetwork.Quality(0, 0, 0, 50_000, 50_000));
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(500);
        long gathers = sum(scenario, Counter.GATHER_ENTERED);
        scenario.node(2).setPaused(true);
        sendFrom(scenario, 1);
        scenario.runMillis(700);
        scenario.node(2).setPaused(false);
        scenario.runMillis(500);

        assertThat(sum(scenario, Counter.RETRANSMIT_REQUESTED))
                .as("messages asked for again")
                .isZero();
        assertThat(sum(scenario, Counter.GATHER_ENTERED)).as("rings broken").isEqualTo(gathers);
        scenario.finish();
    }

    /** 6646a864: a switch let tokens overtake multicasts. */
    @Test
    void messagesBehindTheTokenAreNotAskedForAgain() {
        Scenario scenario = new Scenario(3);
        scenario.quality(0, 0, 0.3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(3000);

        assertThat(sum(scenario, Counter.RETRANSMIT_REQUESTED))
                .as("messages asked for again")
                .isLessThan(10);
        scenario.finish();
    }

    /** f135b680, cdf72925: a held token kept a missing message away. */
    @Test
    void aMissedMessageReleasesTheHeldToken() {
        aMissedMessageComesSoon(
                TotemConfig.builder().cancelTokenHoldOnRetransmit(true).holdAsCorosync(true));
    }

    /** The same where the sender holds the token, which it never does as long as one is missed. */
    @Test
    void aMissedMessageKeepsTheTokenOfItsSenderGoing() {
        aMissedMessageComesSoon(TotemConfig.builder());
    }

    private static void aMissedMessageComesSoon(TotemConfig.Builder totem) {
        Scenario scenario = quiet(3, totem.missCountConst(1));
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        for (int i = 0; i < 5; i++) {
            scenario.runMillis(1000);
            long before = scenario.count(3, Counter.MCAST_RX);
            scenario.cluster.network().setBytesMax(3, 80);
            sendFrom(scenario, 1);
            scenario.runMillis(20);
            scenario.cluster.network().mendAll();
            scenario.runUntil("delivery", 20, () -> scenario.count(3, Counter.MCAST_RX) > before);
        }
        scenario.finish();
    }

    /** 22471e11, 79c60fd0: copies of the token counted as visits without progress. */
    @Test
    void copiesOfTheTokenAreNoVisits() {
        int limit = 300;
        Scenario scenario =
                quiet(
                        3,
                        TotemConfig.builder()
                                .failToReceiveConst(limit)
                                .cancelTokenHoldOnRetransmit(true));
        scenario.quality(0, 1.0, 0);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.cluster.network().setBytesMax(3, 100);
        sendFrom(scenario, 1);
        long before = scenario.count(3, Counter.ORF_TOKEN_RX);
        scenario.runUntil(
                "tokens",
                1000,
                () ->
                        scenario.count(3, Counter.ORF_TOKEN_RX) - before > limit * 3 / 2
                                || scenario.count(3, Counter.FAILED_TO_RECEIVE) > 0);
        scenario.cluster.network().mendAll();
        scenario.runMillis(1000);

        assertThat(sum(scenario, Counter.FAILED_TO_RECEIVE)).as("FAILED TO RECEIVE").isZero();
        scenario.finish();
    }

    /** b8878d2e: copies of the token put its loss off for ever. */
    @Test
    void copiesOfTheTokenDoNotPutItsLossOff() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(100);
        List<byte[]> tokens = new ArrayList<>();
        scenario.cluster
                .network()
                .setLoss((_, to, datagram) -> {
                    if (to == 2 && TotemCodec.decode(datagram) instanceof OrfToken) {
                        tokens.add(datagram.clone());
                    }
                    return false;
                });
        scenario.runUntil("token", 1000, () -> !tokens.isEmpty());
        cutAfter(scenario, 1);
        scenario.cluster.network().setCut(2, 3, true);
        scenario.cluster.network().setCut(3, 2, true);
        for (int i = 1; i < 20; i++) {
            scenario.cluster
                    .time()
                    .after(
                            i * 100_000_000L,
                            () -> scenario.node(2).arrive(tokens.getFirst().clone()));
        }

        scenario.runUntil(
                "token loss", 1300, () -> scenario.count(2, Counter.OPERATIONAL_TOKEN_LOST) > 0);
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.finish();
    }

    /** be835fb3: the numbers around the wrap and around the sign. */
    @Test
    void sequenceNumbersWrap() {
        for (int first : new int[] {-100, Integer.MAX_VALUE - 100}) {
            Scenario scenario =
                    new Scenario(
                            new SimulatedCluster.Settings(
                                    3,
                                    TotemConfig.builder()
                                            .tokenMillis(Scenario.TOKEN_MILLIS)
                                            .tokenCoefficientMillis(0)
                                            .build(3),
                                    QuorumConfig.majority(),
                                    first,
                                    1_000_000,
                                    false),
                            20);
            scenario.bootAll().runUntilRing(1000, 1, 2, 3);
            scenario.quality(0.1, 0.1, 0.1);
            scenario.runMillis(3000);
            scenario.node(3).crash();
            scenario.runUntilRing(10_000, 1, 2);
            scenario.finish();
        }
    }

    // ---- groups ------------------------------------------------------------------------------

    /** 23e17953, a966506c: a paused node's programs were never told that the others left. */
    @Test
    void aPausedNodesProgramsAreToldWhoWentOnWithoutIt() {
        Scenario scenario = new Scenario(3);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3);
        scenario.runMillis(500);
        GroupStack stack = (GroupStack) scenario.node(2).stack();
        long before = stack.partingsSeen();
        scenario.node(2).setPaused(true);
        scenario.runMillis(3500);
        scenario.node(2).setPaused(false);
        scenario.runMillis(100);
        scenario.runUntilRing(10_000, 1, 2, 3);

        assertThat(stack.partingsSeen() - before).as("members seen to leave").isEqualTo(2);
        scenario.finish();
    }

    // ---- quorum ------------------------------------------------------------------------------

    /** b9f5c290: in an odd cluster the majority and the tie-breaker's side both went on. */
    @Test
    void aTieBreakerInAnOddClusterMakesNoSecondQuorum() {
        Scenario scenario =
                new Scenario(
                        5,
                        TotemConfig.builder(),
                        QuorumConfig.builder().autoTieBreaker(true).waitForAll(true).build());
        scenario.bootAll().runUntilRing(1000, 1, 2, 3, 4, 5);
        cutAfter(scenario, 2);
        scenario.runUntilRing(10_000, 3, 4, 5);
        scenario.runUntilRing(10_000, 1, 2);

        assertThat(scenario.layer(3).quorate()).isTrue();
        assertThat(scenario.layer(1).quorate()).isFalse();
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3, 4, 5);
        scenario.finish();
    }

    /** 0c16442f: expected votes could be set below the votes that are there. */
    @Test
    void expectedVotesBelowTheTotalAreRefused() {
        Scenario scenario = new Scenario(5);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3, 4, 5);
        scenario.node(1).give(new ClusterInput.SetExpectedVotes(2));
        scenario.runMillis(500);
        cutAfter(scenario, 3);
        scenario.runUntilRing(10_000, 1, 2, 3);
        scenario.runUntilRing(10_000, 4, 5);

        assertThat(scenario.layer(4).quorate()).isFalse();
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3, 4, 5);
        scenario.finish();
    }

    private static Scenario withDevice(int timeoutMillis) {
        Scenario scenario =
                new Scenario(
                        4,
                        TotemConfig.builder(),
                        QuorumConfig.builder()
                                .device(new QuorumConfig.Device(1, timeoutMillis, 3000))
                                .build());
        scenario.bootAll().runUntilRing(1000, 1, 2, 3, 4);
        for (int node = 1; node <= 4; node++) {
            scenario.node(node)
                    .give(new ClusterInput.QuorumDevice(new DeviceRequest.Register("d")));
        }
        scenario.runMillis(100);
        return scenario;
    }

    /** For so long these nodes' devices vote for the partition that they are in. */
    private static void vote(Scenario scenario, int millis, int... nodes) {
        for (int passed = 0; passed < millis; passed += 200) {
            for (int node : nodes) {
                ClusterLayer layer = scenario.layer(node);
                DeviceRequest poll = new DeviceRequest.Poll("d", true, layer.ringId());
                if (layer.checkDevice(poll).isEmpty()) {
                    scenario.node(node).give(new ClusterInput.QuorumDevice(poll));
                }
            }
            scenario.runMillis(200);
        }
    }

    /** qnetd 9e2fb249: votes for one partition made another one quorate, too. */
    @Test
    void aDeviceThatServesTheOtherSideHasNoVoteHere() {
        Scenario scenario = withDevice(10_000);
        vote(scenario, 1000, 1, 2, 3, 4);
        cutAfter(scenario, 2);
        vote(scenario, 8000, 3, 4);

        assertThat(scenario.layer(3).quorate()).isTrue();
        assertThat(scenario.layer(1).quorate()).isFalse();
    }

    /** The vote of a device that is silent ends. */
    @Test
    void aDeviceThatIsSilentLosesItsVote() {
        Scenario scenario = withDevice(1000);
        vote(scenario, 1000, 1, 2, 3, 4);
        scenario.node(3).crash();
        scenario.node(4).crash();
        vote(scenario, 5000, 1, 2);
        assertThat(scenario.layer(1).quorate()).isTrue();

        scenario.runUntil("end of quorum", 1500, () -> !scenario.layer(1).quorate());
    }

    /** corosync#182: for how long both sides may believe that they have quorum. */
    @Test
    void theSmallerSideLosesQuorumInTime() {
        Scenario scenario = new Scenario(5);
        scenario.bootAll().runUntilRing(1000, 1, 2, 3, 4, 5);
        cutAfter(scenario, 3);
        scenario.runUntilRing(10_000, 1, 2, 3);

        scenario.runUntil(
                "end of quorum on the smaller side",
                Scenario.TOKEN_MILLIS / 2,
                () ->
                        !scenario.cluster.claimsQuorum(new NodeId(4))
                                && !scenario.cluster.claimsQuorum(new NodeId(5)));
        assertThat(scenario.cluster.claimsQuorum(new NodeId(1))).isTrue();
        scenario.cluster.network().mendAll();
        scenario.runUntilRing(10_000, 1, 2, 3, 4, 5);
        scenario.finish();
    }
}
