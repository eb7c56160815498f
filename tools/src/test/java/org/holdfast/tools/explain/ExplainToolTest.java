package org.holdfast.tools.explain;

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

class ExplainToolTest {

    private static final String CIB =
            "<cib crm_feature_set='3.20.0' validate-with='pacemaker-4.0' epoch='1' num_updates='0' admin_epoch='0' have-quorum='1' dc-uuid='1'>"
                    + "<configuration><crm_config><cluster_property_set id='p'><nvpair id='q' name='stonith-enabled' value='false'/></cluster_property_set></crm_config>"
                    + "<nodes><node id='1' uname='n1'/><node id='2' uname='n2'/></nodes>"
                    + "<resources><primitive id='vip' class='ocf' provider='pacemaker' type='Dummy'/></resources>"
                    + "<constraints><rsc_location id='ban' rsc='vip' node='n1' score='-INFINITY'/></constraints></configuration>"
                    + "<status><node_state id='1' uname='n1' in_ccm='true' crmd='online' join='member' expected='member'/>"
                    + "<node_state id='2' uname='n2' in_ccm='true' crmd='online' join='member' expected='member'/></status></cib>";

    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ToolContext context =
                new ToolContext(
                        List.of(arguments),
                        Map.of(),
                        new ByteArrayInputStream(CIB.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        new LocalFileAccess(Path.of("").toAbsolutePath()),
                        Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));
        int status = new ExplainTool().run(context);
        return new Run(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void tellsTheWayFromFactToAction() {
        Run run = run("-x", "-", "-N", "n1", "vip");
        assertThat(run.status).isZero();
        assertThat(run.out)
                .startsWith("vip is stopped and will be running on n2\n")
                .contains(
                        "  n2: chosen, score 0\n",
                        "  n1: not possible, score -INFINITY\n",
                        "    -INFINITY  avoids the node (location constraint ban)\n",
                        "  Decision: n2 is the only node that can take it\n",
                        "  Action: start on n2\n",
                        "  If constraint ban were removed, vip would be running on n1 instead of n2.\n",
                        "    pcs constraint delete ban\n");
    }

    @Test
    void speaksJson() {
        Run run = run("--json", "-x", "-", "vip");
        assertThat(run.out)
                .contains(
                        "\"kind\" : \"Location\"",
                        "\"constraintId\" : \"ban\"",
                        "\"verdict\" : \"banned\"");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(run("-x", "-", "zz").err)
                .isEqualTo("explain: there is no resource, tag, ticket, constraint or node zz\n");
        assertThat(run("-x", "-", "-N", "zz", "vip").err)
                .isEqualTo("explain: there is no node zz\n");
        assertThat(run("-x", "/does/not/exist", "vip").status).isNotZero();
        assertThat(run("vip").status).isNotZero();
        assertThat(run("-x", "-").status).isNotZero();
    }

    @Test
    void asksTheClusterOnlyWithoutAFile() {
        ExplainTool tool = new ExplainTool();
        assertThat(tool.usesCluster(List.of("vip"), Map.of())).isTrue();
        assertThat(tool.usesCluster(List.of("vip", "-x", "live"), Map.of())).isTrue();
        assertThat(tool.usesCluster(List.of("-x", "f", "vip"), Map.of())).isFalse();
        assertThat(tool.usesCluster(List.of("vip"), Map.of("CIB_file", "f"))).isFalse();
    }
}
