package org.holdfast.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.holdfast.scheduler.model.Role;
import org.junit.jupiter.api.Test;

/** Where single resources and groups go. */
class PlacementTest {

    @Test
    void spreadsByNumberOfResourcesThenName() {
        Placed placed =
                Scenario.of("n2", "n1").primitive("a").primitive("b").primitive("c").place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n1 n2 n1");
    }

    @Test
    void followsTheHighestScore() {
        Placed placed = Scenario.of("n1", "n2").primitive("a").prefer("a", "n2", "5").place();
        assertThat(placed.node("a")).isEqualTo("n2");
        assertThat(placed.score("a", "n2")).isEqualTo("5");
    }

    @Test
    void runsNowhereIfBannedEverywhere() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .prefer("a", "n1", "-INFINITY")
                        .prefer("a", "n2", "-1")
                        .place();
        assertThat(placed.node("a")).isEqualTo("-");
        assertThat(placed.resource("a").nextRole).isEqualTo(Role.STOPPED);
    }

    @Test
    void minusInfinityBeatsInfinity() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .prefer("a", "n1", "INFINITY")
                        .prefer("a", "n1", "-INFINITY")
                        .place();
        assertThat(placed.node("a")).isEqualTo("n2");
    }

    @Test
    void staysWhereItIsWhileStickinessOutweighsPreference() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a", "resource-stickiness", "10")
                        .running("n1", "a")
                        .prefer("a", "n2", "10");
        assertThat(scenario.place().node("a")).isEqualTo("n1");
        assertThat(scenario.prefer("a", "n2", "1").place().node("a")).isEqualTo("n2");
    }

    @Test
    void movesToTheEmptierNodeWithoutStickinessButNotWithPositiveEqualScores() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("x")
                        .prefer("x", "n1", "1")
                        .primitive("a")
                        .running("n1", "a");
        assertThat(scenario.place().node("a")).isEqualTo("n2");
        scenario.prefer("a", "n1", "1").prefer("a", "n2", "1");
        assertThat(scenario.place().node("a")).isEqualTo("n1");
    }

    @Test
    void runsOnlyWhereAllowedInAnAsymmetricCluster() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .option("symmetric-cluster", "false")
                        .primitive("a")
                        .primitive("b");
        Placed placed = scenario.prefer("b", "n2", "0").place();
        assertThat(placed.nodes("a", "b")).isEqualTo("- n2");
    }

    @Test
    void isBannedAfterAsManyFailuresAsTheThreshold() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a", "migration-threshold", "2", "resource-stickiness", "100")
                        .running("n1", "a")
                        .transientAttribute("n1", "fail-count-a#monitor_10000", "1");
        assertThat(scenario.place().node("a")).isEqualTo("n1");
        scenario.transientAttribute("n1", "fail-count-a#start_0", "1");
        assertThat(scenario.place().node("a")).isEqualTo("n2");
    }

    @Test
    void staysDownWithTargetRoleStopped() {
        Placed placed = Scenario.of("n1").primitive("a", "target-role", "Stopped").place();
        assertThat(placed.node("a")).isEqualTo("-");
    }

    @Test
    void unmanagedStaysWhereverItIs() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a", "is-managed", "false")
                        .running("n1", "a")
                        .prefer("a", "n2", "INFINITY")
                        .place();
        assertThat(placed.node("a")).isEqualTo("n1");
    }

    @Test
    void stopAllStopsAll() {
        Placed placed =
                Scenario.of("n1").option("stop-all-resources", "true").primitive("a").place();
        assertThat(placed.node("a")).isEqualTo("-");
    }

    @Test
    void frozenWithoutQuorumNobodyIsPromotedButWhoIsStays() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .withoutQuorum()
                        .option("no-quorum-policy", "freeze")
                        .clone("c", "a", "promotable", "true", "promoted-max", "2")
                        .promoted("n1", "a")
                        .running("n2", "a")
                        .transientAttribute("n1", "master-a", "5")
                        .transientAttribute("n2", "master-a", "5")
                        .place();
        assertThat(placed.promoted("c")).containsExactly("n1");
    }

    @Test
    void groupsStayTogetherAndCountTheirScoresOnce() {
        Placed placed =
                Scenario.of("n1", "n2").group("g", "a", "b", "c").prefer("g", "n2", "7").place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n2 n2 n2");
        assertThat(placed.score("a", "n2")).isEqualTo("7");
        assertThat(placed.score("b", "n2")).isEqualTo("0");
        assertThat(placed.score("b", "n1")).isEqualTo("-INFINITY");
    }

    @Test
    void membersStickinessAddsUpForTheFirst() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .resourceDefault("resource-stickiness", "10")
                        .group("g", "a", "b", "c")
                        .running("n2", "a")
                        .running("n2", "b")
                        .running("n2", "c")
                        .prefer("g", "n1", "29")
                        .place();
        assertThat(placed.score("a", "n2")).isEqualTo("30");
        assertThat(placed.node("c")).isEqualTo("n2");
    }

    @Test
    void aGroupRunsAsFarAsItCan() {
        Placed placed =
                Scenario.of("n1")
                        .resource(
                                "<group id='g'>"
                                        + Scenario.primitiveXml("a")
                                        + Scenario.primitiveXml("b", "target-role", "Stopped")
                                        + Scenario.primitiveXml("c")
                                        + "</group>")
                        .place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n1 - -");
    }

    @Test
    void healthBansUnlessAllowed() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .option("node-health-strategy", "migrate-on-red")
                        .attribute("n1", "#health-disk", "red")
                        .primitive("a")
                        .primitive("b", "allow-unhealthy-nodes", "true")
                        .prefer("a", "n1", "100")
                        .prefer("b", "n1", "100")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n2 n1");
    }

    @Test
    void progressiveHealthIsASum() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .option("node-health-strategy", "progressive")
                        .option("node-health-base", "5")
                        .option("node-health-yellow", "-20")
                        .attribute("n1", "#health-disk", "yellow")
                        .attribute("n1", "#health-cpu", "-10")
                        .primitive("a")
                        .place();
        assertThat(placed.score("a", "n1")).isEqualTo("-25");
        assertThat(placed.score("a", "n2")).isEqualTo("5");
    }

    @Test
    void exclusiveDiscoveryLimitsWhereAResourceRuns() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .constraint(
                                "<rsc_location id='l' rsc='a' node='n2' score='0' resource-discovery='exclusive'/>")
                        .place();
        assertThat(placed.node("a")).isEqualTo("n2");
        assertThat(placed.score("a", "n1")).isEqualTo("-INFINITY");
    }
}
