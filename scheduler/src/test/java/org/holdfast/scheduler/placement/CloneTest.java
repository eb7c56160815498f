package org.holdfast.scheduler.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.junit.jupiter.api.Test;

/** Instances of clones and their roles. */
class CloneTest {

    @Test
    void oneInstanceANode() {
        Placed placed = Scenario.of("n1", "n2", "n3").clone("c", "a").place();
        assertThat(placed.instances("c")).containsExactly("n1", "n2", "n3");
    }

    @Test
    void noMoreThanCloneMax() {
        Placed placed = Scenario.of("n1", "n2", "n3").clone("c", "a", "clone-max", "2").place();
        assertThat(placed.instances("c")).containsExactly("n1", "n2");
    }

    @Test
    void uniqueInstancesShareNodesUpToCloneNodeMax() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .clone(
                                "c",
                                "a",
                                "globally-unique",
                                "true",
                                "clone-max",
                                "5",
                                "clone-node-max",
                                "2")
                        .place();
        assertThat(placed.instances("c")).containsExactly("n1", "n1", "n2", "n2");
    }

    @Test
    void activeInstancesStay() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .clone("c", "a", "clone-max", "2")
                        .running("n3", "a")
                        .running("n2", "a")
                        .place();
        assertThat(placed.instances("c")).containsExactly("n2", "n3");
    }

    @Test
    void bannedNodesGetNone() {
        Placed placed =
                Scenario.of("n1", "n2").clone("c", "a").prefer("c", "n1", "-INFINITY").place();
        assertThat(placed.instances("c")).containsExactly("n2");
    }

    @Test
    void aFailedInstanceOfAnAnonymousCloneBansTheClone() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .clone("c", "a", "migration-threshold", "1")
                        .running("n1", "a")
                        .running("n2", "a")
                        .transientAttribute("n1", "fail-count-a#monitor_10000", "INFINITY")
                        .place();
        assertThat(placed.instances("c")).containsExactly("n2");
    }

    @Test
    void whatMustBeWithACloneGoesWhereItsInstancesAre() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .clone("c", "a")
                        .prefer("c", "n1", "-INFINITY")
                        .primitive("b")
                        .together("b", "c", "INFINITY")
                        .place();
        assertThat(placed.node("b")).isEqualTo("n2");
    }

    @Test
    void interleavedClonesNeedAnInstanceBesideThem() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .clone("c", "a", "interleave", "true")
                        .prefer("c", "n2", "-INFINITY")
                        .clone("d", "b", "interleave", "true")
                        .together("d", "c", "INFINITY")
                        .place();
        assertThat(placed.instances("d")).containsExactly("n1", "n3");
    }

    @Test
    void theHighestPromotionScoreIsPromoted() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .clone("c", "a", "promotable", "true")
                        .transientAttribute("n1", "master-a", "5")
                        .transientAttribute("n2", "master-a", "10")
                        .place();
        assertThat(placed.promoted("c")).containsExactly("n2");
        assertThat(placed.instances("c")).hasSize(3);
    }

    @Test
    void nobodyIsPromotedWithoutScoreOrConstraint() {
        Placed placed = Scenario.of("n1", "n2").clone("c", "a", "promotable", "true").place();
        assertThat(placed.promoted("c")).isEmpty();
    }

    @Test
    void aLocationForThePromotedRoleMakesEligible() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .clone("c", "a", "promotable", "true")
                        .constraint(
                                "<rsc_location id='l' rsc='c'><rule id='r' score='100' role='Promoted'>"
                                        + "<expression id='e' attribute='#uname' operation='eq' value='n2'/></rule></rsc_location>")
                        .place();
        assertThat(placed.promoted("c")).containsExactly("n2");
    }

    @Test
    void asManyArePromotedAsPromotedMaxSays() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .clone("c", "a", "promotable", "true", "promoted-max", "2")
                        .transientAttribute("n1", "master-a", "5")
                        .transientAttribute("n2", "master-a", "6")
                        .transientAttribute("n3", "master-a", "7")
                        .place();
        assertThat(placed.promoted("c")).containsExactly("n2", "n3");
    }

    @Test
    void whatIsColocatedWithThePromotedInstanceHasASay() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .clone("c", "a", "promotable", "true")
                        .transientAttribute("n1", "master-a", "5")
                        .transientAttribute("n2", "master-a", "6")
                        .primitive("b")
                        .prefer("b", "n1", "100")
                        .constraint(
                                "<rsc_colocation id='k' rsc='b' with-rsc='c' with-rsc-role='Promoted' score='INFINITY'/>")
                        .place();
        assertThat(placed.promoted("c")).containsExactly("n1");
        assertThat(placed.node("b")).isEqualTo("n1");
    }

    @Test
    void aMissingTicketForThePromotedRolePreventsPromotionOnly() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .clone("c", "a", "promotable", "true")
                        .transientAttribute("n1", "master-a", "5")
                        .constraint("<rsc_ticket id='t' rsc='c' rsc-role='Promoted' ticket='T'/>");
        Placed without = scenario.place();
        assertThat(without.promoted("c")).isEmpty();
        assertThat(without.instances("c")).hasSize(2);
        assertThat(scenario.ticket("T", true).place().promoted("c")).containsExactly("n1");
    }

    @Test
    void membersOfACloneOfAGroupStayTogetherAndAddUpTheirPromotionScores() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .resource(
                                "<clone id='c'><meta_attributes id='cm'><nvpair id='cn' name='promotable' value='true'/></meta_attributes>"
                                        + "<group id='g'>"
                                        + Scenario.primitiveXml("a")
                                        + Scenario.primitiveXml("b")
                                        + "</group></clone>")
                        .transientAttribute("n1", "master-a", "5")
                        .transientAttribute("n1", "master-b", "5")
                        .transientAttribute("n2", "master-a", "8")
                        .place();
        assertThat(placed.nodes("a:0", "a:1")).isEqualTo(placed.nodes("b:0", "b:1"));
        assertThat(placed.lines()).anyMatch(line -> line.endsWith("promotion score on n1: 10"));
    }
}
