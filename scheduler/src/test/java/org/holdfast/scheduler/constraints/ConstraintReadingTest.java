package org.holdfast.scheduler.constraints;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Scenario.Placed;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.Ordering;
import org.holdfast.scheduler.model.OrderingFlag;
import org.junit.jupiter.api.Test;

/** What constraints in the CIB come to. */
class ConstraintReadingTest {

    private static String ordering(Placed placed, String text) {
        Cluster cluster = placed.cluster();
        for (Ordering ordering : cluster.orderings) {
            if (ordering.toString().endsWith(" " + text)) {
                return Integer.toString(ordering.flags);
            }
        }
        return "none";
    }

    private static Scenario two() {
        return Scenario.of("n1", "n2").primitive("a").primitive("b");
    }

    @Test
    void aMandatoryOrderingHasAReverse() {
        Placed placed = two().constraint("<rsc_order id='o' first='a' then='b'/>").place();
        assertThat(ordering(placed, "a_start_0 then b_start_0"))
                .isEqualTo(
                        ""
                                + (OrderingFlag.ORDERED
                                        | OrderingFlag.FIRST_IMPLIES_THEN
                                        | OrderingFlag.UNRUNNABLE_FIRST_BLOCKS));
        assertThat(ordering(placed, "b_stop_0 then a_stop_0"))
                .isEqualTo("" + (OrderingFlag.ORDERED | OrderingFlag.THEN_IMPLIES_FIRST));
    }

    @Test
    void kindsDecideTheFlags() {
        assertThat(
                        ordering(
                                two().constraint(
                                                "<rsc_order id='o' first='a' then='b' kind='Optional'/>")
                                        .place(),
                                "a_start_0 then b_start_0"))
                .isEqualTo("" + OrderingFlag.ORDERED);
        Placed serialized =
                two().constraint("<rsc_order id='o' first='a' then='b' kind='Serialize'/>").place();
        assertThat(ordering(serialized, "a_start_0 then b_start_0"))
                .isEqualTo("" + OrderingFlag.SERIALIZE);
        assertThat(ordering(serialized, "b_stop_0 then a_stop_0")).isEqualTo("none");
        assertThat(
                        ordering(
                                two().constraint(
                                                "<rsc_order id='o' first='a' then='b' symmetrical='false'/>")
                                        .place(),
                                "a_start_0 then b_start_0"))
                .isEqualTo("" + (OrderingFlag.ORDERED | OrderingFlag.ASYMMETRIC));
    }

    @Test
    void actionsDefaultToStartAndToEachOther() {
        Placed placed =
                two().constraint("<rsc_order id='o' first='a' first-action='promote' then='b'/>")
                        .place();
        assertThat(ordering(placed, "a_promote_0 then b_promote_0")).isNotEqualTo("none");
        assertThat(ordering(placed, "b_demote_0 then a_demote_0")).isNotEqualTo("none");
    }

    @Test
    void setsAreOrderedWithinAndBetween() {
        Placed placed =
                two().primitive("c")
                        .constraint(
                                "<rsc_order id='o'><resource_set id='s1' sequential='true'><resource_ref id='a'/><resource_ref id='b'/></resource_set>"
                                        + "<resource_set id='s2'><resource_ref id='c'/></resource_set></rsc_order>")
                        .place();
        assertThat(ordering(placed, "a_start_0 then b_start_0")).isNotEqualTo("none");
        assertThat(ordering(placed, "b_start_0 then c_start_0")).isNotEqualTo("none");
        assertThat(ordering(placed, "a_start_0 then c_start_0")).isEqualTo("none");
        assertThat(ordering(placed, "c_stop_0 then b_stop_0")).isNotEqualTo("none");
    }

    @Test
    void anyOfASetWillDoWithoutRequireAll() {
        Placed placed =
                two().primitive("c")
                        .constraint(
                                "<rsc_order id='o'><resource_set id='s1' sequential='false' require-all='false'><resource_ref id='a'/><resource_ref id='b'/></resource_set>"
                                        + "<resource_set id='s2'><resource_ref id='c'/></resource_set></rsc_order>")
                        .place();
        assertThat(placed.cluster().singletons).containsKey("one-or-more:s1");
        assertThat(ordering(placed, "a_start_0 then one-or-more:s1"))
                .isEqualTo(
                        "" + (OrderingFlag.MIN_RUNNABLE | OrderingFlag.FIRST_IMPLIES_THEN_GRAPHED));
    }

    @Test
    void cloneMinMakesAPointOfItsOwn() {
        Placed placed =
                two().clone("c", "x", "clone-min", "2")
                        .constraint("<rsc_order id='o' first='c' then='a'/>")
                        .place();
        assertThat(placed.cluster().singletons.getOrDefault("clone-one-or-more:o", List.of()))
                .extracting(action -> action.requiredRunnableBefore)
                .containsExactly(2);
    }

    /** All instances of a clone are made after the template, but they are one resource. */
    @Test
    void aTemplateOfAClonedResourceCountsOnce() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .resource(
                                "<template id='t' class='ocf' provider='pacemaker' type='Dummy'/>"
                                        + "<clone id='c'><meta_attributes id='m'><nvpair id='mx' name='clone-max' value='1'/></meta_attributes><primitive id='x' template='t'/></clone>")
                        .constraint("<rsc_location id='l' rsc='t' node='n2' score='9'/>")
                        .running("n1", "x")
                        .place();
        assertThat(placed.score("x:0", "n2")).isEqualTo("9");
    }

    @Test
    void tagsStandForTheirMembers() {
        Scenario scenario = two();
        Placed placed =
                scenario.resource(
                                "<template id='t' class='ocf' provider='pacemaker' type='Dummy'/>"
                                        + "<primitive id='x' template='t'/><primitive id='y' template='t'/>")
                        .constraint("<rsc_location id='l' rsc='t' node='n2' score='9'/>")
                        .constraint(
                                "<rsc_colocation id='k' rsc='t' with-rsc='a' score='-INFINITY'/>")
                        .place();
        assertThat(placed.score("x", "n2")).isEqualTo("9");
        assertThat(placed.nodes("x", "y")).doesNotContain(placed.node("a"));
    }

    @Test
    void patternsMatchIdsAndFillScoreAttributes() {
        Placed placed =
                Scenario.of("n1", "n2")
                        .attribute("n2", "loc-db", "8")
                        .primitive("ip-db")
                        .primitive("other")
                        .constraint(
                                "<rsc_location id='l' rsc-pattern='^ip-(.*)'><rule id='r' score-attribute='loc-%1'>"
                                        + "<expression id='e' attribute='#uname' operation='defined'/></rule></rsc_location>")
                        .constraint(
                                "<rsc_location id='m' rsc-pattern='!^ip-' node='n2' score='3'/>")
                        .place();
        assertThat(placed.score("ip-db", "n2")).isEqualTo("8");
        assertThat(placed.score("other", "n2")).isEqualTo("3");
    }

    @Test
    void startedAndUnpromotedMeanAnyRole() {
        Placed placed =
                two().constraint(
                                "<rsc_location id='l' rsc='a' node='n2' score='4' role='Started'/>")
                        .constraint(
                                "<rsc_location id='m' rsc='a' node='n2' score='4' role='Stopped'/>")
                        .place();
        assertThat(placed.score("a", "n2")).isEqualTo("4");
    }

    @Test
    void setsCanReferToOthers() {
        Placed placed =
                two().constraint(
                                "<rsc_location id='l' node='n2' score='6'><resource_set id='s'><resource_ref id='a'/><resource_ref id='b'/></resource_set></rsc_location>")
                        .constraint(
                                "<rsc_location id='m' node='n1' score='2'><resource_set id-ref='s'/></rsc_location>")
                        .place();
        assertThat(placed.score("a", "n2")).isEqualTo("6");
        assertThat(placed.score("b", "n1")).isEqualTo("2");
    }

    @Test
    void lostTicketsStopAndMissingOnesKeepDown() {
        String constraint = "<rsc_ticket id='t%1$s' rsc='%1$s' ticket='T' loss-policy='stop'/>";
        Placed placed =
                two().running("n1", "a")
                        .constraint(constraint.formatted("a"))
                        .constraint(constraint.formatted("b"))
                        .ticket("T", false)
                        .place();
        assertThat(placed.nodes("a", "b")).isEqualTo("- -");
    }

    @Test
    void aLostTicketCanFreeze() {
        Placed placed =
                two().running("n1", "a")
                        .constraint("<rsc_ticket id='t' rsc='a' ticket='T' loss-policy='freeze'/>")
                        .ticket("T", false)
                        .place();
        assertThat(placed.node("a")).isEqualTo("n1");
        assertThat(placed.resource("a").isManaged()).isFalse();
    }

    @Test
    void aCloneInASetAgainstEachOtherIsAgainstAllOfIt() {
        Scenario scenario =
                two().clone("cc", "c")
                        .running("n1", "c")
                        .constraint(
                                "<rsc_colocation id='k' score='-5'><resource_set id='s'><resource_ref id='a'/><resource_ref id='c'/><resource_ref id='b'/></resource_set></rsc_colocation>");
        assertThat(
                        scenario.place().cluster().colocations.stream()
                                .map(k -> k.dependent().id + "-" + k.primary().id))
                .containsExactlyInAnyOrder("cc-a", "cc-cc", "cc-b", "b-a", "b-cc");
    }

    @Test
    void aTemplateOfWhichAPartCannotBeNamedIsNotExpanded() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .resource("<template id='t' class='ocf' provider='x' type='Dummy'/>")
                        .resource("<primitive id='a' template='t'/>")
                        .constraint(
                                "<rsc_ticket id='k' ticket='T' loss-policy='stop'><resource_set id='s'><resource_ref id='t'/></resource_set></rsc_ticket>")
                        .ticket("T", false);
        assertThat(scenario.place().node("a")).isEqualTo("-");
        Scenario cloned =
                scenario.resource("<clone id='c'><primitive id='b' template='t'/></clone>");
        assertThat(cloned.place().node("a")).isEqualTo("n1");
    }

    @Test
    void whatDoesNotExistIsReportedAndIgnored() {
        Placed placed =
                two().constraint("<rsc_location id='l1' rsc='zz' node='n1' score='1'/>")
                        .constraint("<rsc_location id='l2' rsc='a' node='zz' score='1'/>")
                        .constraint("<rsc_location id='l3' rsc='a' node='n1' score='x'/>")
                        .constraint(
                                "<rsc_location id='l4' rsc='a'><rule id-ref='zz'/></rsc_location>")
                        .constraint("<rsc_location id='l5' rsc-pattern='a(' node='n1' score='1'/>")
                        .constraint("<rsc_colocation id='k1' rsc='a' with-rsc='zz' score='1'/>")
                        .constraint(
                                "<rsc_colocation id='k2' score='1'><resource_set id-ref='zz'/></rsc_colocation>")
                        .constraint(
                                "<rsc_colocation id='k3' score='1'><resource_set id='e1'/><resource_set id='e2'/></rsc_colocation>")
                        .constraint("<rsc_order id='o1' first='a' then='zz'/>")
                        .constraint(
                                "<rsc_order id='o2'><resource_set id='e3'/><resource_set id='e4'/></rsc_order>")
                        .constraint(
                                "<rsc_order id='o3' first='a' then='b' first-action='monitor'/>")
                        .constraint("<rsc_ticket id='t1' rsc='zz' ticket='T'/>")
                        .constraint("<rsc_ticket id='t2' rsc='a'/>")
                        .constraint("<nonsense id='n'/>")
                        .constraint("<rsc_location rsc='a' node='n1' score='1'/>")
                        .place();
        assertThat(placed.score("a", "n1")).isEqualTo("0");
        assertThat(placed.cluster().findings).isNotEmpty();
    }

    @Test
    void aLocationRuleReadsParametersAndSoMindsWhenTheirOwnRulesChange() {
        String location =
                "<rsc_location id='l' rsc='a'><rule id='r' score='1'>"
                        + "<expression id='e' attribute='#uname' operation='eq' value='n1'/>"
                        + "</rule></rsc_location>";
        Scenario dated =
                Scenario.of("n1", "n2")
                        .resource(
                                "<primitive id='a' class='ocf' provider='p' type='t'>"
                                        + "<instance_attributes id='i'><rule id='ir' score='0'>"
                                        + "<date_expression id='d' operation='lt' end='2024-02-01'/>"
                                        + "</rule><nvpair id='n' name='x' value='1'/>"
                                        + "</instance_attributes></primitive>");

        assertThat(dated.constraint(location).place().cluster().rules.nextChange()).isNotNull();
    }
}
