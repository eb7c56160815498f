package org.holdfast.scheduler.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Transition;
import org.junit.jupiter.api.Test;

final class OrderingStageTest {

    private static Scenario two() {
        return Scenario.of("n1", "n2")
                .primitive("a")
                .primitive("b")
                .prefer("a", "n1", "50")
                .prefer("b", "n2", "50");
    }

    private static String order(String attributes) {
        return "<rsc_order id='o' first='a' then='b' " + attributes + "/>";
    }

    @Test
    void thenWaitsForFirst() {
        Transition transition = Transition.of(two().constraint(order("")));
        assertThat(transition.before("b_start_0 n2")).contains("a_start_0 n1");
    }

    @Test
    void symmetricalOrdersAreReversedOnTheWayDown() {
        Scenario scenario =
                two().constraint(order(""))
                        .option("stop-all-resources", "true")
                        .running("n1", "a")
                        .running("n2", "b")
                        .history("n2", "a", "monitor", 7)
                        .history("n1", "b", "monitor", 7);
        assertThat(Transition.of(scenario).before("a_stop_0 n1")).containsExactly("b_stop_0 n2");
    }

    @Test
    void aFirstThatCannotStartKeepsThenDown() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .constraint(order(""));
        Transition transition = Transition.of(scenario);
        assertThat(transition.actions()).doesNotContain("b_start_0 n1", "b_start_0 n2");
        assertThat(transition.summary())
                .containsExactly("Start b ( n1 ) due to unrunnable a start (blocked)");
    }

    @Test
    void anOptionalOrderDoesNot() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .constraint(order("kind='Optional'"));
        assertThat(Transition.of(scenario).actions()).contains("b_start_0 n1");
    }

    @Test
    void aRestartOfFirstRestartsThen() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .running("n1", "a")
                        .running("n2", "b")
                        .history("n2", "a", "monitor", 7)
                        .history("n1", "b", "monitor", 7)
                        .prefer("a", "n2", "INFINITY")
                        .prefer("b", "n2", "INFINITY")
                        .constraint(order(""));
        Transition transition = Transition.of(scenario);
        assertThat(transition.summary())
                .containsExactly("Move a ( n1 -> n2 )", "Restart b ( n2 ) due to required a start");
        assertThat(transition.before("a_stop_0 n1")).containsExactly("b_stop_0 n2");
    }

    @Test
    void serializedActionsNeverOverlap() {
        Transition transition = Transition.of(two().constraint(order("kind='Serialize'")));
        assertThat(transition.before("b_start_0 n2")).contains("a_start_0 n1");
    }

    @Test
    void membersOfAGroupStartInTurn() {
        Transition transition = Transition.of(Scenario.of("n1").group("g", "a", "b"));
        assertThat(transition.before("b_start_0 n1")).contains("a_start_0 n1");
        assertThat(transition.before("g_running_0"))
                .contains("a_start_0 n1", "b_start_0 n1", "g_start_0");
    }

    @Test
    void interleavedInstancesWaitOnlyForTheirNeighbour() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .clone("ca", "a", "interleave", "true")
                        .clone("cb", "b", "interleave", "true")
                        .constraint("<rsc_order id='o' first='ca' then='cb'/>");
        Transition transition = Transition.of(scenario);
        assertThat(transition.before("b:0_start_0 n1"))
                .contains("a:0_start_0 n1")
                .doesNotContain("a:1_start_0 n2");
    }

    @Test
    void aSetCanAskForOneOfItsResources() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .primitive("c")
                        .constraint(
                                "<rsc_order id='o'><resource_set id='s1' require-all='false'"
                                        + " sequential='false'><resource_ref id='a'/>"
                                        + "<resource_ref id='b'/></resource_set>"
                                        + "<resource_set id='s2'><resource_ref id='c'/></resource_set>"
                                        + "</rsc_order>");
        Transition transition = Transition.of(scenario);
        assertThat(transition.actions()).contains("b_start_0 n1", "c_start_0 n1");
        assertThat(transition.waits("c_start_0 n1", "b_start_0 n1")).isTrue();
    }

    @Test
    void whatMustBeTogetherFailsTogether() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("z", "target-role", "Stopped")
                        .primitive("a")
                        .primitive("b")
                        .together("b", "a", "INFINITY")
                        .constraint("<rsc_order id='o' first='z' then='a'/>");
        assertThat(Transition.of(scenario).summary())
                .contains("Start b ( n1 ) due to colocation with a (blocked)");
    }
}
