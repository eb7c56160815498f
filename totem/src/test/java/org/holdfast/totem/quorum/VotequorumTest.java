package org.holdfast.totem.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.holdfast.kernel.LogEvent;
import org.holdfast.kernel.NodeId;
import org.holdfast.totem.ClusterConfig;
import org.holdfast.totem.ClusterNode;
import org.holdfast.totem.ClusterTimer;
import org.holdfast.totem.QuorumConfig;
import org.holdfast.totem.TotemConfig;
import org.holdfast.wire.totem.RingId;
import org.holdfast.wire.votequorum.VotequorumMessage;
import org.junit.jupiter.api.Test;

/** votequorum(5) in tables: which partitions of which clusters are quorate after which events. */
class VotequorumTest {

    /** Some nodes' votequorums, which speak with those in their partition only. */
    private static final class Cluster {
        private final SortedMap<Integer, Votequorum> nodes = new TreeMap<>();
        private final SortedMap<Integer, List<VotequorumMessage>> outgoing = new TreeMap<>();
        private final SortedMap<Integer, Boolean> timerSet = new TreeMap<>();
        private final ClusterConfig[] configs;
        private long ring;

        Cluster(QuorumConfig quorum, int... votes) {
            List<ClusterNode> list = new ArrayList<>();
            for (int i = 0; i < votes.length; i++) {
                list.add(new ClusterNode(new NodeId(i + 1), "", votes[i]));
            }
            configs = new ClusterConfig[votes.length + 1];
            TotemConfig totem = TotemConfig.builder().build(votes.length);
            for (int i = 1; i <= votes.length; i++) {
                configs[i] = new ClusterConfig(new NodeId(i), list, totem, quorum, 0);
                boot(i);
            }
        }

        void boot(int node) {
            outgoing.put(node, new ArrayList<>());
            nodes.put(node, new Votequorum(configs[node], 0, port(node)));
        }

        private Votequorum.Port port(int node) {
            return new Votequorum.Port() {
                @Override
                public void sendInSync(VotequorumMessage message) {
                    outgoing.computeIfAbsent(node, _ -> new ArrayList<>()).add(message);
                }

                @Override
                public void send(VotequorumMessage message) {
                    sendInSync(message);
                }

                @Override
                public void quorum(RingId ringId, boolean quorate, List<NodeId> members) {}

                @Override
                public void setTimer(ClusterTimer timer, int delayMillis) {
                    timerSet.put(node, true);
                }

                @Override
                public void persistExpectedVotes(int votes) {}

                @Override
                public void cancelTimer(ClusterTimer timer) {}

                @Override
                public void log(LogEvent.Level level, String text) {}
            };
        }

        /** A new ring of these nodes, with its sync step. */
        Cluster ring(int... members) {
            ring += 4;
            List<NodeId> ids = new ArrayList<>();
            for (int member : members) {
                ids.add(new NodeId(member));
            }
            RingId ringId = new RingId(ids.getFirst(), ring);
            for (int member : members) {
                nodes.get(member).init(ids, ids, ringId);
            }
            for (int member : members) {
                nodes.get(member).send();
            }
            deliver(members);
            for (int member : members) {
                nodes.get(member).activate();
            }
            return this;
        }

        void deliver(int... members) {
            for (int sender : members) {
                List<VotequorumMessage> messages = List.copyOf(outgoing.get(sender));
                outgoing.get(sender).clear();
                for (VotequorumMessage message : messages) {
                    for (int receiver : members) {
                        nodes.get(receiver).onMessage(new NodeId(sender), message);
                    }
                }
            }
        }

        boolean quorate(int node) {
            return nodes.get(node).quorate();
        }
    }

    private static QuorumConfig with(
            boolean waitForAll,
            boolean tieBreaker,
            String nodes,
            boolean lastMan,
            boolean downscale) {
        return QuorumConfig.builder()
                .waitForAll(waitForAll)
                .autoTieBreaker(tieBreaker)
                .autoTieBreakerNode(nodes)
                .lastManStanding(lastMan)
                .allowDownscale(downscale)
                .build();
    }

    @Test
    void aMajorityOfVotesIsQuorate() {
        Cluster three = new Cluster(QuorumConfig.majority(), 1, 1, 1).ring(1, 2, 3);
        assertThat(three.quorate(1)).isTrue();
        three.ring(1, 2).ring(3);
        assertThat(three.quorate(1)).isTrue();
        assertThat(three.quorate(3)).isFalse();

        Cluster four = new Cluster(QuorumConfig.majority(), 1, 1, 1, 1).ring(1, 2, 3, 4);
        four.ring(1, 2).ring(3, 4);
        assertThat(four.quorate(1)).isFalse();
        assertThat(four.quorate(3)).isFalse();
    }

    @Test
    void votesCountNotNodes() {
        Cluster cluster = new Cluster(QuorumConfig.majority(), 3, 1, 1).ring(1).ring(2, 3);
        assertThat(cluster.quorate(1)).isTrue();
        assertThat(cluster.quorate(2)).isFalse();
        assertThat(cluster.nodes.get(1).status().expectedVotes()).isEqualTo(5);
        assertThat(cluster.nodes.get(1).status().quorum()).isEqualTo(3);
    }

    @Test
    void oneOfTwoNodesIsEnoughOnceBothHaveMet() {
        Cluster cluster = new Cluster(QuorumConfig.ofTwoNodes(), 1, 1).ring(1);
        assertThat(cluster.quorate(1)).as("still waits for all").isFalse();
        assertThat(cluster.nodes.get(1).status().waitingForAll()).isTrue();
        cluster.ring(1, 2);
        assertThat(cluster.quorate(1)).isTrue();
        cluster.ring(1);
        assertThat(cluster.quorate(1)).isTrue();
        cluster.boot(2);
        cluster.ring(2);
        assertThat(cluster.quorate(2)).as("restarted alone").isFalse();
    }

    @Test
    void waitForAllHoldsOnlyUntilAllHaveBeenSeen() {
        QuorumConfig quorum = QuorumConfig.ofWaitForAll();
        Cluster cluster = new Cluster(quorum, 1, 1, 1).ring(1, 2);
        assertThat(cluster.quorate(1)).isFalse();
        cluster.ring(1, 2, 3);
        assertThat(cluster.quorate(1)).isTrue();
        cluster.ring(1, 2);
        assertThat(cluster.quorate(1)).isTrue();
        cluster.boot(3);
        cluster.ring(1, 2, 3);
        assertThat(cluster.quorate(3)).as("joins a quorate partition").isTrue();
    }

    @Test
    void theTieBreakerDecidesAnEvenSplit() {
        QuorumConfig lowest = with(false, true, "lowest", false, false);
        Cluster cluster = new Cluster(lowest, 1, 1, 1, 1).ring(1, 2, 3, 4).ring(1, 2).ring(3, 4);
        assertThat(cluster.quorate(1)).isTrue();
        assertThat(cluster.quorate(3)).isFalse();

        QuorumConfig highest = with(false, true, "highest", false, false);
        Cluster other = new Cluster(highest, 1, 1, 1, 1).ring(1, 2, 3, 4).ring(1, 2).ring(3, 4);
        assertThat(other.quorate(1)).isFalse();
        assertThat(other.quorate(3)).isTrue();

        QuorumConfig list = with(false, true, "3 1", false, false);
        Cluster third = new Cluster(list, 1, 1, 1, 1).ring(1, 2, 3, 4).ring(1, 2).ring(3, 4);
        assertThat(third.quorate(1)).as("node 3 may live on the other side").isFalse();
        assertThat(third.quorate(3)).isTrue();
    }

    /** b9f5c290: in an odd cluster the side with the tie-breaker ran beside the quorate one. */
    @Test
    void theTieBreakerNeverRunsBesideAMajority() {
        for (boolean waitForAll : new boolean[] {false, true}) {
            QuorumConfig quorum = with(waitForAll, true, "lowest", false, false);
            Cluster cluster =
                    new Cluster(quorum, 1, 1, 1, 1, 1).ring(1, 2, 3, 4, 5).ring(1, 2).ring(3, 4, 5);
            assertThat(cluster.quorate(1)).isFalse();
            assertThat(cluster.quorate(3)).isTrue();
        }
    }

    @Test
    void neverTwoQuoratePartitionsInAnySplitOfUpToSixNodes() {
        for (int size = 2; size <= 6; size++) {
            for (int cut = 1; cut < (1 << size) - 1; cut++) {
                int[] votes = new int[size];
                Arrays.fill(votes, 1);
                for (String rule : List.of("lowest", "highest", "2 1")) {
                    QuorumConfig quorum = with(size % 2 == 1, true, rule, false, false);
                    int[] all = select(size, (1 << size) - 1);
                    int[] left = select(size, cut);
                    int[] right = select(size, ~cut);
                    Cluster cluster = new Cluster(quorum, votes).ring(all).ring(left).ring(right);
                    assertThat(cluster.quorate(left[0]) && cluster.quorate(right[0]))
                            .as("%d nodes, %s, cut %s", size, rule, Integer.toBinaryString(cut))
                            .isFalse();
                }
            }
        }
    }

    private static int[] select(int size, int bits) {
        return IntStream.rangeClosed(1, size)
                .filter(node -> (bits >> (node - 1) & 1) == 1)
                .toArray();
    }

    @Test
    void theLastManStandsAfterTheWindow() {
        QuorumConfig quorum = with(true, false, "lowest", true, false);
        Cluster cluster = new Cluster(quorum, 1, 1, 1, 1, 1).ring(1, 2, 3, 4, 5);
        cluster.ring(1, 2, 3);
        assertThat(cluster.timerSet).containsKey(1);
        for (int node : new int[] {1, 2, 3}) {
            cluster.nodes.get(node).onLastManStandingTimer();
        }
        assertThat(cluster.nodes.get(1).status().quorum()).isEqualTo(2);
        cluster.ring(1, 2);
        assertThat(cluster.quorate(1)).isTrue();
    }

    @Test
    void aCleanLeaveLowersTheExpectedVotesWithDownscale() {
        QuorumConfig quorum = with(false, false, "lowest", false, true);
        Cluster cluster = new Cluster(quorum, 1, 1, 1, 1).ring(1, 2, 3, 4);
        cluster.nodes.get(4).announceLeave();
        cluster.deliver(1, 2, 3, 4);

        assertThat(cluster.nodes.get(1).status().expectedVotes()).isEqualTo(3);
        assertThat(cluster.nodes.get(1).status().quorum())
                .as("not below what the configuration expects")
                .isEqualTo(3);
    }

    /** 0c16442f: expected votes below the votes that are there made no sense. */
    @Test
    void expectedVotesNeverFallBelowTheVotesPresent() {
        Cluster cluster = new Cluster(QuorumConfig.majority(), 1, 1, 1).ring(1, 2, 3);
        cluster.nodes.get(1).setExpectedVotes(1);
        cluster.deliver(1, 2, 3);

        assertThat(cluster.nodes.get(2).status().expectedVotes()).isEqualTo(3);
        assertThat(cluster.nodes.get(2).status().quorum()).isEqualTo(2);
    }

    @Test
    void expectedVotesCanBeRaisedAtRunTime() {
        Cluster cluster = new Cluster(QuorumConfig.majority(), 1, 1, 1).ring(1, 2, 3);
        cluster.nodes.get(2).setExpectedVotes(7);
        cluster.deliver(1, 2, 3);
        assertThat(cluster.nodes.get(1).status().quorum()).as("would lose quorum").isEqualTo(2);

        cluster.nodes.get(2).setExpectedVotes(5);
        cluster.deliver(1, 2, 3);
        assertThat(cluster.quorate(1)).isTrue();
        assertThat(cluster.nodes.get(1).status().quorum()).isEqualTo(3);
    }
}
