package org.holdfast.tools.mon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.junit.jupiter.api.Test;

class CrmMonTest {

    private static final String CIB =
            """
            <cib crm_feature_set='3.20.0' validate-with='pacemaker-4.0' epoch='1' num_updates='0'
                admin_epoch='0' have-quorum='1' dc-uuid='1'>
              <configuration>
                <crm_config>
                  <cluster_property_set id='props'>
                    <nvpair id='q' name='stonith-enabled' value='false'/>
                    <nvpair id='r' name='enable-acl' value='true'/>
                  </cluster_property_set>
                </crm_config>
                <nodes><node id='1' uname='n1'/><node id='2' uname='n2'/></nodes>
                <resources>
                  <primitive id='vip' class='ocf' provider='pacemaker' type='Dummy'/>
                  <clone id='c'>
                    <primitive id='p' class='ocf' provider='pacemaker' type='Dummy'/>
                  </clone>
                </resources>
                <constraints>
                  <rsc_location id='ban' rsc='vip' node='n1' score='-INFINITY'/>
                </constraints>
                <acls>
                  <acl_role id='viewer'>
                    <acl_permission id='v1' kind='read' xpath='/cib'/>
                  </acl_role>
                  <acl_target id='alice'><role id='viewer'/></acl_target>
                </acls>
              </configuration>
              <status>
                <node_state id='1' uname='n1' in_ccm='true' crmd='online' join='member'
                    expected='member'/>
                <node_state id='2' uname='n2' in_ccm='true' crmd='online' join='member'
                    expected='member'/>
              </status>
            </cib>
            """;

    private record Run(int status, String out, String err) {}

    private static Run run(String user, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ToolContext context =
                new ToolContext(
                        List.of(arguments),
                        Map.of("CIB_file", "-", "CIB_user", user),
                        new ByteArrayInputStream(CIB.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new LocalFileAccess(Path.of("").toAbsolutePath()),
                        Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
        int status = new CrmMon().run(context);
        return new Run(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsSectionsAsText() {
        Run run = run("root", "-1", "-r", "-L");
        assertThat(run.status).isZero();
        assertThat(run.out)
                .startsWith("Cluster Summary:\n")
                .contains(
                        "  * 2 nodes configured\n",
                        "Node List:\n  * Online: [ n1 n2 ]\n",
                        "Full List of Resources:\n  * vip\t(ocf:pacemaker:Dummy):\t Stopped\n",
                        "  * Clone Set: c [p]:\n    * Stopped: [ n1 n2 ]\n",
                        "Negative Location Constraints:\n  * ban\tprevents vip from running on n1\n");
    }

    @Test
    void theLastFormatCounts() {
        assertThat(run("root", "-1", "-X").out).startsWith("<crm_mon version=");
        assertThat(run("root", "-1", "-X", "--output-as=xml").out).startsWith("<crm_mon version=");
        assertThat(run("root", "-1", "-X", "--output-as=html").out).startsWith("<!DOCTYPE html>");
        assertThat(run("root", "-1", "--output-as=html", "-X").out).startsWith("<crm_mon version=");
        assertThat(run("root", "-1", "--node", "-X").out).doesNotStartWith("<");
    }

    @Test
    void showsTheSectionsChosenOnly() {
        assertThat(run("root", "-1", "--include=none,nodes").out)
                .isEqualTo("Node List:\n  * Online: [ n1 n2 ]\n");
        assertThat(run("root", "-1", "--exclude=all", "--include=", "--include=nodes").out)
                .isEqualTo("Node List:\n  * Online: [ n1 n2 ]\n");
        assertThat(run("root", "-1", "--include=nonsense").status).isEqualTo(64);
    }

    @Test
    void showsXmlAndHtml() {
        assertThat(run("root", "--output-as=xml", "-r").out)
                .contains(
                        "<node name=\"n1\" id=\"1\" online=\"true\"",
                        "<resource id=\"vip\" resource_agent=\"ocf:pacemaker:Dummy\" role=\"Stopped\"",
                        "<status code=\"0\" message=\"OK\"/>");
        assertThat(run("root", "--output-as=html", "-r").out)
                .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
                .contains("<h2>Node List</h2>");
    }

    @Test
    void showsWhatTheUserMayRead() {
        assertThat(run("alice", "-1", "--include=none,nodes").out).contains("Online: [ n1 n2 ]");
        Run refused = run("mallory", "-1");
        assertThat(refused.out).isEmpty();
        assertThat(refused.err).contains("Permission denied");
    }
}
