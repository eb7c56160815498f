package org.holdfast.scheduler.actions;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Transition;
import org.junit.jupiter.api.Test;

final class ActionStageTest {

    private static final String WITH_MONITOR =
            "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'><operations>"
                    + "<op id='m' name='monitor' interval='10s' timeout='7s'/></operations></primitive>";

    @Test
    void aResourceIsProbedEverywhereBeforeItStarts() {
        Transition transition =
                Transition.of(Scenario.of("n1", "n2").primitive("a").prefer("a", "n1", "5"));
        assertThat(transition.actions())
                .containsExactly("a_monitor_0 n1", "a_monitor_0 n2", "a_start_0 n1");
        assertThat(transition.before("a_start_0 n1"))
                .containsExactly("a_monitor_0 n1", "a_monitor_0 n2");
        assertThat(transition.meta("a_monitor_0 n1", "op_target_rc")).isEqualTo("7");
    }

    @Test
    void whatIsKnownIsNotProbed() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .primitive("a")
                                .running("n1", "a")
                                .history("n2", "a", "monitor", 7));
        assertThat(transition.actions()).isEmpty();
    }

    @Test
    void discoveryCanBeLimitedToANode() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .primitive("a")
                                .constraint(
                                        "<rsc_location id='l' rsc='a' node='n1' score='5'"
                                                + " resource-discovery='exclusive'/>"));
        assertThat(transition.actions()).containsExactly("a_monitor_0 n1", "a_start_0 n1");
    }

    @Test
    void startUpProbesCanBeSwitchedOff() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1").option("enable-startup-probes", "false").primitive("a"));
        assertThat(transition.actions()).containsExactly("a_start_0 n1");
    }

    @Test
    void aPromotedInstanceThatMovesAndIsDemotedStartsThere() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .clone("c", "p", "promotable", "true", "clone-max", "1")
                                .promoted("n1", "p")
                                .history("n2", "p", "monitor", 7)
                                .prefer("c", "n1", "-INFINITY"));
        assertThat(transition.actions())
                .contains("p:0_demote_0 n1", "p:0_stop_0 n1", "p:0_start_0 n2")
                .doesNotContain("p:0_promote_0 n2");
    }

    @Test
    void aMoveStopsBeforeItStarts() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .primitive("a")
                                .running("n1", "a")
                                .history("n2", "a", "monitor", 7)
                                .prefer("a", "n2", "INFINITY"));
        assertThat(transition.actions()).containsExactly("a_start_0 n2", "a_stop_0 n1");
        assertThat(transition.before("a_start_0 n2")).containsExactly("a_stop_0 n1");
        assertThat(transition.summary()).containsExactly("Move a ( n1 -> n2 )");
    }

    @Test
    void aMigratableResourceIsMovedAlive() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .primitive("a", "allow-migrate", "true")
                                .running("n1", "a")
                                .history("n2", "a", "monitor", 7)
                                .prefer("a", "n2", "INFINITY"));
        assertThat(transition.actions())
                .containsExactly("a_migrate_from_0 n2", "a_migrate_to_0 n1", "a_stop_0 n1");
        assertThat(transition.before("a_migrate_from_0 n2")).containsExactly("a_migrate_to_0 n1");
        assertThat(transition.before("a_stop_0 n1")).containsExactly("a_migrate_from_0 n2");
        assertThat(transition.has("a_start_0")).isTrue();
        assertThat(transition.meta("a_migrate_to_0 n1", "migrate_target")).isEqualTo("n2");
        assertThat(transition.summary()).containsExactly("Migrate a ( n1 -> n2 )");
    }

    @Test
    void aRecurringMonitorFollowsTheStart() {
        Transition transition = Transition.of(Scenario.of("n1").resource(WITH_MONITOR));
        assertThat(transition.before("a_monitor_10000 n1")).containsExactly("a_start_0 n1");
        assertThat(transition.meta("a_monitor_10000 n1", "timeout")).isEqualTo("7000");
        assertThat(transition.meta("a_monitor_10000 n1", "interval")).isEqualTo("10000");
        // A probe without a timeout of its own takes the monitor's.
        assertThat(transition.meta("a_monitor_0 n1", "timeout")).isEqualTo("7000");
        assertThat(transition.meta("a_start_0 n1", "timeout")).isEqualTo("20000");
    }

    @Test
    void aResourceThatRunsWithoutItsMonitorGetsIt() {
        Transition transition =
                Transition.of(Scenario.of("n1").resource(WITH_MONITOR).running("n1", "a"));
        assertThat(transition.actions()).containsExactly("a_monitor_10000 n1");
    }

    @Test
    void anUnmanagedResourceIsWatchedAndNotTouched() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1")
                                .resource(
                                        WITH_MONITOR.replace(
                                                "<operations>",
                                                "<meta_attributes id='x'><nvpair id='y'"
                                                        + " name='is-managed' value='false'/>"
                                                        + "</meta_attributes><operations>"))
                                .running("n1", "a")
                                .prefer("a", "n1", "-INFINITY"));
        assertThat(transition.actions()).containsExactly("a_monitor_10000 n1");
        assertThat(transition.summary()).isEmpty();
    }

    @Test
    void maintenanceStopsWatching() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1")
                                .option("maintenance-mode", "true")
                                .resource(WITH_MONITOR)
                                .running("n1", "a"));
        assertThat(transition.actions()).isEmpty();
    }

    @Test
    void whatMustNotRunIsStoppedForThatReason() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1")
                                .primitive("a", "target-role", "Stopped")
                                .running("n1", "a"));
        assertThat(transition.actions()).containsExactly("a_stop_0 n1");
        assertThat(transition.summary()).containsExactly("Stop a ( n1 ) due to node availability");
    }

    @Test
    void aRemovedResourceIsStoppedAndForgotten() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1").primitive("b").running("n1", "gone").running("n1", "b"));
        assertThat(transition.actions()).contains("gone_stop_0 n1", "gone_delete_0 n1");
        assertThat(transition.before("gone_delete_0 n1")).containsExactly("gone_stop_0 n1");
    }

    @Test
    void aNewAgentTypeRestartsTheResource() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1")
                                .resource(
                                        "<primitive id='a' class='ocf' provider='pacemaker' type='Other'/>")
                                .running("n1", "a"));
        assertThat(transition.actions()).contains("a_stop_0 n1", "a_delete_0 n1", "a_start_0 n1");
    }

    @Test
    void promotionComesAfterAllStarts() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .clone("c", "a", "promotable", "true")
                                .transientAttribute("n1", "master-a", "10"));
        assertThat(transition.actions()).contains("a:0_promote_0 n1").hasSize(5);
        assertThat(transition.waits("a:0_promote_0 n1", "c_running_0")).isTrue();
        assertThat(transition.summary())
                .containsExactly("Promote a:0 ( Stopped -> Promoted n1 )", "Start a:1 ( n2 )");
    }

    @Test
    void instancesAreNotifiedBeforeAndAfter() {
        Transition transition =
                Transition.of(
                        Scenario.of("n1", "n2")
                                .clone("c", "a", "notify", "true")
                                .running("n1", "a")
                                .history("n2", "a", "monitor", 7));
        assertThat(transition.actions()).contains("a:0_pre_notify_start_0 n1");
        assertThat(transition.waits("c_start_0", "a:0_pre_notify_start_0 n1")).isTrue();
        assertThat(transition.meta("a:0_pre_notify_start_0 n1", "notify_start_uname"))
                .isEqualTo("n2");
        assertThat(transition.meta("a:0_pre_notify_start_0 n1", "notify_active_uname"))
                .isEqualTo("n1");
        assertThat(transition.meta("a:0_pre_notify_start_0 n1", "notify_promoted_uname"))
                .isEqualTo(" ");
    }
}
