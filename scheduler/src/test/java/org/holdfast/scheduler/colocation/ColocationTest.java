package org.holdfast.scheduler.colocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.junit.jupiter.api.Test;

/** What colocated resources do to each other's places. */
class ColocationTest {

    @Test
    void theDependentFollowsThePrimary() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .prefer("b", "n2", "1")
                        .together("a", "b", "INFINITY")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n2 n2");
    }

    @Test
    void theDependentsPreferenceCountsForThePrimary() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .prefer("a", "n2", "7")
                        .together("a", "b", "INFINITY")
                        .place();
        assertThat(placed.score("b", "n2")).isEqualTo("7");
        assertThat(placed.node("b")).isEqualTo("n2");
    }

    @Test
    void aFiniteColocationAttenuatesButNeverToNothing() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .prefer("a", "n2", "7")
                        .together("a", "b", "10")
                        .place();
        assertThat(placed.score("b", "n2")).isEqualTo("1");
    }

    @Test
    void preferencesTravelAlongChains() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .primitive("c")
                        .prefer("a", "n2", "3")
                        .together("a", "b", "INFINITY")
                        .together("b", "c", "INFINITY")
                        .place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n2 n2 n2");
    }

    @Test
    void withoutThePrimaryThereIsNoDependent() {
        Placed placed =
                Scenario.of("n1")
                        .primitive("a")
                        .primitive("b", "target-role", "Stopped")
                        .together("a", "b", "INFINITY")
                        .place();
        assertThat(placed.node("a")).isEqualTo("-");
    }

    @Test
    void theOtherWayRoundDoesNotHold() {
        Placed placed =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .together("a", "b", "INFINITY")
                        .place();
        assertThat(placed.node("b")).isEqualTo("n1");
    }

    @Test
    void keepsApartEvenIfOneCannotRunThen() {
        Placed placed =
                Scenario.of("n1")
                        .primitive("a")
                        .primitive("b")
                        .together("a", "b", "-INFINITY")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("- n1");
    }

    @Test
    void aDislikeIsForgottenWhereThereIsNoOtherPlace() {
        Placed placed =
                Scenario.of("n1").primitive("a").primitive("b").together("a", "b", "-500").place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n1 n1");
        placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .together("a", "b", "-500")
                        .place();
        assertThat(placed.node("a")).isNotEqualTo(placed.node("b"));
    }

    @Test
    void anAttributeMakesSeveralNodesOnePlace() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .attribute("n1", "site", "x")
                        .attribute("n2", "site", "Y")
                        .attribute("n3", "site", "y")
                        .primitive("a")
                        .primitive("b")
                        .prefer("b", "n3", "10")
                        .constraint(
                                "<rsc_colocation id='k' rsc='a' with-rsc='b' score='INFINITY' node-attribute='site'/>")
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("n2 n3");
    }

    @Test
    void withoutInfluenceAnActivePrimaryIsNotMoved() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b", "resource-stickiness", "1")
                        .running("n1", "b")
                        .prefer("a", "n2", "100");
        String colocation =
                "<rsc_colocation id='k%s' rsc='a' with-rsc='b' score='INFINITY' influence='%s'/>";
        assertThat(scenario.constraint(colocation.formatted("0", "false")).place().node("b"))
                .isEqualTo("n1");
        assertThat(scenario.constraint(colocation.formatted("1", "true")).place().node("b"))
                .isEqualTo("n2");
    }

    @Test
    void setsChainTheirMembers() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .primitive("c")
                        .prefer("a", "n2", "1")
                        .constraint(
                                "<rsc_colocation id='k' score='INFINITY'><resource_set id='s'>"
                                        + "<resource_ref id='a'/><resource_ref id='b'/><resource_ref id='c'/>"
                                        + "</resource_set></rsc_colocation>")
                        .place();
        assertThat(placed.nodes("a", "b", "c")).isEqualTo("n2 n2 n2");
    }

    @Test
    void aSetThatKeepsApartKeepsAllApart() {
        Placed placed =
                Scenario.of("n1", "n2", "n3")
                        .primitive("a")
                        .primitive("b")
                        .primitive("c")
                        .constraint(
                                "<rsc_colocation id='k' score='-INFINITY'><resource_set id='s'>"
                                        + "<resource_ref id='a'/><resource_ref id='b'/><resource_ref id='c'/>"
                                        + "</resource_set></rsc_colocation>")
                        .place();
        assertThat(placed.nodes("a", "b", "c").split(" ")).doesNotHaveDuplicates().hasSize(3);
    }

    @Test
    void loopsEnd() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .primitive("c")
                        .together("a", "b", "INFINITY")
                        .together("b", "c", "INFINITY")
                        .together("c", "a", "INFINITY")
                        .together("a", "a", "INFINITY")
                        .place();
        assertThat(placed.cluster().resources).hasSize(3);
    }
}
