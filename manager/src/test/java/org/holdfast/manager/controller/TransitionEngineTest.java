package org.holdfast.manager.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.kernel.NodeId;
import org.holdfast.manager.ManagerConfig;
import org.holdfast.manager.ManagerEffect;
import org.holdfast.manager.ManagerEffect.SetTimer;
import org.holdfast.manager.messages.NodeContext;
import org.junit.jupiter.api.Test;

class TransitionEngineTest {

    private static final NodeId NODE = new NodeId(1);

    private final List<String> done = new ArrayList<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<ManagerEffect> effects = new ArrayList<>();
    private final TransitionEngine engine = engine();

    private TransitionEngine engine() {
        NodeContext node =
                new NodeContext(
                        new ManagerConfig(NODE, 100, new TreeMap<>(), "test", 1, 1, 4, null));
        node.begin(0, 0, effects::add);
        return new TransitionEngine(
                node,
                new TransitionActions() {
                    @Override
                    public void order(GraphAction action, String transitionKey) {
                        done.add(action.key());
                        keys.put(action.key(), transitionKey);
                    }

                    @Override
                    public boolean perform(GraphAction action, String transitionKey) {
                        done.add(action.task());
                        return true;
                    }

                    @Override
                    public void noteFailure(
                            NodeId node,
                            Element entry,
                            String startValue,
                            String stopValue,
                            boolean countIt) {
                        done.add("failure " + entry.get("operation_key"));
                    }

                    @Override
                    public void actionLost(GraphAction action, String transitionKey) {
                        done.add("lost " + action.key());
                    }

                    @Override
                    public void transitionEnded() {
                        done.add("end");
                    }
                });
    }

    private void start(String synapses, String attributes) throws Exception {
        start(synapses, attributes, 100);
    }

    private void start(String synapses, String attributes, int jobsPerNode) throws Exception {
        engine.start(
                new TransitionGraph(
                        XmlParser.parse(
                                "<transition_graph %s>%s</transition_graph>"
                                        .formatted(attributes, synapses)),
                        1),
                jobsPerNode);
    }

    private static String synapse(int id, int priority, String action, int... inputs) {
        StringBuilder text =
                new StringBuilder(
                        "<synapse id='%d' priority='%d'><action_set>%s</action_set><inputs>"
                                .formatted(id, priority, action));
        for (int input : inputs) {
            text.append("<trigger><rsc_op id='").append(input).append("'/></trigger>");
        }
        return text.append("</inputs></synapse>").toString();
    }

    private static String op(int id, String key) {
        return "<rsc_op id='%d' operation='start' operation_key='%s' on_node='n1' on_node_uuid='1'><attributes CRM_meta_timeout='20000'/></rsc_op>"
                .formatted(id, key);
    }

    private void result(String key, int rc) {
        engine.onResult(
                NODE,
                Element.of(
                        "lrm_rsc_op",
                        "operation_key",
                        key,
                        "transition-key",
                        keys.getOrDefault(key, ""),
                        "rc-code",
                        Integer.toString(rc),
                        "op-status",
                        "0"));
    }

    @Test
    void actionsWaitForTheirInputs() throws Exception {
        start(
                synapse(0, 0, op(1, "a"))
                        + synapse(1, 0, "<pseudo_event id='2' operation='x'/>", 1)
                        + synapse(2, 0, op(3, "b"), 2),
                "");
        assertThat(done).containsExactly("a");
        result("a", 0);
        assertThat(done).containsExactly("a", "b");
        result("b", 0);
        assertThat(done).containsExactly("a", "b", "end");
        assertThat(engine.wantsRestart()).isFalse();
    }

    @Test
    void noMoreThanTheBatchLimitIsUnderWay() throws Exception {
        start(
                synapse(0, 0, op(1, "a")) + synapse(1, 0, op(2, "b")) + synapse(2, 0, op(3, "c")),
                "batch-limit='2'");
        assertThat(done).containsExactly("a", "b");
        result("a", 0);
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void aFailureKeepsWhatDependsOnItFromStarting() throws Exception {
        start(synapse(0, 0, op(1, "a")) + synapse(1, 0, op(2, "b"), 1), "");
        result("a", 1);

        assertThat(done).containsExactly("a", "end", "failure a");
        assertThat(engine.wantsRestart()).isTrue();
    }

    @Test
    void anAbortedTransitionWaitsForWhatIsUnderWay() throws Exception {
        start(synapse(0, 0, op(1, "a")) + synapse(1, 0, op(2, "b"), 1), "");
        assertThat(engine.abort(TransitionGraph.INFINITY, "test")).isTrue();
        assertThat(engine.isActive()).isTrue();
        result("a", 0);

        assertThat(done).containsExactly("a", "end");
    }

    @Test
    void anActionWithoutAnswerIsGivenUpAfterItsTimeoutAndTheClusterDelay() throws Exception {
        start(synapse(0, 0, op(1, "a")), "cluster-delay='60s'");
        SetTimer timer =
                effects.stream()
                        .filter(SetTimer.class::isInstance)
                        .map(SetTimer.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(timer.deadlineNanos()).isEqualTo(80_000_000_000L);
        engine.onTimer(timer.timer());

        assertThat(done).containsExactly("a", "lost a", "end");
        assertThat(engine.wantsRestart()).isTrue();
    }

    @Test
    void whatWasToBeDoneOnALostNodeFails() throws Exception {
        start(synapse(0, 0, op(1, "a")), "");
        assertThat(engine.nodeLost(NODE)).isTrue();

        assertThat(done).containsExactly("a", "end");
        assertThat(engine.wantsRestart()).isTrue();
    }

    @Test
    void aNodeIsBusyWithSoManyActionsAtMost() throws Exception {
        start(
                synapse(0, 0, op(1, "a"))
                        + synapse(1, 0, op(2, "b"))
                        + synapse(2, 0, op(3, "c"))
                        + synapse(3, 0, op(4, "d")),
                "",
                2);
        assertThat(done).containsExactly("a", "b");
        result("b", 0);
        assertThat(done).containsExactly("a", "b", "c");
        result("a", 0);
        result("c", 0);
        result("d", 0);
        assertThat(done).containsExactly("a", "b", "c", "d", "end");
    }

    @Test
    void whatWaitsForRoomIsNotStartedAfterAnAbort() throws Exception {
        start(synapse(0, 0, op(1, "a")) + synapse(1, 0, op(2, "b")), "", 1);
        engine.abort(TransitionGraph.INFINITY, "test");
        result("a", 0);
        assertThat(done).containsExactly("a", "end");
    }

    @Test
    void aResultOfAnotherEngineAsksForANewPlan() throws Exception {
        start(synapse(0, 0, op(1, "a")), "");
        String reason =
                engine.onResult(
                        NODE,
                        Element.of(
                                "lrm_rsc_op",
                                "operation_key",
                                "z_start_0",
                                "transition-key",
                                "1:1:0:somebody-else",
                                "rc-code",
                                "0",
                                "op-status",
                                "0"));
        assertThat(reason).contains("z_start_0");
    }
}
