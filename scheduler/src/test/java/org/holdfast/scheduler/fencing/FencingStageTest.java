package org.holdfast.scheduler.fencing;

import static org.assertj.core.api.Assertions.assertThat;

import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlPrinter;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.scheduler.Scenario;
import org.holdfast.scheduler.Transition;
import org.junit.jupiter.api.Test;

final class FencingStageTest {

    private static final String DEVICE = "<primitive id='fence' class='stonith' type='fence_x'/>";

    private static Scenario withFencing(String... nodes) {
        return Scenario.of(nodes).option("stonith-enabled", "true").resource(DEVICE);
    }

    /** The CIB with a node's state replaced by that of a node that vanished. */
    private static Element lost(Scenario scenario, int node) {
        return edited(
                scenario,
                "<node_state id=\"" + node + "\"",
                "in_ccm=\"true\" crmd=\"online\"",
                "in_ccm=\"false\" crmd=\"offline\"");
    }

    private static Element edited(Scenario scenario, String behind, String from, String to) {
        String text = XmlPrinter.compact(scenario.cib());
        int at = text.indexOf(from, text.indexOf(behind));
        try {
            return XmlParser.parse(text.substring(0, at) + to + text.substring(at + from.length()));
        } catch (XmlSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLostNodeIsFencedBeforeItsResourcesStartElsewhere() {
        Scenario scenario =
                withFencing("n1", "n2")
                        .primitive("a")
                        .running("n2", "a")
                        .history("n1", "a", "monitor", 7);
        Transition transition = Transition.of(lost(scenario, 2));
        assertThat(transition.actions()).contains("stonith-n2-reboot n2", "a_start_0 n1");
        assertThat(transition.waits("a_start_0 n1", "stonith-n2-reboot n2")).isTrue();
        assertThat(transition.has("a_stop_0")).isTrue();
        var details = transition.action("stonith-n2-reboot n2").details();
        assertThat(details).isNotNull();
        assertThat(details.downed()).containsExactly("2");
        assertThat(transition.summary().getFirst())
                .isEqualTo("Fence (reboot) n2 'peer is no longer part of the cluster'");
    }

    @Test
    void withoutFencingNothingThatMayRunThereIsStarted() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .running("n2", "a")
                        .history("n1", "a", "monitor", 7);
        Transition transition = Transition.of(lost(scenario, 2));
        assertThat(transition.actions()).noneMatch(name -> name.startsWith("stonith"));
    }

    @Test
    void aNodeShutsDownAfterItsResources() {
        Scenario scenario =
                Scenario.of("n1", "n2")
                        .primitive("a")
                        .running("n2", "a")
                        .history("n1", "a", "monitor", 7)
                        .transientAttribute("n2", "shutdown", Long.toString(Scenario.NOW));
        Transition transition = Transition.of(scenario);
        assertThat(transition.before("do_shutdown-n2 n2")).contains("a_stop_0 n2");
        assertThat(transition.meta("do_shutdown-n2 n2", "op_no_wait")).isEqualTo("true");
        assertThat(transition.summary()).containsExactly("Move a ( n2 -> n1 )");
    }

    @Test
    void theDcGoesLast() {
        Scenario scenario =
                Scenario.of("n1", "n2", "n3")
                        .transientAttribute("n1", "shutdown", "1")
                        .transientAttribute("n3", "shutdown", "1");
        Transition transition = Transition.of(scenario);
        assertThat(transition.before("do_shutdown-n1 n1")).containsExactly("do_shutdown-n3 n3");
    }

    @Test
    void fencingsCanBeMadeOneAfterTheOther() {
        Scenario scenario =
                withFencing("n1", "n2", "n3")
                        .option("concurrent-fencing", "false")
                        .option("no-quorum-policy", "ignore");
        String text = XmlPrinter.compact(lost(scenario, 2));
        int at = text.indexOf("in_ccm=\"true\"", text.indexOf("<node_state id=\"3\""));
        Element cib;
        try {
            cib =
                    XmlParser.parse(
                            text.substring(0, at)
                                    + "in_ccm=\"false\""
                                    + text.substring(at + "in_ccm=\"true\"".length())
                                            .replaceFirst("crmd=\"online\"", "crmd=\"offline\""));
        } catch (XmlSyntaxException e) {
            throw new IllegalStateException(e);
        }
        Transition transition = Transition.of(cib);
        assertThat(transition.before("stonith-n3-reboot n3")).contains("stonith-n2-reboot n2");
    }
}
