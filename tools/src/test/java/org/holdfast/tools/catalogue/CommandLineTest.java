package org.holdfast.tools.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    private static final String CIB =
            """
            <cib crm_feature_set="3.20.5" validate-with="pacemaker-3.9" epoch="1" num_updates="0"\
             admin_epoch="0">
              <configuration>
                <crm_config/>
                <nodes>
                  <node id="1" uname="n1">
                    <instance_attributes id="nodes-1">
                      <nvpair id="nodes-1-town" name="town" value="Zürich &amp; 日"/>
                      <nvpair id="nodes-1-standby" name="standby" value="on"/>
                    </instance_attributes>
                  </node>
                </nodes>
                <resources>
                  <clone id="web-clone">
                    <group id="web">
                      <primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2"/>
                      <primitive id="fs" class="ocf" provider="heartbeat" type="Filesystem"/>
                    </group>
                  </clone>
                  <primitive id="p" class="ocf" provider="pacemaker" type="Dummy"/>
                </resources>
                <constraints/>
              </configuration>
              <status>
                <node_state id="1" uname="n1" in_ccm="true" crmd="online" join="member"\
             expected="member"/>
              </status>
            </cib>
            """;

    @TempDir Path directory = Path.of("unset");

    @BeforeEach
    void writeCib() throws IOException {
        Files.writeString(directory.resolve("cib.xml"), CIB);
    }

    private CommandRun run(String tool, String... arguments) {
        return CommandRun.in(directory, tool, arguments);
    }

    @Test
    void partsOfTheHelpShowIt() {
        for (String option : new String[] {"--help", "--help-all", "--help-output"}) {
            assertThat(run("crm_ticket", option).exitCode()).isZero();
            assertThat(run("crm_ticket", option).output()).contains("--grant", "--help-deprecated");
        }
        assertThat(run("crm_ticket", "--help-nothing").exitCode()).isEqualTo(64);
    }

    @Test
    void aFlagTakesAValueAndIgnoresIt() {
        assertThat(run("crm_error", "--exit=1", "--", "0"))
                .isEqualTo(run("crm_error", "-X", "--", "0"));
        assertThat(run("crm_error", "--help=1", "--", "0").exitCode()).isEqualTo(64);
    }

    @Test
    void valuesAreAsciiWhateverTheLocaleIs() {
        Map<String, String> utf8 = Map.of("LC_ALL", "C.UTF-8");

        assertThat(CommandRun.in(directory, utf8, "crm_attribute", "-N", "n1", "-n", "é"))
                .extracting(CommandRun::exitCode, CommandRun::errors)
                .containsExactly(64, "crm_attribute: Invalid byte sequence in conversion input\n");
    }

    @ParameterizedTest
    @CsvSource({
        "crm_mon,--interval=-1,Invalid value for -i: -1",
        "crm_mon,--fence-history=4,Fence history must be 0-3",
        "crmadmin,--timeout=never,Error parsing option --timeout",
        "crm_attribute,--wait=x,'--wait= must be one of ''no'', ''local'', ''cluster'''",
        "attrd_updater,--wait=x,'--wait= must be one of ''no'', ''local'', ''cluster'''",
        "attrd_updater,--lifetime=x,Unknown value for --lifetime: x",
        "cibadmin,--show-access=x,Invalid value 'x' for option '--show-access'",
        "crm_resource,--timeout=x,Error parsing option --timeout",
        "crm_resource,--option=x,Error parsing option --option",
        "crm_resource,--validate=x,Invalid check level setting: x",
        "crm_resource,--list-options=x,Error parsing option --list-options"
    })
    void aWrongValueCountsBeforeTheFormOfTheOutput(String tool, String option, String message) {
        CommandRun run = run(tool, option, "--output-as=xml");

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).isEqualTo(tool + ": " + message + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "crm_node,bogus,-,105",
        "crm_mon,bogus,-,1",
        "iso8601,xml,/nosuch/x,105",
        "crm_node,xml,'',105",
        "crm_resource,xml,'',1"
    })
    void eachCommandHasItsCodeForAnOutputThatCannotBeMade(
            String tool, String form, String file, int exitCode) {
        assertThat(run(tool, "--output-as", form, "--output-to", file).exitCode())
                .isEqualTo(exitCode);
    }

    @Test
    void attributesOfXmlOutputAreAscii() {
        assertThat(run("crm_attribute", "-N", "n1", "-n", "town", "--output-as=xml").output())
                .contains("value=\"Z&#xFC;rich &amp; &#x65E5;\"");
    }

    @Test
    void theMembersOfAClonedGroupBearItsNumber() {
        assertThat(run("crm_resource", "-q", "-r", "web").output())
                .contains("<group id=\"web\" clone=\"0\">")
                .contains("type=\"Filesystem\" clone=\"0\"/>");
    }

    @Test
    void theNodeWithTheIdZeroIsThisOne() {
        Map<String, String> environment = Map.of("OCF_RESKEY_CRM_meta_on_node", "here");

        assertThat(CommandRun.in(directory, environment, "crm_node", "-N", "x").output())
                .isEqualTo("here\n");
    }

    @Test
    void anErrorOnAWebPageIsAListWithoutHeading() throws IOException {
        Files.writeString(directory.resolve("cib.xml"), "<cib validate-with='pacemaker-3.9'/>");

        assertThat(run("crm_mon", "--output-as=html", "--html-title=T", "--html-cgi").output())
                .startsWith("Content-Type: text/html\n\n<!DOCTYPE html>")
                .contains("<title>T</title>")
                .contains("<body><ul><li>Could not connect to the CIB: ");
    }

    @Test
    void valuesOfTheOldScriptsAreWords() {
        assertThat(run("crm_standby", "-N", " n1 ", "-l", "forever").output())
                .isEqualTo("scope=nodes name=standby value=on\n");
        assertThat(run("crm_standby", "-D", "-N", "nosuch").exitCode()).isZero();
        assertThat(run("crm_standby", "--query=x", "-N", "n1").exitCode()).isEqualTo(1);
        assertThat(run("crm_master", "-r", "web", "--attr-value", "1").exitCode()).isEqualTo(64);
        assertThat(
                        run(
                                        "crm_failcount",
                                        "-G",
                                        "-N",
                                        "n1",
                                        "-r",
                                        "web",
                                        "-n",
                                        "stop",
                                        "-I",
                                        "1.5")
                                .output())
                .isEqualTo("scope=status  name=fail-count-web#stop_0 value=0\n");
    }

    @Test
    void aSimulationSaysWhatItCannotWriteBeforeItRuns() {
        CommandRun run = run("crm_simulate", "-x", "cib.xml", "-O", "", "--output-as=xml");

        assertThat(run.exitCode()).isEqualTo(105);
        assertThat(run.output()).doesNotContain("cluster_status").doesNotContain("<error>");
        assertThat(run.errors())
                .isEqualTo("crm_simulate: Could not create '': No such file or directory\n");
        assertThat(run("crm_simulate", "-x", "cib.xml", "-G", "/nosuch/x").exitCode())
                .isEqualTo(74);
    }

    @Test
    void quietSimulationsAreNotQuietInXml() {
        assertThat(run("crm_simulate", "-x", "cib.xml", "-Q", "--output-as=xml").output())
                .contains("<cluster_status>");
    }

    @Test
    void aDoubleDashIsKeptBeforeWhatLooksLikeOptions() {
        assertThat(run("crm_shadow", "--", "-x").errors()).contains("ARGV-elements: -- -x");
        assertThat(run("crm_shadow", "--", "x").errors()).contains("ARGV-elements: x");
        assertThat(run("crm_resource", "--", "-x").errors()).contains("[1 of 1] -x");
        assertThat(run("crm_error", "--", "--", "0").output()).isEqualTo("OK\n");
    }

    @Test
    void anOptionThatNeedsNoValueIsReadWithoutOneThatItCannotRead() {
        CommandRun run = run("crm_attribute", "-p", "é", "--output-as=xml");

        assertThat(run.exitCode()).isEqualTo(64);
        assertThat(run.output()).contains("crm_attribute: Invalid byte sequence in conversion");
    }

    @Test
    void aPatternDoesNotChangeTheOnlyAttribute() {
        assertThat(run("crm_attribute", "-N", "n1", "-P", "town|standby", "-D").output())
                .contains("name=town")
                .contains("name=standby");
        run("crm_attribute", "-N", "n1", "-n", "only", "-v", "1");
        assertThat(run("crm_attribute", "-N", "n1", "-P", "only", "-D").output()).isEmpty();
    }

    @Test
    void whateverMeansTrueGrantsATicket() throws IOException {
        assertThat(run("crm_ticket", "-f", "-t", "T", "-S", "granted", "-v", "1").exitCode())
                .isZero();
        assertThat(Files.readString(directory.resolve("cib.xml")))
                .contains("granted=\"1\" last-granted=\"1800000000\"");
    }

    @Test
    void aBanUsesTheOldRoleWhereTheSchemaHasNoOther() throws IOException {
        Path file = directory.resolve("cib.xml");
        Files.writeString(
                file, CIB.replace("pacemaker-3.9", "pacemaker-3.0").replace(" &amp; 日", ""));

        assertThat(run("crm_resource", "-B", "-r", "p", "-N", "n1", "--promoted").exitCode())
                .isZero();
        assertThat(Files.readString(file)).contains("rsc=\"p\" role=\"Master\" node=\"n1\"");
    }

    @Test
    void commandsThatLookAtNoStatusKnowNoNodes() {
        assertThat(run("crm_resource", "--list-agents", "ocf:x", "-N", "n1").errors())
                .startsWith("crm_resource: Node 'n1' not found\n");
        assertThat(run("crm_resource", "--wait", "--timeout=1ms").output())
                .startsWith("warning: wait option");
    }

    @Test
    void aValueGluedToItsLetterIsNoted() {
        assertThat(run("crm_attribute", "-N", "n1", "-nstandby", "-G").errors())
                .isEqualTo(
                        """
                        Deprecated argument format '-nstandby' used.
                        Please use '-n standby' instead.  Support will be removed in a future release.
                        """);
        assertThat(run("crm_failcount", "-G", "-r", "p", "-N", "n1", "-v", "3").errors())
                .isEqualTo("warning: ignoring deprecated option '-v' with nonzero value\n");
    }

    @Test
    void aTicketCanBeLookedUpInAnotherFile() throws IOException {
        Path other = directory.resolve("other.xml");
        String ticket = "<tickets><ticket_state id='t' granted='true'/></tickets></status>";
        Files.writeString(other, CIB.replace("</status>", ticket));

        assertThat(run("crm_ticket", "-l", "-x", "other.xml").output()).startsWith("t\tgranted");
        assertThat(run("crm_ticket", "-l", "-x", "nosuch.xml").exitCode()).isEqualTo(78);
    }

    @Test
    void withoutControllerOnlyAFileIsADryRun() throws IOException {
        Files.createDirectory(directory.resolve("shadow"));
        Files.copy(directory.resolve("cib.xml"), directory.resolve("shadow/shadow.s"));
        String shadows = directory.resolve("shadow").toString();
        Map<String, String> shadow =
                Map.of("CIB_file", "", "CIB_shadow", "s", "CIB_shadow_dir", shadows);

        assertThat(run("crm_resource", "-C", "-r", "p", "-N", "n1").exitCode()).isZero();
        assertThat(CommandRun.in(directory, shadow, "crm_resource", "-C", "-r", "p", "-N", "n1"))
                .extracting(CommandRun::exitCode)
                .isEqualTo(102);
    }

    @Test
    void aSimulationEndsWhereANodesStateHasNoId() throws IOException {
        Path file = directory.resolve("cib.xml");
        Files.writeString(file, CIB.replace("<node_state id=\"1\"", "<node_state"));
        CommandRun run = run("crm_simulate", "-x", "cib.xml", "-d", "n1", "--output-as=xml");

        assertThat(run.exitCode()).isEqualTo(70);
        assertThat(run.output()).isEmpty();
        Files.writeString(file, CIB);
        assertThat(run("crm_simulate", "-x", "cib.xml", "-u", "1", "-O", "out.xml").exitCode())
                .isZero();
        assertThat(Files.readString(directory.resolve("out.xml"))).doesNotContain("uname=\"1\"/>");
    }

    @Test
    void nodesOfOneNameAreListedBackwards() throws IOException {
        Files.writeString(
                directory.resolve("cib.xml"),
                CIB.replace("</nodes>", "<node id=\"2\" uname=\"n1\"/></nodes>"));

        assertThat(run("crm_mon", "--output-as=xml").output())
                .containsSubsequence("name=\"n1\" id=\"2\"", "name=\"n1\" id=\"1\"");
    }

    @Test
    void aBriefListOfANodeShowsTheInstancesOfTheCloneThatIsAskedFor() throws IOException {
        Files.writeString(
                directory.resolve("cib.xml"),
                CIB.replace("<group id=\"web\">", "")
                        .replace("</group>", "")
                        .replaceFirst("\\s*<primitive id=\"fs\"[^>]*>", "")
                        .replaceFirst(
                                "(expected=\"member\")/>",
                                """
                                $1><lrm id="1"><lrm_resources><lrm_resource id="vip" class="ocf"\
                                 provider="heartbeat" type="IPaddr2"><lrm_rsc_op id="vip_last_0"\
                                 operation="start" operation_key="vip_start_0" interval="0"\
                                 call-id="2" rc-code="0" op-status="0"\
                                 transition-key="1:1:0:00000000-0000-0000-0000-000000000000"\
                                 transition-magic="0:0;1:1:0:00000000-0000-0000-0000-000000000000"\
                                /></lrm_resource></lrm_resources></lrm></node_state>\
                                """));

        assertThat(run("crm_mon", "-1", "-n", "-b", "--resource", "web-clone").output())
                .contains("Node n1:")
                .contains("1\t(ocf:heartbeat:IPaddr2):\tActive");
    }

    @Test
    void whatIsNoIntervalOfAnInjectedOperationIsNone() {
        assertThat(run("crm_simulate", "-x", "cib.xml", "-i", "p_monitor_x@n1=1").output())
                .contains("Injecting attribute fail-count-p#monitor_0=1");
    }
}
