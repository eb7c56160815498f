package org.holdfast.scheduler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cib.document.Element;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Transition;
import org.holdfast.scheduler.model.Cluster;
import org.junit.jupiter.api.Test;

final class GraphTest {

    private static Element graph(Scenario scenario) {
        return GraphXml.of(Transition.of(scenario).decision().graph());
    }

    @Test
    void theGraphNamesItsSettings() {
        Element graph = graph(Scenario.of("n1").option("batch-limit", "5"));
        assertThat(graph.get("cluster-delay")).isEqualTo("60s");
        assertThat(graph.get("batch-limit")).isEqualTo("5");
        assertThat(graph.get("failed-stop-offset")).isEqualTo("INFINITY");
        assertThat(graph.has("migration-limit")).isFalse();
        assertThat(graph.elements()).isEmpty();
    }

    @Test
    void aSynapseHasItsActionAndWhatItWaitsFor() {
        Element graph = graph(Scenario.of("n1").primitive("a"));
        Element start = graph.elements("synapse").getFirst();
        assertThat(start.path("action_set", "rsc_op")).isNotNull();
        Element op = start.path("action_set", "rsc_op");
        assertThat(op).isNotNull();
        assertThat(op.get("operation_key")).isEqualTo("a_start_0");
        assertThat(op.get("on_node")).isEqualTo("n1");
        assertThat(op.get("on_node_uuid")).isEqualTo("1");
        Element primitive = op.first("primitive");
        assertThat(primitive).isNotNull();
        assertThat(primitive.get("class")).isEqualTo("ocf");
        Element inputs = start.first("inputs");
        assertThat(inputs).isNotNull();
        Element input = inputs.path("trigger", "rsc_op");
        assertThat(input).isNotNull();
        assertThat(input.get("operation_key")).isEqualTo("a_monitor_0");
        assertThat(input.elements()).isEmpty();
    }

    @Test
    void attributesAreInOrderOfTheirNames() {
        Element attributes =
                new AttributeBuilder().put("b", "1").put("a", "2").put("b", "3").buildSorted("x");
        assertThat(attributes).isEqualTo(Element.of("x", "a", "2", "b", "3"));
    }

    @Test
    void parametersWithOddNamesAreElements() {
        Element graph =
                graph(
                        Scenario.of("n1")
                                .resource(
                                        "<primitive id='a' class='ocf' provider='pacemaker' type='Dummy'>"
                                                + "<instance_attributes id='i'><nvpair id='p' name='1st'"
                                                + " value='v'/></instance_attributes></primitive>"));
        Element op = graph.elements("synapse").getFirst().path("action_set", "rsc_op");
        assertThat(op).isNotNull();
        Element param = op.path("attributes", "param");
        assertThat(param).isNotNull();
        assertThat(param.get("name")).isEqualTo("1st");
    }

    @Test
    void thePictureShowsWhatIsDoneAndWhatCannotBe() {
        Scenario scenario =
                Scenario.of("n1")
                        .primitive("a", "target-role", "Stopped")
                        .primitive("b")
                        .constraint("<rsc_order id='o' first='a' then='b'/>");
        String dot = DotGraph.write(Transition.of(scenario).decision().cluster(), false, false);
        assertThat(dot)
                .startsWith(" digraph \"g\" {\n")
                .contains("\"b_monitor_0 n1\" [ style=bold color=\"green\" fontcolor=\"black\"]")
                .contains("\"b_start_0 n1\" [ style=dashed color=\"red\" fontcolor=\"black\"]")
                .endsWith("}\n");
    }

    /** In the picture of all actions, a probe comes before a stop that it might lead to. */
    @Test
    void thePictureOfAllShowsOrderingsOfStopsThatDoNotHappen() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .primitive("b")
                        .resourceDefault("resource-stickiness", "1000")
                        .running("n1", "a")
                        .running("n1", "b")
                        .constraint("<rsc_order id='o' first='a' then='b'/>");
        Cluster cluster = Transition.of(scenario).decision().cluster();
        String edge = "\"a_monitor_0 n2\" -> \"b_stop_0 n1\" [ style = dashed]\n";
        assertThat(DotGraph.write(cluster, false, false)).doesNotContain(edge);
        assertThat(DotGraph.write(cluster, true, false)).containsOnlyOnce(edge);
    }

    @Test
    void clonesTellTheirSizes() {
        Transition transition =
                Transition.of(Scenario.of("n1").clone("c", "a", "promotable", "true"));
        assertThat(transition.meta("a:0_start_0 n1", "clone_max")).isEqualTo("1");
        assertThat(transition.meta("a:0_start_0 n1", "promoted_max")).isEqualTo("1");
        assertThat(transition.meta("a:0_start_0 n1", "globally_unique")).isEqualTo("false");
    }
}
