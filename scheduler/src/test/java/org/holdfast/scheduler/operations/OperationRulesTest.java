package org.holdfast.scheduler.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.ScheduleRequest;
import org.holdfast.scheduler.Scheduler;
import org.holdfast.scheduler.Transition;
import org.holdfast.scheduler.model.Cluster;
import org.holdfast.scheduler.model.OnFail;
import org.holdfast.scheduler.model.Requires;
import org.holdfast.scheduler.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OperationRulesTest {

    private static Resource resource(Scenario scenario, String id) {
        Cluster cluster = Scheduler.status(ScheduleRequest.of(scenario.cib(), Scenario.NOW));
        Resource found = cluster.resource(id);
        assertThat(found).isNotNull();
        return found;
    }

    @Test
    void onlyStartAndPromotionRequireAnything() {
        Resource a = resource(Scenario.of("n1").primitive("a"), "a");
        assertThat(FailurePolicy.requires(a, "start")).isEqualTo(Requires.QUORUM);
        assertThat(FailurePolicy.requires(a, "stop")).isEqualTo(Requires.NOTHING);
    }

    @Test
    void aFailedStopBlocksUnlessTheNodeCanBeFenced() {
        Resource without = resource(Scenario.of("n1").primitive("a"), "a");
        assertThat(FailurePolicy.onFail(without, "stop", 0, null)).isEqualTo(OnFail.BLOCK);
        Resource with =
                resource(Scenario.of("n1").option("stonith-enabled", "true").primitive("a"), "a");
        assertThat(FailurePolicy.onFail(with, "stop", 0, null)).isEqualTo(OnFail.FENCE_NODE);
    }

    @ParameterizedTest
    @CsvSource({
        "block, BLOCK",
        "ignore, IGNORE",
        "nothing, IGNORE",
        "STANDBY, STANDBY_NODE",
        "migrate, BAN",
        "stop, STOP",
        "restart, RESTART",
        "demote, DEMOTE",
        "fence, STOP",
        "restart-container, RESTART",
        "nonsense, RESTART",
    })
    void responsesToFailure(String value, OnFail expected) {
        Resource a = resource(Scenario.of("n1").primitive("a"), "a");
        assertThat(FailurePolicy.onFail(a, "monitor", 10_000, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "500, 500ms",
        "10000, 10s",
        "90000, 1m30s",
        "1500, 1.500s",
        "93784000, 1d2h3m4s",
    })
    void intervalsAreReadable(long millis, String text) {
        assertThat(ReadableInterval.of(millis)).isEqualTo(text);
    }

    @Test
    void instancesAreNumbered() {
        Cluster cluster =
                Scheduler.status(
                        ScheduleRequest.of(
                                Scenario.of("n1", "n2").clone("c", "a").cib(), Scenario.NOW));
        Resource clone = cluster.resource("c");
        assertThat(clone).isNotNull();
        assertThat(clone.children.stream().map(InstanceNumber::of)).containsExactly(0, 1);
    }

    @Test
    void fencerParametersAreRecognised() {
        assertThat(FenceParameters.isSpecial("pcmk_host_list")).isTrue();
        assertThat(FenceParameters.isSpecial("pcmk_reboot_timeout")).isTrue();
        assertThat(FenceParameters.isSpecial("pcmk_whatever")).isFalse();
        assertThat(FenceParameters.isSpecial("port")).isFalse();
    }

    @Test
    void changedParametersRestart() {
        Scenario scenario =
                Scenario.of("n1")
                        .resource(
                                "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'>"
                                        + "<instance_attributes id='i'><nvpair id='p' name='state'"
                                        + " value='/tmp/x'/></instance_attributes></primitive>")
                        .running("n1", "a");
        Transition transition = Transition.of(scenario);
        assertThat(transition.actions()).containsExactly("a_start_0 n1", "a_stop_0 n1");
        assertThat(transition.summary())
                .containsExactly("Restart a ( n1 ) due to resource definition change");
    }

    @Test
    void startDelayReachesTheGraph() {
        Scenario scenario =
                Scenario.of("n1")
                        .resource(
                                "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'>"
                                        + "<operations><op id='s' name='start' interval='0'"
                                        + " start-delay='3s' timeout='1m'/></operations></primitive>");
        Transition transition = Transition.of(scenario);
        assertThat(transition.meta("a_start_0 n1", "start_delay")).isEqualTo("3000");
        assertThat(transition.meta("a_start_0 n1", "timeout")).isEqualTo("60000");
    }

    @Test
    void operationDefaultsStandBehindTheOperation() {
        Scenario scenario =
                Scenario.of("n1")
                        .resource(
                                "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'>"
                                        + "<operations><op id='m' name='monitor' interval='10s'"
                                        + " interval-origin='2024-01-01 00:00:03'/></operations></primitive>");
        // Three seconds to wait until the next multiple of ten after the origin.
        assertThat(Transition.of(scenario).meta("a_monitor_10000 n1", "start_delay"))
                .isEqualTo("3000");
    }
}
