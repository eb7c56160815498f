package org.holdfast.tools.cib;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.holdfast.tools.LocalFileAccess;
import org.holdfast.tools.ToolContext;
import org.junit.jupiter.api.Test;

class CrmVerifyTest {

    private record Run(int status, String out, String err) {}

    private static Run run(String cib, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst("--xml-pipe");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                new CrmVerify()
                        .run(
                                new ToolContext(
                                        all,
                                        Map.of(),
                                        new ByteArrayInputStream(cib.getBytes(UTF_8)),
                                        new PrintStream(out, true, UTF_8),
                                        new PrintStream(err, true, UTF_8),
                                        new LocalFileAccess(Path.of("").toAbsolutePath()),
                                        Clock.fixed(
                                                Instant.ofEpochSecond(1_700_000_000),
                                                ZoneOffset.UTC)));
        return new Run(status, out.toString(UTF_8), err.toString(UTF_8));
    }

    private static String cib(String resources) {
        return "<cib validate-with='pacemaker-4.0' epoch='1' num_updates='0' admin_epoch='0'>"
                + "<configuration><crm_config><cluster_property_set id='p'>"
                + "<nvpair id='q' name='fencing-enabled' value='false'/></cluster_property_set>"
                + "</crm_config><nodes/><resources>"
                + resources
                + "</resources><constraints/></configuration><status/></cib>";
    }

    @Test
    void aSoundConfigurationIsNoNews() {
        Run run = run(cib("<primitive id='A' class='ocf' provider='pacemaker' type='Dummy'/>"));
        assertThat(run.status).isZero();
        assertThat(run.out + run.err).isEmpty();
    }

    @Test
    void whatBreaksTheSchemaIsToldInTheReferencesWords() {
        Run run = run(cib("<primitive id='A' class='lsb' type='x' colour='red'/>"));
        assertThat(run.status).isEqualTo(78);
        assertThat(run.err)
                .startsWith(
                        """
                        Invalid attribute colour for element primitive

                        Element resources has extra content: primitive
                        """)
                .contains("Configuration invalid (-V may provide more detail)");
    }

    @Test
    void andIsPartOfTheXmlOutput() {
        Run run = run(cib("<primitive id='1A' class='lsb' type='x'/>"), "--output-as=xml");
        assertThat(run.status).isEqualTo(78);
        assertThat(run.out)
                .contains(
                        "<error>Element primitive failed to validate attributes\n</error>",
                        "<error>error: CIB did not pass schema validation</error>");
    }

    @Test
    void oldFashionsOfAGroupAndOfMetaAttributesAreWarnedOf() {
        Run run =
                run(
                        cib(
                                """
                                <group id='G'><meta_attributes id='m'>
                                <nvpair id='m1' name='ordered' value='false'/>
                                <nvpair id='m2' name='priority' value='#default'/>
                                </meta_attributes><primitive id='A' class='lsb' type='x'/></group>
                                """),
                        "-V");
        assertThat(run.err)
                .contains(
                        "warning: Support for the 'ordered' group meta-attribute is deprecated",
                        "warning: Support for setting meta-attributes (such as priority) to the"
                                + " explicit value '#default' is deprecated",
                        "Configuration may need attention");
    }

    @Test
    void aHistoryEntryThatCannotBeReadIsNamed() {
        String history =
                "<status><node_state id='1' uname='n' in_ccm='true' crmd='online' join='member'"
                        + " expected='member'><lrm id='1'><lrm_resources>"
                        + "<lrm_resource id='A' class='lsb' type='x'>"
                        + "<lrm_rsc_op operation='start'/><lrm_rsc_op id='o'/>"
                        + "</lrm_resource></lrm_resources></lrm></node_state></status>";
        String cib =
                cib("<primitive id='A' class='lsb' type='x'/>")
                        .replace("<nodes/>", "<nodes><node id='1' uname='n'/></nodes>")
                        .replace("<status/>", history);
        assertThat(run(cib, "-V").err)
                .contains(
                        "error: Ignoring resource history entry for A on n without ID",
                        "error: Ignoring resource history entry o for A on n without operation");
    }

    @Test
    void withoutAStatusOnlyTheConfigurationIsChecked() {
        String cib =
                cib("<primitive id='A' class='lsb' type='x'><operations>"
                                + "<op id='a' name='monitor' interval='5'/>"
                                + "<op id='b' name='monitor' interval='5'/>"
                                + "</operations></primitive>")
                        .replace("<nodes/>", "<nodes><node id='1' uname='n'/></nodes>");
        String online =
                "<status><node_state id='1' uname='n' in_ccm='true' crmd='online' join='member'"
                        + " expected='member'/></status>";
        assertThat(run(cib.replace("<status/>", online), "-V").err)
                .contains("Operation b is duplicate of a");
        assertThat(run(cib.replace("<status/>", ""), "-V").err).isEmpty();
    }

    @Test
    void whatNobodyCanReadIsNoConfiguration() {
        assertThat(run("<cib>").status).isNotZero();
        assertThat(run("<cluster/>").err).contains("outermost element is cluster");
    }
}
