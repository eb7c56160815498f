package org.holdfast.tools.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.agents.AgentCall;
import org.holdfast.agents.AgentEnd;
import org.holdfast.cib.document.Element;
import org.holdfast.tools.AgentCatalog;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrmResourceTest {

    private static final String CIB =
            """
            <cib crm_feature_set="3.20.5" validate-with="pacemaker-4.0" epoch="1" num_updates="0"\
             admin_epoch="0">
              <configuration>
                <crm_config/>
                <nodes>
                  <node id="1" uname="n1"/>
                  <node id="2" uname="n2"/>
                </nodes>
                <resources>
                  <primitive id="web" class="ocf" provider="pacemaker" type="Dummy">
                    <instance_attributes id="web-ia">
                      <nvpair id="web-fake" name="fake" value="1"/>
                    </instance_attributes>
                  </primitive>
                  <primitive id="db" class="ocf" provider="pacemaker" type="Dummy"/>
                  <clone id="probe-clone">
                    <primitive id="probe" class="ocf" provider="pacemaker" type="Dummy"/>
                  </clone>
                </resources>
                <constraints>
                  <rsc_location id="db-n1" rsc="db" node="n1" score="50"/>
                  <rsc_colocation id="web-with-db" rsc="web" with-rsc="db" score="INFINITY"/>
                </constraints>
              </configuration>
              <status>
                <node_state id="1" uname="n1" in_ccm="true" crmd="online" join="member"\
             expected="member">
                  <lrm id="1">
                    <lrm_resources>
                      <lrm_resource id="web" class="ocf" provider="pacemaker" type="Dummy">
                        <lrm_rsc_op id="web_last_0" operation_key="web_start_0"\
             operation="start" crm-debug-origin="test" crm_feature_set="3.20.5"\
             transition-key="3:0:0:00000000-0000-0000-0000-000000000000"\
             transition-magic="0:0;3:0:0:00000000-0000-0000-0000-000000000000"\
             call-id="7" rc-code="0" op-status="0" interval="0"\
             last-rc-change="1790000000" exec-time="12"/>
                      </lrm_resource>
                    </lrm_resources>
                  </lrm>
                </node_state>
                <node_state id="2" uname="n2" in_ccm="true" crmd="online" join="member"\
             expected="member"/>
              </status>
            </cib>
            """;

    private record Run(int exitCode, String output, String errors) {}

    @TempDir Path directory;

    @BeforeEach
    void writeCib() throws IOException {
        Files.writeString(directory.resolve("cib.xml"), CIB);
    }

    private String cib() throws IOException {
        return Files.readString(directory.resolve("cib.xml"));
    }

    private Run run(String... arguments) {
        return run(AgentCatalog.NONE, arguments);
    }

    private Run run(AgentCatalog agents, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        int exitCode =
                new CrmResource()
                        .run(
                                new ToolContext(
                                        List.of(arguments),
                                        Map.of("CIB_file", "cib.xml", "TZ", "UTC"),
                                        new ByteArrayInputStream(new byte[0]),
                                        outStream,
                                        errStream,
                                        new LocalFileAccess(directory),
                                        InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)),
                                        null,
                                        agents));
        return new Run(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void showsWhereAResourceIs() {
        assertThat(run("-r", "web", "-W").output()).isEqualTo("resource web is running on: n1\n");
        assertThat(run("-r", "db", "-W").errors()).isEqualTo("resource db is NOT running\n");
        assertThat(run("-Q", "-r", "web", "-W").output()).isEqualTo("n1\n");
    }

    @Test
    void listsInstances() {
        assertThat(run("-l").output()).isEqualTo("web\ndb\nprobe:0\nprobe:1\n");
    }

    @Test
    void showsAndChangesParameters() throws IOException {
        assertThat(run("-r", "web", "-g", "fake").output()).isEqualTo("1\n");
        assertThat(run("-r", "web", "-p", "fake", "-v", "2").exitCode()).isZero();
        assertThat(run("-r", "web", "-g", "fake").output()).isEqualTo("2\n");
        Run meta = run("-r", "probe", "--meta", "-p", "target-role", "-v", "Stopped");
        assertThat(meta.output()).startsWith("Performing update of 'target-role' on 'probe-clone'");
        assertThat(cib()).contains("probe-clone-meta_attributes-target-role");
        assertThat(run("-r", "web", "-d", "fake").exitCode()).isZero();
        assertThat(run("-r", "web", "-g", "fake").errors())
                .isEqualTo("Attribute 'fake' not found for 'web'\n");
    }

    @Test
    void movesAndClears() throws IOException {
        assertThat(run("-r", "web", "-M", "-N", "n1").exitCode()).isEqualTo(108);
        assertThat(run("-r", "web", "-M", "-N", "n2", "-u", "PT1H").output())
                .isEqualTo("Migration will take effect until: 2027-01-15 09:00:00Z\n");
        assertThat(cib()).contains("cli-prefer-web", "2027-01-15 09:00:00Z");
        assertThat(run("-r", "web", "-U").output())
                .isEqualTo("Removing constraint: cli-prefer-web\n");
        assertThat(cib()).doesNotContain("cli-prefer-web");
    }

    @Test
    void bansTheNodeWhereTheResourceIs() throws IOException {
        assertThat(run("-r", "web", "-B").output()).contains("'cli-ban-web-on-n1'");
        assertThat(cib()).contains("cli-ban-web-on-n1");
        assertThat(run("-r", "db", "-B").exitCode()).isEqualTo(64);
    }

    @Test
    void saysWhatAFilesClusterWouldStillDo() {
        Run run = run("--wait", "--timeout=1ms");
        assertThat(run.exitCode()).isEqualTo(124);
        assertThat(run.output())
                .startsWith("warning: wait option may not work properly in mixed-version cluster\n")
                .contains("Pending actions:\n\tAction ", ": db_monitor_0\ton n1\n");
        assertThat(run.errors())
                .isEqualTo("crm_resource: Error performing operation: Timeout occurred\n");
    }

    @Test
    void aRestartInAFileIsUndoneWhenNobodyStopsTheResource() throws IOException {
        String options =
                "<cluster_property_set id='o'><nvpair id='f' name='stonith-enabled' value='false'/>"
                        + "</cluster_property_set>";
        Files.writeString(
                directory.resolve("cib.xml"),
                CIB.replace("<crm_config/>", "<crm_config>" + options + "</crm_config>"));
        Run run = run("--restart", "-r", "web", "--timeout=1");
        assertThat(run.exitCode()).isEqualTo(124);
        assertThat(run.output())
                .contains("Waiting for 1 resources to stop:\n * web\n")
                .endsWith("name=target-role\n");
        assertThat(run.errors())
                .startsWith("Could not complete shutdown of web, 1 resources remaining\n");
        assertThat(cib()).doesNotContain("target-role");
    }

    @Test
    void digestsTakeAnotherInterval() {
        // As Pacemaker's own
        assertThat(run("--digests", "-r", "web", "-N", "n1", "CRM_meta_interval=10000", "a=b"))
                .extracting(Run::output)
                .isEqualTo(
                        """
                        e8d5fa9009e4bc786555be1cd204d340 (all parameters)
                        0aa7a244843cc7188fca1b3666e5d4de (non-private parameters)
                        """);
    }

    @Test
    void showsConstraintsAlongColocations() {
        assertThat(run("-r", "web", "-A").output())
                .isEqualTo(
                        """
                        Resources web is colocated with:
                          * db (score=INFINITY, id=web-with-db)
                            * Locations:
                              * Node n1 (score=50, id=db-n1, rsc=db)
                        """);
    }

    @Test
    void showsOperations() {
        assertThat(run("-O").output())
                .isEqualTo(
                        "web\t(ocf:pacemaker:Dummy):\t Started: web_start_0 (node=n1, call=7, rc=0,"
                                + " last-rc-change='Mon Sep 21 14:13:20 2026', exec=12ms): Done\n");
    }

    @Test
    void saysWhyAResourceStaysStopped() {
        run("-r", "db", "--meta", "-p", "target-role", "-v", "Stopped");
        assertThat(run("-r", "db", "-Y").output())
                .isEqualTo(
                        "Resource db is not running\n"
                                + "Configuration specifies 'db' should remain stopped\n");
    }

    @Test
    void runsAnAgentWithTheResourcesParameters() {
        List<AgentCall> calls = new ArrayList<>();
        AgentCatalog agents = answering(calls, 7);
        Run check = run(agents, "-r", "web", "colour=red", "--force-check");
        assertThat(check.exitCode()).isEqualTo(7);
        assertThat(check.output())
                .isEqualTo(
                        "Overriding the cluster configuration for 'web' with 'colour' = 'red'\n"
                                + "Operation force-check for web (ocf:pacemaker:Dummy) returned 7"
                                + " (Not running)\n");
        AgentCall call = calls.getFirst();
        assertThat(call.action()).isEqualTo("monitor");
        assertThat(call.parameters())
                .containsEntry("fake", "1")
                .containsEntry("colour", "red")
                .containsEntry("CRM_meta_timeout", "20000");
    }

    @Test
    void doesNotStartAnInstanceThatIsActive() {
        List<AgentCall> calls = new ArrayList<>();
        assertThat(run(answering(calls, 0), "-r", "probe", "--force-start").exitCode()).isZero();
        assertThat(calls.getFirst().resource()).isEqualTo("probe");
        assertThat(run(answering(calls, 0).describingOnly(), "-r", "web", "--force-stop"))
                .isEqualTo(
                        new Run(
                                4,
                                "",
                                "crm_resource: Only root can run agents\nError performing"
                                        + " operation: Insufficient privileges\n"));
    }

    @Test
    void listsAgents() {
        AgentCatalog agents = answering(new ArrayList<>(), 0);
        assertThat(run(agents, "--list-ocf-providers").output()).isEqualTo("pacemaker\n");
        assertThat(run(agents, "--list-agents", "ocf").output()).isEqualTo("Dummy\n");
        assertThat(run(agents, "--list-ocf-alternatives", "Dummy", "--output-as", "xml").output())
                .contains("<providers for=\"Dummy\">", "<provider>pacemaker</provider>");
        assertThat(run(agents, "--list-agents", "ocf:other").exitCode()).isEqualTo(1);
    }

    private static AgentCatalog answering(List<AgentCall> calls, int exitCode) {
        return new AgentCatalog() {
            @Override
            public @Nullable Element metadata(String standard, String provider, String type) {
                return null;
            }

            @Override
            public List<String> types(String standard, String provider) {
                return provider.equals("pacemaker") ? List.of("Dummy") : List.of();
            }

            @Override
            public List<String> ocfProviders() {
                return List.of("pacemaker");
            }

            @Override
            public AgentEnd run(AgentCall call, Duration limit) {
                calls.add(call);
                return new AgentEnd(0, AgentEnd.Outcome.EXITED, exitCode, "", "", "", 0, 0);
            }
        };
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(run("-r", "nosuch", "-W"))
                .isEqualTo(
                        new Run(
                                105,
                                "",
                                "crm_resource: Resource 'nosuch' not found\n"
                                        + "Error performing operation: No such object\n"));
        assertThat(run("-r", "web", "-W", "-N", "n9").exitCode()).isEqualTo(105);
        assertThat(run("-W").exitCode()).isEqualTo(64);
        assertThat(run("-r", "web", "-e").exitCode()).isEqualTo(64);
    }
}
