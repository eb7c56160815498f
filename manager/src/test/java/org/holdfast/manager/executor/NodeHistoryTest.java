package org.holdfast.manager.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.holdfast.cib.document.Element;
import org.junit.jupiter.api.Test;

class NodeHistoryTest {

    private final NodeHistory history = new NodeHistory();

    private static OperationOrder order(String task, long interval) {
        return Objects.requireNonNull(
                OperationOrder.parse(
                        Element.of(
                                        "rsc_op",
                                        "operation",
                                        task,
                                        "operation_key",
                                        "r_" + task + "_" + interval,
                                        "transition-key",
                                        "1:1:0:e")
                                .withChildren(
                                        List.of(
                                                Element.of(
                                                        "primitive",
                                                        "id",
                                                        "r",
                                                        "class",
                                                        "ocf",
                                                        "type",
                                                        "Dummy"),
                                                Element.of(
                                                        "attributes",
                                                        "CRM_meta_interval",
                                                        "" + interval)))));
    }

    private static OperationResult done(String task, long interval, int call) {
        return new OperationResult(order(task, interval), call, 0, ExecStatus.DONE, "", 0, 0, 0, 0);
    }

    private List<String> record(OperationResult result) {
        return history.record(result, HistoryXml.entries(result, "n1", "test", "3.20.5"));
    }

    @Test
    void aStopEndsAMonitorThatHadNoResultYet() {
        record(done("start", 0, 1));
        record(OperationResult.pending(order("monitor", 5000), 0));

        assertThat(record(done("stop", 0, 3))).containsExactly("r_monitor_5000");
        assertThat(history.toLrm("1", "test").toString()).doesNotContain("monitor");
    }

    @Test
    void aMonitorWithAResultStaysInTheClusterAsThePastThatItIs() {
        record(done("start", 0, 1));
        record(done("monitor", 5000, 2));

        assertThat(record(done("stop", 0, 3))).isEmpty();
    }
}
