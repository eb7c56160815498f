package org.holdfast.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.controlapi.ControlAnswer;
import org.holdfast.controlapi.ManagerRequest;
import org.holdfast.manager.assembly.SchedulerPlanner;
import org.junit.jupiter.api.Test;

class ManagerTest {

    private final TestCluster cluster = new TestCluster(3, new SchedulerPlanner());

    private String cib(int node) {
        return XmlPrinter.compact(cluster.node(node).manager().cib());
    }

    private void startThree() {
        cluster.startAll();
        cluster.run(10);
        cluster.property(1, "stonith-enabled", "false");
        assertThat(cluster.settle(10_000)).as(String.join("\n", cluster.transcript)).isTrue();
    }

    private void assertSettles() {
        cluster.run(50);
        assertThat(cluster.settle(60_000)).as(String.join("\n", cluster.transcript)).isTrue();
        cluster.run(200);
        String first = null;
        for (TestCluster.TestNode node : cluster.running()) {
            String text = XmlPrinter.compact(node.manager().cib());
            if (first == null) {
                first = text;
            }
            assertThat(text).as("CIB of " + node.name).isEqualTo(first);
        }
    }

    @Test
    void threeNodesElectOneDcAndAgreeOnTheCib() {
        startThree();
        assertSettles();

        assertThat(cluster.running().stream().map(node -> node.manager().dc()).distinct())
                .hasSize(1);
        assertThat(cib(1)).contains("have-quorum=\"1\"").contains("join=\"member\"");
    }

    @Test
    void aResourceIsProbedStartedAndMonitored() {
        startThree();
        cluster.dummy(2, "d", "");
        assertSettles();

        assertThat(cluster.where("d")).as(String.join("\n", cluster.transcript)).hasSize(1);
        cluster.run(30_000);
        TestCluster.TestNode host =
                cluster.node(Integer.parseInt(cluster.where("d").iterator().next().substring(1)));
        assertThat(host.actions).startsWith("monitor d", "start d", "monitor d");
        assertThat(host.actions.stream().filter("monitor d"::equals).count())
                .isGreaterThanOrEqualTo(3);
        assertThat(cib(1)).contains("operation_key=\"d_start_0\"").contains("op-digest");
    }

    private static String option(String value) {
        return "<crm_config><cluster_property_set id='x'><nvpair id='x-a' name='a' value='%s'/></cluster_property_set></crm_config>"
                .formatted(value);
    }

    private String disk(int node) {
        return XmlPrinter.compact(Objects.requireNonNull(cluster.node(node).disk));
    }

    @Test
    void aLonelyNodesChangeIsOnItsDiskBeforeItIsAcknowledged() {
        startThree();
        cluster.crash(2);
        cluster.crash(3);
        cluster.run(5_000);

        for (int i = 0; i < 3; i++) {
            ControlAnswer answer = cluster.modify(1, "crm_config", option("lonely" + i));

            assertThat(answer).isEqualTo(new ControlAnswer.CibResult(0, null));
            assertThat(disk(1)).contains("lonely" + i).contains("<status/>");
        }
    }

    @Test
    void changesThatFollowEachOtherReachTheDisksOfAllTogether() {
        startThree();
        cluster.run(1_000);
        int before = cluster.node(2).writes;
        for (int i = 0; i < 20; i++) {
            cluster.modify(1, "crm_config", option("v" + i));
        }
        cluster.run(200);

        for (int node = 1; node <= 3; node++) {
            assertThat(disk(node)).contains("v19");
        }
        assertThat(cluster.node(2).writes - before).isBetween(2, 10);
    }

    @Test
    void whatANodeThatLeavesHasNotWrittenYetItWrites() {
        startThree();
        cluster.run(1_000);
        cluster.modify(1, "crm_config", option("first"));
        cluster.run(10);
        cluster.modify(1, "crm_config", option("last"));
        cluster.node(1).step(new ManagerInput.Shutdown());
        cluster.run(10_000);

        assertThat(cluster.node(1).up).isFalse();
        assertThat(disk(1)).contains("last");
    }

    /** Who restores a configuration from elsewhere rarely thinks of the nodes and the status. */
    @Test
    void membersBringBackWhatAReplacedCibLacksOfThem() {
        startThree();
        cluster.dummy(2, "d", "");
        assertSettles();
        Set<String> where = cluster.where("d");
        Element old = cluster.node(1).manager().cib();
        Element bare =
                old.mapElements(section ->
                        section.name().equals("status")
                                ? section.withChildren(List.of())
                                : section.mapElements(part ->
                                        part.name().equals("nodes")
                                                ? part.withChildren(List.of())
                                                : part));

        ControlAnswer answer =
                cluster.await(
                        1,
                        new ManagerRequest.CibOperation(
                                ManagerRequest.CibAction.REPLACE, null, bare, Set.of()));
        assertThat(answer).isEqualTo(new ControlAnswer.CibResult(0, null));
        assertSettles();

        assertThat(cib(3))
                .contains("<node id=\"1\" uname=\"n1\"/>", "<node id=\"3\" uname=\"n3\"/>")
                .contains("operation_key=\"d_start_0\"");
        assertThat(cluster.where("d")).isEqualTo(where);
    }

    @Test
    void aForgottenNodeLeavesConfigurationAndStatusAtOnce() {
        startThree();
        cluster.crash(3);
        assertSettles();

        cluster.ask(1, new ManagerRequest.ForgetNode("n3"));
        assertSettles();

        assertThat(cib(1)).doesNotContain("uname=\"n3\"");
    }

    @Test
    void aCrashedNodesResourceIsStartedElsewhere() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        String host = cluster.where("d").iterator().next();

        cluster.crash(Integer.parseInt(host.substring(1)));
        assertSettles();

        assertThat(cluster.where("d")).hasSize(1).doesNotContain(host);
    }

    @Test
    void aNodeThatLeftTheRingIsRecordedAsGone() {
        startThree();
        int lost = cluster.node(3).manager().controllerState().equals("S_NOT_DC") ? 3 : 2;

        cluster.crash(lost);
        assertSettles();

        assertThat(cib(1)).containsPattern("node_state id=\"" + lost + "\"[^>]*in_ccm=\"0\"");
    }

    @Test
    void aRestartedNodeJoinsAgainAndItsAttributesAreGone() {
        startThree();
        cluster.await(1, ManagerRequest.UpdateAttribute.of("n3", "color", "red"));
        assertSettles();
        assertThat(cib(1)).contains("status-3-color");

        cluster.crash(3);
        cluster.start(3);
        assertSettles();

        assertThat(cib(1)).doesNotContain("status-3-color");
        assertThat(cluster.node(2).manager().attributeValues("color")).isEmpty();
        assertThat(cluster.node(3).manager().controllerState()).isEqualTo("S_NOT_DC");
    }

    @Test
    void aFailedMonitorIsCountedAndTheResourceRecovered() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        String host = cluster.where("d").iterator().next();
        int number = Integer.parseInt(host.substring(1));

        cluster.node(number).active.remove("d");
        cluster.run(15_000);
        assertSettles();

        assertThat(cib(1)).contains("fail-count-d#monitor_10000");
        assertThat(cluster.where("d")).hasSize(1);
    }

    @Test
    void aFailedStartMovesTheResource() {
        startThree();
        cluster.agents =
                (node, run) ->
                        node.name.equals("n1") && run.action().equals("start")
                                ? 1
                                : node.defaultRc(run);
        cluster.dummy(1, "d", "");
        assertSettles();

        assertThat(cluster.where("d")).hasSize(1).doesNotContain("n1");
        assertThat(cib(2)).contains("fail-count-d#start_0\" value=\"INFINITY\"");
    }

    @Test
    void aHangingStartIsKilledAndCountsAsTimedOut() {
        startThree();
        cluster.agents =
                (node, run) ->
                        node.name.equals("n1") && run.action().equals("start")
                                ? -1
                                : node.defaultRc(run);
        cluster.dummy(1, "d", "");
        cluster.run(25_000);
        assertSettles();

        assertThat(cib(2)).contains("op-status=\"2\"").contains("did not complete within 20s");
        assertThat(cluster.where("d")).hasSize(1).doesNotContain("n1");
    }

    @Test
    void aPartitionedNodeStopsItsResourcesAndMergesBack() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        int host = Integer.parseInt(cluster.where("d").iterator().next().substring(1));
        int[] others = java.util.stream.IntStream.of(1, 2, 3).filter(i -> i != host).toArray();

        cluster.partition(new int[] {host}, others);
        cluster.run(50);
        cluster.settle(60_000);
        assertThat(cluster.where("d")).hasSize(1).doesNotContain("n" + host);

        cluster.partition(new int[] {1, 2, 3});
        assertSettles();
        assertThat(cluster.where("d")).hasSize(1);
        assertThat(cluster.running().stream().map(node -> node.manager().dc()).distinct())
                .hasSize(1);
    }

    @Test
    void differentChangesOnTwoSidesEndInOneCib() {
        startThree();
        cluster.partition(new int[] {1}, new int[] {2, 3});
        cluster.run(50);
        cluster.settle(60_000);
        cluster.property(1, "left", "1");
        cluster.property(2, "right", "1");
        cluster.property(2, "right", "2");

        cluster.partition(new int[] {1, 2, 3});
        assertSettles();
    }

    @Test
    void aNodeToldToStopMovesItsResourcesFirst() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        int host = Integer.parseInt(cluster.where("d").iterator().next().substring(1));

        cluster.node(host).step(new ManagerInput.Shutdown());
        assertThat(cluster.runUntil(() -> !cluster.node(host).up, 60_000))
                .as(String.join("\n", cluster.transcript))
                .isTrue();
        assertThat(cluster.node(host).actions).contains("stop d");
        assertSettles();
        assertThat(cluster.where("d")).hasSize(1).doesNotContain("n" + host);
        assertThat(cib(host == 1 ? 2 : 1)).contains("expected=\"down\"");
    }

    @Test
    void allNodesStoppedAndStartedKeepTheConfiguration() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        for (int i = 1; i <= 3; i++) {
            cluster.node(i).step(new ManagerInput.Shutdown());
        }
        assertThat(cluster.runUntil(() -> cluster.running().isEmpty(), 120_000))
                .as(String.join("\n", cluster.transcript))
                .isTrue();
        for (int i = 1; i <= 3; i++) {
            assertThat(cluster.node(i).active).isEmpty();
        }

        cluster.startAll();
        assertSettles();
        assertThat(cluster.where("d")).hasSize(1);
    }

    @Test
    void cleanupForgetsFailures() {
        startThree();
        cluster.agents =
                (node, run) ->
                        node.name.equals("n1") && run.action().equals("start")
                                ? 1
                                : node.defaultRc(run);
        cluster.dummy(1, "d", "");
        assertSettles();
        cluster.agents = TestCluster.TestNode::defaultRc;

        assertThat(cluster.await(3, new ManagerRequest.CleanHistory("d", null, null, -1, true)))
                .isEqualTo(new ControlAnswer.Done());
        assertSettles();
        assertThat(cib(1)).doesNotContain("fail-count-d");
    }

    @Test
    void waitingForIdleEndsWhenAllIsDone() {
        startThree();
        cluster.dummy(1, "d", "");
        ControlAnswer answer = cluster.await(2, new ManagerRequest.WaitUntilIdle(60_000));

        assertThat(answer).isEqualTo(new ControlAnswer.Done());
        assertThat(cluster.where("d")).hasSize(1);
    }

    @Test
    void aLateJoinerGetsTheClustersCib() {
        cluster.start(1);
        cluster.start(2);
        cluster.run(50);
        cluster.property(1, "stonith-enabled", "false");
        assertThat(cluster.settle(20_000)).isTrue();
        cluster.dummy(1, "d", "");
        assertSettles();

        cluster.start(3);
        assertSettles();

        assertThat(cib(3)).contains("<primitive id=\"d\"");
        assertThat(cluster.where("d")).hasSize(1);
    }

    @Test
    void aRequestIsAnsweredToEveryClientInOrder() {
        startThree();
        for (int i = 0; i < 20; i++) {
            cluster.ask(
                    1 + i % 3,
                    new ManagerRequest.CibOperation(
                            ManagerRequest.CibAction.MODIFY,
                            "crm_config",
                            TestCluster.parse(
                                    "<crm_config><cluster_property_set id='s'><nvpair id='s-%d' name='p%d' value='%d'/></cluster_property_set></crm_config>"
                                            .formatted(i, i, i)),
                            Set.of(ManagerRequest.CibOption.CAN_CREATE)));
        }
        assertSettles();
        assertThat(cib(1)).contains("s-0").contains("s-19");
        assertThat(List.of(1, 2, 3)).allSatisfy(i -> assertThat(cib(i)).isEqualTo(cib(1)));
    }

    /** Otherwise the next DC would take the resource for stopped and start it elsewhere. */
    @Test
    void aStopThatHasOnlyBegunDoesNotHideThatTheResourceIsActive() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        String host = cluster.where("d").iterator().next();
        cluster.agents = (node, run) -> run.action().equals("stop") ? -1 : node.defaultRc(run);
        cluster.modify(
                1,
                "nodes",
                "<nodes><node id='%s' uname='%s'><instance_attributes id='s'><nvpair id='s-s' name='standby' value='on'/></instance_attributes></node></nodes>"
                        .formatted(host.substring(1), host));
        cluster.run(5_000);

        assertThat(cluster.node(Integer.parseInt(host.substring(1))).actions).contains("stop d");
        assertThat(cib(1))
                .contains("operation_key=\"d_start_0\"")
                .doesNotContain("operation_key=\"d_stop_0\"");
    }

    @Test
    void aCibOfSeveralMegabytesReachesALateJoiner() {
        cluster.start(1);
        cluster.start(2);
        cluster.run(50);
        cluster.property(1, "stonith-enabled", "false");
        assertThat(cluster.settle(20_000)).isTrue();
        StringBuilder pairs = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            pairs.append("<nvpair id='big-%d' name='p%d' value='%x'/>".formatted(i, i, i * 7919L));
        }
        cluster.modify(
                1,
                "crm_config",
                "<crm_config><cluster_property_set id='big'>"
                        + pairs
                        + "</cluster_property_set></crm_config>");
        cluster.run(50);
        assertThat(cib(2).length()).isGreaterThan(1_400_000);

        cluster.start(3);
        assertSettles();

        assertThat(cib(3)).contains("big-29999");
    }

    @Test
    void withFencingOnAndNoDeviceNothingStarts() {
        cluster.startAll();
        assertThat(cluster.settle(10_000)).isTrue();
        cluster.dummy(1, "d", "");
        assertSettles();

        assertThat(cluster.where("d")).isEmpty();
    }

    @Test
    void aLostNodeIsWaitedForUntilSomebodyConfirmsThatItIsDown() {
        startThree();
        cluster.dummy(1, "d", "");
        assertSettles();
        String host = cluster.where("d").iterator().next();
        cluster.property(1, "stonith-enabled", "true");
        assertSettles();

        int lost = Integer.parseInt(host.substring(1));
        int other = lost == 1 ? 2 : 1;
        cluster.crash(lost);
        cluster.run(30_000);
        assertThat(cluster.where("d")).isEmpty();

        cluster.await(other, new ManagerRequest.ConfirmFenced(host));
        cluster.property(other, "stonith-enabled", "false");
        assertSettles();
        assertThat(cluster.where("d")).hasSize(1).doesNotContain(host);
        assertThat(cib(other)).contains("expected=\"down\"");
    }

    @Test
    void aRequestToFenceIsRefusedWithItsReason() {
        startThree();
        ControlAnswer answer =
                cluster.await(1, new ManagerRequest.FenceNode("n2", "reboot", 60_000, 0));

        assertThat(answer).isInstanceOf(ControlAnswer.Refused.class);
        assertThat(((ControlAnswer.Refused) answer).message()).contains("no fence device");

        assertThat(fencingHistory(1)).hasSize(1);
        cluster.await(2, new ManagerRequest.ForgetFencing("n3"));
        assertThat(fencingHistory(1)).hasSize(1);
        cluster.await(2, new ManagerRequest.ForgetFencing("n2"));
        cluster.run(1_000);
        assertThat(fencingHistory(1)).isEmpty();
    }

    private List<ControlAnswer.FencingEvent> fencingHistory(int node) {
        ControlAnswer answer = cluster.await(node, new ManagerRequest.FencingHistory(null));
        return ((ControlAnswer.FencingHistoryAnswer) answer).events();
    }

    @Test
    void anExpiredFailureIsForgotten() {
        startThree();
        cluster.dummy(
                1,
                "d",
                "<meta_attributes id='d-m'><nvpair id='d-m-f' name='failure-timeout' value='30s'/></meta_attributes>");
        assertSettles();
        cluster.node(Integer.parseInt(cluster.where("d").iterator().next().substring(1)))
                .active
                .remove("d");
        cluster.run(15_000);
        assertSettles();
        assertThat(cib(1)).contains("fail-count-d#monitor_10000");

        cluster.run(60_000);
        assertSettles();
        assertThat(cib(1)).doesNotContain("fail-count-d");
        assertThat(cluster.where("d")).hasSize(1);
    }

    @Test
    void aPlanForAWorldThatHasChangedIsMadeAgain() {
        startThree();
        cluster.planMillis = 500;
        cluster.dummy(1, "d", "");
        cluster.run(200);
        cluster.property(1, "maintenance-mode", "true");
        assertSettles();

        assertThat(cluster.transcript)
                .anyMatch(line -> line.contains("is dropped: Configuration change"));
        assertThat(cluster.where("d")).isEmpty();
        assertThat(cluster.node(1).manager().dc()).isNotNull();
    }

    @Test
    void aPlannerThatBreaksDownStopsNothingAndIsAskedAgainAfterAChange() {
        startThree();
        cluster.plannerFails = true;
        cluster.dummy(1, "d", "");
        assertSettles();

        assertThat(cluster.where("d")).isEmpty();
        assertThat(cluster.transcript).anyMatch(line -> line.contains("cannot be planned"));

        cluster.plannerFails = false;
        cluster.dummy(1, "e", "");
        assertSettles();

        assertThat(cluster.where("d")).hasSize(1);
        assertThat(cluster.where("e")).hasSize(1);
    }
}
