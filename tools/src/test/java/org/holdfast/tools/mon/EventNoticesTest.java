package org.holdfast.tools.mon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.cib.document.Element;
import org.holdfast.cibxml.XmlParser;
import org.holdfast.cibxml.XmlSyntaxException;
import org.holdfast.controlapi.ControlAnswer.FencingEvent;
import org.holdfast.tools.Programs;
import org.junit.jupiter.api.Test;

class EventNoticesTest {

    private static final String KEY = ":0:3f0e3a8e-0000-0000-0000-000000000000";

    private final List<Map<String, String>> started = new ArrayList<>();

    private final Programs programs =
            new Programs() {
                @Override
                public int run(List<String> words, Map<String, String> environment) {
                    throw new AssertionError("nobody waits for it");
                }

                @Override
                public void start(List<String> words, Map<String, String> environment) {
                    assertThat(words).containsExactly("/bin/tell");
                    started.add(Map.copyOf(environment));
                }

                @Override
                public byte[] keys(int millis) {
                    throw new AssertionError("not asked for");
                }

                @Override
                public void goToBackground() {
                    throw new AssertionError("not asked for");
                }
            };

    private final EventNotices notices = new EventNotices("/bin/tell", "me", programs);

    private static Element cib(String results) throws XmlSyntaxException {
        return XmlParser.parse(
                ("<cib><configuration/><status><node_state id='1' uname='n1'><lrm id='1'>"
                                + "<lrm_resources><lrm_resource id='vip'>"
                                + results
                                + "</lrm_resource></lrm_resources></lrm></node_state></status></cib>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static String result(String operation, String call, String magic) {
        return "<lrm_rsc_op id='vip_last_0' operation='%s' call-id='%s' transition-magic='%s'/>"
                .formatted(operation, call, magic);
    }

    @Test
    void tellsOfNewResultsOnly() throws IOException, XmlSyntaxException {
        notices.onCib(cib(result("start", "3", "0:0;5:1" + KEY)));
        assertThat(started).isEmpty();
        notices.onCib(cib(result("start", "3", "0:0;5:1" + KEY)));
        assertThat(started).isEmpty();
        notices.onCib(cib(result("stop", "4", "0:1;6:2" + KEY)));
        assertThat(started)
                .containsExactly(
                        Map.of(
                                "CRM_notify_recipient", "me",
                                "CRM_notify_rsc", "vip",
                                "CRM_notify_node", "n1",
                                "CRM_notify_task", "stop",
                                "CRM_notify_desc", "Error occurred",
                                "CRM_notify_rc", "1",
                                "CRM_notify_target_rc", "0",
                                "CRM_notify_status", "0"));
    }

    @Test
    void aProbeThatFindsNothingIsNoNews() throws IOException, XmlSyntaxException {
        notices.onCib(cib(""));
        notices.onCib(cib(result("monitor", "1", "0:7;5:1:7:uuid")));
        assertThat(started).isEmpty();
        notices.onCib(cib(result("monitor", "2", "-1:193;5:1:7:uuid")));
        notices.onCib(cib(result("monitor", "3", "2:1;5:1" + KEY)));
        notices.onCib(cib(result("monitor", "4", "nonsense")));
        assertThat(started)
                .extracting(notice -> notice.get("CRM_notify_desc"))
                .containsExactly("Pending", "Timed out");
    }

    @Test
    void tellsOfFencingThatIsOver() throws IOException {
        FencingEvent old = event("success", 10);
        notices.onFencing(List.of(old));
        notices.onFencing(List.of(event("pending", 0), old));
        assertThat(started).isEmpty();
        notices.onFencing(List.of(event("success", 20), old));
        assertThat(started)
                .extracting(notice -> notice.get("CRM_notify_desc"))
                .containsExactly("Operation reboot of n2 by n1 for admin@n3: OK");
    }

    private static FencingEvent event(String state, long when) {
        return new FencingEvent("n2", "reboot", "dev", "n3", "admin", "n1", state, when);
    }
}
